import { createHash, type Hash } from 'node:crypto';
import { C_EXTENSIONS } from '#go';
import { joinPath, type WorkspacePath } from '#paths';
import type { FileSystem } from '#workspace';

const SOURCE = new RegExp(`\\.(?:${C_EXTENSIONS.join('|')})$`);

/** Folders that tools fill; no sources include from there what the build does not know otherwise. */
const NOT_SOURCES = new Set(['target', 'dist', 'node_modules', '.git', '.nx']);

/** sha256, hex, over path and bytes of the files, and of every C source in the folders and below them. */
export function readHeaderDigest(files: FileSystem, paths: readonly WorkspacePath[]): string {
  const hash = createHash('sha256');
  for (const path of [...new Set(paths)].sort()) {
    if (!addFile(files, path, hash)) addFolder(files, path, hash);
  }
  return hash.digest('hex');
}

function addFolder(files: FileSystem, folder: WorkspacePath, hash: Hash): void {
  for (const name of [...files.list(folder)].sort()) {
    if (NOT_SOURCES.has(name)) continue;
    const path = joinPath(folder, name);
    if (SOURCE.test(name) && addFile(files, path, hash)) continue;
    if (files.isFolder(path)) addFolder(files, path, hash);
  }
}

function addFile(files: FileSystem, path: WorkspacePath, hash: Hash): boolean {
  const bytes = files.readBytes(path);
  if (bytes !== undefined) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return bytes !== undefined;
}
