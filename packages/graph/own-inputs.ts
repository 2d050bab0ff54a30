import { baseName, folderOf, relativePath, type WorkspacePath } from '#paths';
import { GO_EXTENSION, GO_NAMES, LOCK_NAMES, NOT_BUILT_FOLDERS, PROSE, ROOT_NAMES } from './crate-folder.js';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';

/** Tells which files are inputs of a crate's tasks already, since they lie in its folder. */
export class OwnInputs {
  readonly #roots: ReadonlySet<WorkspacePath>;

  /** @param roots those of all projects: Nx gives a file to the nearest one */
  constructor(...roots: readonly Iterable<WorkspacePath>[]) {
    this.#roots = new Set(roots.flatMap((each) => [...each]));
  }

  static of(
    facts: Pick<WorkspaceFacts, 'implicitDependencies'>,
    crates: ReadonlyMap<WorkspacePath, unknown>,
    modules: ReadonlyMap<WorkspacePath, unknown>,
  ): OwnInputs {
    return new OwnInputs(crates.keys(), modules.keys(), facts.implicitDependencies.keys());
  }

  /** Root of the project to which Nx gives a file, or what lies in a folder. */
  ownerOf(path: WorkspacePath): WorkspacePath | undefined {
    return foldersUpwards(path).find((folder) => this.#roots.has(folder));
  }

  holds(crateRoot: WorkspacePath, file: WorkspacePath, reach: 'build' | 'test'): boolean {
    if (this.ownerOf(folderOf(file)) !== crateRoot) return false;
    const path = relativePath(crateRoot, file);
    if (isNotRust(path) || (crateRoot === '.' && isNotOfRootCrate(path))) return false;
    return reach === 'test' || !isNotBuilt(path);
  }
}

function isNotRust(path: string): boolean {
  return path.endsWith(`.${GO_EXTENSION}`) || GO_NAMES.includes(baseName(path)) || LOCK_NAMES.includes(path);
}

function isNotBuilt(path: string): boolean {
  return path.endsWith(`.${PROSE}`) || NOT_BUILT_FOLDERS.includes(path.split('/', 1)[0] ?? '');
}

function isNotOfRootCrate(path: string): boolean {
  return ROOT_NAMES.includes(path) || /^\.[^/]*\//.test(path);
}
