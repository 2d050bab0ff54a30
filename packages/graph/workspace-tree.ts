import { folderOf, leavesWorkspace, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';

/** A file or folder that exists. */
export interface Found {
  /** Where it lies, symbolic links followed. */
  readonly path: WorkspacePath;
  readonly isFolder: boolean;
}

/** Links may lead to links; more than this many in one path lead in a circle. */
const MAX_LINKS = 8;

/** The files of the workspace and the folders that they make, as paths in sources reach them. */
export class WorkspaceTree {
  readonly #files: ReadonlySet<WorkspacePath>;
  readonly #links: ReadonlyMap<WorkspacePath, WorkspacePath>;
  #contents: ReadonlyMap<WorkspacePath, readonly WorkspacePath[]> | undefined;

  constructor({ files, folderLinks }: Pick<WorkspaceFacts, 'files' | 'folderLinks'>) {
    this.#files = files;
    this.#links = folderLinks;
  }

  find(path: WorkspacePath): Found | undefined {
    const file = this.findFile(path);
    if (file !== undefined) return { path: file, isFolder: false };
    const real = this.#followLinks(path);
    if (leavesWorkspace(real)) return undefined;
    return this.#folders.has(real) ? { path: real, isFolder: true } : undefined;
  }

  /** Whether the test holds for every file in the folder and below. */
  everyFile(folder: WorkspacePath, test: (file: WorkspacePath) => boolean): boolean {
    const contents = this.#folders.get(folder) ?? [];
    return contents.every((path) => (this.#folders.has(path) ? this.everyFile(path, test) : test(path)));
  }

  /** Every folder with the paths of what is directly in it. */
  get #folders(): ReadonlyMap<WorkspacePath, readonly WorkspacePath[]> {
    return (this.#contents ??= contentsOfFolders(this.#files));
  }

  /** Cheaper than `find`, which has to know all folders. */
  findFile(path: WorkspacePath): WorkspacePath | undefined {
    const real = this.#followLinks(path);
    return this.#files.has(real) ? real : undefined;
  }

  #followLinks(path: WorkspacePath): WorkspacePath {
    if (this.#links.size === 0) return path;
    let real = path;
    for (let count = 0; count < MAX_LINKS; count++) {
      const link = foldersUpwards(real).findLast((folder) => this.#links.has(folder));
      const target = link === undefined ? undefined : this.#links.get(link);
      if (link === undefined || target === undefined) return real;
      real = `${target}${real.slice(link.length)}` as WorkspacePath;
    }
    return real;
  }
}

function contentsOfFolders(files: Iterable<WorkspacePath>): ReadonlyMap<WorkspacePath, readonly WorkspacePath[]> {
  const contents = new Map<WorkspacePath, WorkspacePath[]>();
  for (const file of files) {
    let path = file;
    let siblings: WorkspacePath[] | undefined;
    do {
      const folder = folderOf(path);
      siblings = contents.get(folder);
      if (siblings === undefined) contents.set(folder, [path]);
      else siblings.push(path);
      path = folder;
    } while (siblings === undefined && path !== '.');
  }
  return contents;
}
