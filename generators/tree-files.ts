import type { Tree } from '@nx/devkit';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';

/** The text of a file, undefined when there is none. */
export function readText(tree: Tree, path: WorkspacePath): string | undefined {
  return tree.exists(path) && tree.isFile(path) ? (tree.read(path, 'utf8') ?? undefined) : undefined;
}

/** Writes a file unless it has that text already, be it with other line ends, as a checkout on Windows gives it. */
export function writeText(tree: Tree, path: WorkspacePath, text: string): boolean {
  if (readText(tree, path)?.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')) return false;
  tree.write(path, text);
  return true;
}

/** Every file below a folder, deep, sorted. */
export function listFiles(tree: Tree, folder: WorkspacePath): WorkspacePath[] {
  const names = tree.exists(folder) ? tree.children(folder).sort() : [];
  return names.flatMap((name) => {
    const path = joinPath(folder, name);
    return tree.isFile(path) ? [path] : listFiles(tree, path);
  });
}

/** The folders from the one given up to the workspace root. */
export function foldersUpward(folder: WorkspacePath): WorkspacePath[] {
  const segments = folder === '.' ? [] : folder.split('/');
  return [
    ...segments.map((_, index) => workspacePath(segments.slice(0, segments.length - index).join('/'))),
    workspacePath('.'),
  ];
}
