import { canBuild } from '#go';
import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Edge } from './model.js';
import { folderOfReplace, type GoModule } from './modules.js';

/** One import of one package, as far as it leads to a module of this workspace. */
export interface PackageImport {
  /** Folder of the importing package, relative to its module. */
  readonly fromPackage: string;
  readonly to: WorkspacePath;
  readonly toPackage: string;
  readonly isTest: boolean;
  /** Whether only builds without cgo take the file. */
  readonly onlyWithoutCgo: boolean;
  readonly evidence: Edge['evidence'];
}

/**
 * What import paths mean in one build. Go takes the replaces of the main module for all modules that take part, and those
 * of none of the others; the modules of a go.work are main modules together.
 */
export class ImportScope {
  readonly #modules: ReadonlyMap<WorkspacePath, GoModule>;
  readonly #world: BuildWorld;
  /** Module path → root: the main modules first, as no replace goes over them, then go.work's replaces, then theirs. */
  readonly #roots = new Map<string, WorkspacePath>();
  readonly #imports = new Map<WorkspacePath, ReadonlyMap<string, readonly PackageImport[]>>();

  constructor(mains: readonly GoModule[], modules: ReadonlyMap<WorkspacePath, GoModule>, world: BuildWorld) {
    this.#modules = modules;
    this.#world = world;
    for (const { root, mod } of mains) this.#add(mod.module, root);
    const work = mains[0]?.work;
    if (work !== undefined) this.#addReplaces(work.replace, folderOf(workspacePath(work.file)));
    for (const { root, mod } of mains) this.#addReplaces(mod.replace, root);
  }

  /** Imports by folder of the importing package, in source order, one for each package, kind and reach. */
  importsOf(root: WorkspacePath): ReadonlyMap<string, readonly PackageImport[]> {
    const known = this.#imports.get(root);
    if (known !== undefined) return known;
    const module = this.#modules.get(root);
    const imports = module === undefined ? new Map<string, PackageImport[]>() : this.#resolve(module);
    this.#imports.set(root, imports);
    return imports;
  }

  /** One edge per imported module of this workspace; a test import only where there is no other. */
  edgesOf(root: WorkspacePath): readonly Edge[] {
    const edges = new Map<WorkspacePath, Edge>();
    for (const imports of this.importsOf(root).values()) {
      for (const found of imports) {
        const known = edges.get(found.to);
        if (found.to === root || found.onlyWithoutCgo) continue;
        if (known === undefined || (known.testOnly === true && !found.isTest)) edges.set(found.to, edgeOf(root, found));
      }
    }
    return [...edges.values()];
  }

  #resolve(module: GoModule): Map<string, PackageImport[]> {
    const byPackage = new Map<string, PackageImport[]>();
    const seen = new Set<string>();
    for (const file of module.files) {
      if (!canBuild(file, { ...this.#world, cgo: 'any' })) continue;
      const onlyWithoutCgo = !canBuild(file, { ...this.#world, cgo: 'on' });
      const fromPackage = relativePath(module.root, folderOf(workspacePath(file.file)));
      for (const { path, span } of file.imports) {
        const found = this.#providerOf(path, module);
        const key = `${fromPackage}\n${path}\n${String(file.isTest)}${String(onlyWithoutCgo)}`;
        if (found === undefined || seen.has(key)) continue;
        seen.add(key);
        const entry = { fromPackage, ...found, isTest: file.isTest, onlyWithoutCgo, evidence: span };
        const list = byPackage.get(fromPackage);
        if (list === undefined) byPackage.set(fromPackage, [entry]);
        else list.push(entry);
      }
    }
    return byPackage;
  }

  /** The longest module path that is the import path or a prefix of it ending at a slash; the rest is the package. */
  #providerOf(importPath: string, importer: GoModule): Pick<PackageImport, 'to' | 'toPackage'> | undefined {
    for (let prefix = importPath; ; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
      const to = prefix === importer.mod.module ? importer.root : this.#roots.get(prefix);
      if (to !== undefined) return { to, toPackage: importPath.slice(prefix.length + 1) || '.' };
      if (!prefix.includes('/')) return undefined;
    }
  }

  #addReplaces(replaces: GoModule['mod']['replace'], folder: WorkspacePath): void {
    for (const replace of replaces) {
      const target = folderOfReplace(replace, folder);
      if (target !== undefined && this.#modules.has(target)) this.#add(replace.path, target);
    }
  }

  #add(modulePath: string, root: WorkspacePath): void {
    if (!this.#roots.has(modulePath)) this.#roots.set(modulePath, root);
  }
}

function edgeOf(from: WorkspacePath, { to, evidence, isTest }: PackageImport): Edge {
  return isTest
    ? { from, to, kind: 'go-test-import', evidence, testOnly: true }
    : { from, to, kind: 'go-import', evidence };
}
