import { canBuild, type GoFileHeader } from '#go';
import { folderOf, joinPath, type WorkspacePath } from '#paths';
import type { BuildWorld } from '../build-world.js';

/** Whether imports of tests count too. */
export type ImportReach = 'build' | 'test';

/** Modules from outside that single Go packages of this workspace import. */
export class PackageImports {
  readonly #world: BuildWorld;
  readonly #files = new Map<WorkspacePath, GoFileHeader[]>();

  constructor(files: readonly GoFileHeader[], world: BuildWorld) {
    this.#world = world;
    for (const file of files) {
      if (file.imports.length === 0) continue;
      const folder = folderOf(file.file as WorkspacePath);
      const list = this.#files.get(folder);
      if (list === undefined) this.#files.set(folder, [file]);
      else list.push(file);
    }
  }

  /**
   * @param folder of the package, relative to the module
   * @param providerOf which module from outside an import path leads to
   */
  outsideOf(
    root: WorkspacePath,
    folder: string,
    reach: ImportReach,
    providerOf: (importPath: string) => string | undefined,
  ): ReadonlySet<string> {
    const outside = new Set<string>();
    for (const file of this.#files.get(joinPath(root, folder)) ?? []) {
      if (file.isTest && reach === 'build') continue;
      const found = file.imports.flatMap(({ path }) => providerOf(path) ?? []);
      if (found.length === 0 || !canBuild(file, { ...this.#world, cgo: 'any' })) continue;
      for (const path of found) outside.add(path);
    }
    return outside;
  }
}
