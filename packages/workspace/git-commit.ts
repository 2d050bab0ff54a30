import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { ListedFile } from './ports.js';

/** An entry of `git ls-tree`. */
export interface TreeEntry {
  readonly path: WorkspacePath;
  readonly object: string;
  readonly isLink: boolean;
}

/** @param listing of `git ls-tree -r -z`; submodules are left out, as their files are another repository's */
export function parseTree(listing: string): TreeEntry[] {
  return listing.split('\0').flatMap((entry) => {
    const [, mode = '', type, object = '', path = ''] = /^(\d+) (\w+) (\w+)\t([^]*)$/.exec(entry) ?? [];
    return type === 'blob' ? [{ path: workspacePath(path), object, isLink: mode === '120000' }] : [];
  });
}

/** The files of one commit as if they were on disk, so that the graph of then can be made without a checkout. */
export class CommittedFiles {
  readonly listed: readonly ListedFile[];
  readonly #entries: ReadonlyMap<WorkspacePath, TreeEntry>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #folders = new Set<WorkspacePath>();

  /** @param texts of those files that are read, by object */
  constructor(entries: readonly TreeEntry[], texts: ReadonlyMap<string, string>) {
    this.listed = entries.map(({ path }) => ({ path }));
    this.#entries = new Map(entries.map((entry) => [entry.path, entry]));
    this.#texts = texts;
    for (const { path } of entries) {
      for (let folder = folderOf(path); !this.#folders.has(folder); folder = folderOf(folder))
        this.#folders.add(folder);
    }
  }

  readText(path: WorkspacePath): string | undefined {
    const entry = this.#entries.get(this.readLink(path) ?? path);
    return entry === undefined ? undefined : this.#texts.get(entry.object);
  }

  readLink(path: WorkspacePath): WorkspacePath | undefined {
    const entry = this.#entries.get(path);
    const target = entry?.isLink === true ? this.#texts.get(entry.object) : undefined;
    if (target === undefined || target.startsWith('/')) return undefined;
    const meant = joinPath(folderOf(path), target);
    return this.#folders.has(meant) || this.#entries.has(meant) ? meant : undefined;
  }
}
