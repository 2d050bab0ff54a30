import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { workspacePath, type WorkspacePath } from '#paths';
import { packageFolder } from '#workspace';

/** A file that ships with this package and is copied as it is. */
export interface Asset {
  /** Relative to the folder that was asked for. */
  readonly path: WorkspacePath;
  readonly text: string;
}

/** Folders that running the assets' own tests in this repository leaves behind. */
const leftovers = new Set(['target', 'Cargo.lock', 'go.sum']);

/** Reads a folder of this package with all that is in it, sorted by path. */
export function readAssets(folder: string): Asset[] {
  const root = join(packageFolder(), folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.split(/[\\/]/).some((part) => leftovers.has(part)) && statSync(join(root, path)).isFile())
    .sort()
    .map((path) => ({ path: workspacePath(path), text: readFileSync(join(root, path), 'utf8') }));
}
