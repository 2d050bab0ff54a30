import { C_EXTENSIONS, type CSource } from '#go';
import { folderOf, joinPath, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';
import type { CgoInput } from './model.js';

/** What a build reads outside the folder of its package. */
export type Reach = Omit<CgoInput, 'file'>;

const KNOWN = new RegExp(`\\.(?:${C_EXTENSIONS.join('|')})$`);

/** Follows what C and assembler sources include from folder to folder. */
export class CSources {
  readonly #inFolder = new Map<WorkspacePath, CSource[]>();
  readonly #below = new Map<WorkspacePath, CSource[]>();
  readonly #linkedBelow = new Map<WorkspacePath, WorkspacePath[]>();
  readonly #files: ReadonlySet<WorkspacePath>;

  constructor({ cSources, files, fileLinks }: Pick<WorkspaceFacts, 'cSources' | 'files' | 'fileLinks'>) {
    this.#files = files;
    for (const source of cSources) {
      const folder = folderOf(workspacePath(source.file));
      add(this.#inFolder, folder, source);
      for (const above of foldersUpwards(folder)) add(this.#below, above, source);
    }
    for (const [link, target] of fileLinks)
      for (const above of foldersUpwards(folderOf(link))) add(this.#linkedBelow, above, target);
  }

  /** Whether a source below the folder takes anything in. */
  areBelow(folder: WorkspacePath): boolean {
    return this.#below.has(folder);
  }

  /**
   * What a quoted path leads to, of the files that there are: the folder, since what is included includes its neighbours
   * by their names, and a file by itself where its name does not make it a source.
   * @param searched folders besides that of the source
   */
  resolve(path: string, folder: WorkspacePath, searched: readonly WorkspacePath[]): Reach[] {
    const places = [folder, ...searched].map((base) => joinPath(base, path));
    return places
      .filter((place) => this.#files.has(place))
      .flatMap((place) => {
        const reached: Reach = { path: folderOf(place), isFolder: true };
        return KNOWN.test(place) ? [reached] : [reached, { path: place, isFolder: false }];
      });
  }

  /** The starts and what their sources lead to, and what those of the package's own folder lead to. */
  follow(own: WorkspacePath, starts: readonly Reach[], searched: readonly WorkspacePath[]): Reach[] {
    const found = new Map<string, Reach>();
    const reach = (one: Reach): void => {
      if (isElsewhere(one, own) && !found.has(one.path)) found.set(one.path, one);
    };
    const follow = (sources: readonly CSource[]): void => {
      for (const { file, takesIn } of sources) {
        const folder = folderOf(workspacePath(file));
        for (const path of takesIn) this.resolve(path, folder, searched).forEach(reach);
      }
    };
    starts.forEach(reach);
    follow(this.#inFolder.get(own) ?? []);
    // A map that grows while it is walked hands out what was added.
    for (const { path, isFolder } of found.values()) {
      if (!isFolder) continue;
      follow(this.#below.get(path) ?? []);
      for (const target of this.#linkedBelow.get(path) ?? []) reach({ path: target, isFolder: false });
    }
    return [...found.values()];
  }
}

function add<T>(lists: Map<WorkspacePath, T[]>, folder: WorkspacePath, one: T): void {
  const list = lists.get(folder);
  if (list === undefined) lists.set(folder, [one]);
  else list.push(one);
}

/** Whether the reach leads out of a package's folder, and not out of the workspace. */
export function isElsewhere({ path, isFolder }: Reach, own: WorkspacePath): boolean {
  return !leavesWorkspace(path) && !(isFolder && path === own);
}
