import { createHash } from 'node:crypto';
import { joinPath, type WorkspacePath } from '#paths';
import type { FileSystem } from '#workspace';

const HEADER = /\.(?:h|hh|hpp|hxx|inc)$/;

/** Folders that tools fill; no sources include from there what the build does not know otherwise. */
const NOT_SOURCES = new Set(['target', 'dist', 'node_modules', '.git', '.nx']);

/** sha256, hex, over path and text of every header in the folders and below them. */
export function readHeaderDigest(files: FileSystem, folders: readonly WorkspacePath[]): string {
  const hash = createHash('sha256');
  for (const folder of [...new Set(folders)].sort()) addFolder(files, folder, hash);
  return hash.digest('hex');
}

function addFolder(files: FileSystem, folder: WorkspacePath, hash: ReturnType<typeof createHash>): void {
  for (const name of [...files.list(folder)].sort()) {
    if (NOT_SOURCES.has(name)) continue;
    const path = joinPath(folder, name);
    const text = HEADER.test(name) ? files.readText(path) : undefined;
    if (text !== undefined) hash.update(`${path}\0${text}\0`);
    else if (files.isFolder(path)) addFolder(files, path, hash);
  }
}
