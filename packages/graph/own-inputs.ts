import { baseName, folderOf, relativePath, type WorkspacePath } from '#paths';
import { GO_EXTENSION, GO_NAMES, LOCK_NAMES, NOT_BUILT_FOLDERS, PROSE, ROOT_NAMES } from './crate-folder.js';
import type { FolderOwners } from './folder-owners.js';
import type { WorkspaceTree } from './workspace-tree.js';

/** Tells which files are inputs of a crate's tasks already, since they lie in its folder. */
export class OwnInputs {
  readonly #owners: FolderOwners;
  readonly #tree: WorkspaceTree;
  readonly #modules: ReadonlyMap<WorkspacePath, unknown>;

  constructor(owners: FolderOwners, tree: WorkspaceTree, modules: ReadonlyMap<WorkspacePath, unknown>) {
    this.#owners = owners;
    this.#tree = tree;
    this.#modules = modules;
  }

  /** Whether the file is among the inputs of the crate's builds, or of its tests. */
  holds(crateRoot: WorkspacePath, file: WorkspacePath, reach: 'build' | 'test'): boolean {
    if (this.#owners.ownerOf(folderOf(file)) !== crateRoot) return false;
    const path = relativePath(crateRoot, file);
    if (this.#isNotRust(crateRoot, path, reach) || (crateRoot === '.' && isNotOfRootCrate(path))) return false;
    return reach === 'test' || !isNotBuilt(path);
  }

  /** Whether every file of the folder is. */
  holdsFolder(crateRoot: WorkspacePath, folder: WorkspacePath, reach: 'build' | 'test'): boolean {
    return this.#tree.everyFile(folder, (file) => this.holds(crateRoot, file, reach));
  }

  /** Whether the folder is the crate's and every file of it is, apart from those of projects inside the crate. */
  holdsOwn(crateRoot: WorkspacePath, folder: WorkspacePath, reach: 'build' | 'test'): boolean {
    const isOwn = (path: WorkspacePath): boolean => this.#owners.ownerOf(path) === crateRoot;
    return (
      isOwn(folder) &&
      this.#tree.everyFile(folder, (file) => !isOwn(folderOf(file)) || this.holds(crateRoot, file, reach))
    );
  }

  /** Of a folder that is no Go module as well, files of Go are data of the tests. */
  #isNotRust(crateRoot: WorkspacePath, path: string, reach: 'build' | 'test'): boolean {
    if (LOCK_NAMES.includes(path)) return true;
    if (reach === 'test' && !this.#modules.has(crateRoot)) return false;
    return path.endsWith(`.${GO_EXTENSION}`) || GO_NAMES.includes(baseName(path));
  }
}

function isNotBuilt(path: string): boolean {
  return path.endsWith(`.${PROSE}`) || NOT_BUILT_FOLDERS.includes(path.split('/', 1)[0] ?? '');
}

function isNotOfRootCrate(path: string): boolean {
  return ROOT_NAMES.includes(path) || /^\.[^/]*\//.test(path);
}
