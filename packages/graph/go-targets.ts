import { folderOf, joinPath, leavesWorkspace, type WorkspacePath } from '#paths';
import { foldersUpwards } from './folder-index.js';
import type { Edge } from './model.js';
import { packageFolders, type GoModule } from './modules.js';

/** A package of a module, or all of one. */
export type GoTarget = Pick<Edge, 'to' | 'toPackage'>;

/** Finds what the arguments of a go command mean. */
export class GoTargets {
  readonly #modules: ReadonlyMap<WorkspacePath, GoModule>;
  #packages: ReadonlyMap<WorkspacePath, GoTarget> | undefined;

  constructor(modules: ReadonlyMap<WorkspacePath, GoModule>) {
    this.#modules = modules;
  }

  isModule(root: WorkspacePath): boolean {
    return this.#modules.has(root);
  }

  /** The package in a folder; a module whose own folder is no package as a whole. */
  inFolder(folder: WorkspacePath): GoTarget | undefined {
    this.#packages ??= packagesByFolder(this.#modules);
    return this.#packages.get(folder) ?? (this.#modules.has(folder) ? { to: folder } : undefined);
  }

  /** @param word a folder or file that begins with a dot, a file name, a pattern with `...`, or an import path */
  named(word: string, start: WorkspacePath): GoTarget | undefined {
    if (word.startsWith('/') || word.includes('@')) return undefined;
    const isLocal = /^\.{1,2}(?:\/|$)/.test(word);
    if (word.endsWith('.go')) return this.inFolder(folderOf(joinPath(start, word)));
    const pattern = /^(.*?)\/?\.\.\.$/.exec(word)?.[1];
    if (pattern !== undefined) return isLocal ? this.#moduleAround(joinPath(start, pattern)) : undefined;
    return isLocal ? this.inFolder(joinPath(start, word)) : this.#imported(word);
  }

  #moduleAround(folder: WorkspacePath): GoTarget | undefined {
    if (leavesWorkspace(folder)) return undefined;
    const root = foldersUpwards(folder).find((each) => this.#modules.has(each));
    return root === undefined ? undefined : { to: root };
  }

  #imported(path: string): GoTarget | undefined {
    for (const { root, mod } of this.#modules.values()) {
      if (path === mod.module) return this.inFolder(root);
      if (!path.startsWith(`${mod.module}/`)) continue;
      const target = this.inFolder(joinPath(root, path.slice(mod.module.length + 1)));
      if (target?.to === root) return target;
    }
    return undefined;
  }
}

function packagesByFolder(modules: ReadonlyMap<WorkspacePath, GoModule>): ReadonlyMap<WorkspacePath, GoTarget> {
  const packages = [...modules.values()].flatMap((module) =>
    packageFolders(module).map(
      (toPackage) => [joinPath(module.root, toPackage), { to: module.root, toPackage }] as const,
    ),
  );
  return new Map(packages);
}
