import { folderOf, type WorkspacePath } from '#paths';

/** Folder itself and every folder above it, nearest first, ending with the workspace root. */
export function foldersUpwards(folder: WorkspacePath): WorkspacePath[] {
  const folders = [folder];
  while (folders.at(-1) !== '.') folders.push(folderOf(folders.at(-1) ?? folder));
  return folders;
}

const NOT_SOURCES = new Set(['testdata', 'vendor', 'node_modules', 'third_party']);

/** Whether the folder is one whose manifests are data or copies: testdata/, vendor/, and folders Go skips (`.x`, `_x`). */
export function isSetAside(folder: WorkspacePath): boolean {
  return folder
    .split('/')
    .some(
      (segment) => NOT_SOURCES.has(segment) || segment.startsWith('_') || (segment.startsWith('.') && segment !== '.'),
    );
}
