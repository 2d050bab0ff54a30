import type { WorkspacePath } from '#paths';
import { folderOfReplace } from '../modules.js';
import { GoModuleVersions } from './go-module-versions.js';
import { isPruned, type GoRequirements } from './go-requirements.js';
import type { LockModule } from './lock-modules.js';

/**
 * The modules that builds are made from together: those that a go.work lists, or one module by itself, with what replaces
 * put in their place. https://go.dev/ref/mod#glos-build-list
 */
export class GoBuildList {
  /** A main module; those of a go.work share what counts for all. */
  readonly main: LockModule;
  readonly versions: GoModuleVersions;
  readonly #requirements: GoRequirements;
  /** Modules of this workspace by module path. */
  readonly #local = new Map<string, LockModule>();
  readonly #roots: ReadonlySet<WorkspacePath>;
  readonly #providers = new Map<string, string | undefined>();
  readonly #listed = new Map<LockModule, ReadonlySet<string>>();
  #everything: ReadonlySet<string> | undefined;

  constructor(
    mains: readonly [LockModule, ...LockModule[]],
    modules: ReadonlyMap<WorkspacePath, LockModule>,
    requirements: GoRequirements,
  ) {
    this.main = mains[0];
    this.#requirements = requirements;
    for (const each of mains) this.#local.set(each.mod.module, each);
    const others = replacedByFolders(mains, modules).filter(([path]) => !this.#local.has(path));
    for (const [path, module] of others) this.#local.set(path, module);
    this.versions = new GoModuleVersions(mains, new Set(others.map(([, module]) => module)), this.main.work);
    this.#roots = new Set([...mains, ...this.#local.values()].map(({ root }) => root));
  }

  /** Whether the module is built from this workspace in this list. */
  holds(root: WorkspacePath): boolean {
    return this.#roots.has(root);
  }

  /** Path of the module from outside that an import leads to; undefined for the standard library and for this workspace. */
  providerOf(importPath: string): string | undefined {
    if (this.#providers.has(importPath)) return this.#providers.get(importPath);
    const provider = this.#findProvider(importPath);
    this.#providers.set(importPath, provider);
    return provider;
  }

  /**
   * The modules from outside that may take part in a build of packages of `importer` that import some: what those require
   * in turn, as far as it is known.
   */
  reachedFrom(imported: ReadonlySet<string>, importer: LockModule): ReadonlySet<string> {
    const reached = new Set(imported);
    for (const path of reached) {
      const next = this.#requiredBy(path);
      if (next === undefined) return this.#listedFor(imported, importer);
      for (const required of next) if (this.versions.has(required) && !this.#local.has(required)) reached.add(required);
    }
    return reached;
  }

  /** Of a single module from outside there is nothing to tell apart. */
  moduleKeys(): readonly string[] {
    const outside = [...this.#outside(this.versions.paths())];
    return outside.length < 2 ? [] : outside.flatMap((path) => this.versions.keysOf(path));
  }

  /** Undefined where not all versions that may be built are known. */
  #requiredBy(path: string): readonly string[] | undefined {
    const known = this.versions.keysOf(path).map((key) => this.#requirements.get(key));
    return known.includes(undefined) ? undefined : known.flatMap((required) => required ?? []);
  }

  /**
   * `go mod tidy` lists in the go.mod of the module that is built all that its packages need, since Go 1.17. A go.mod that
   * lacks what they import is not tidy: for it, all of the build list counts.
   */
  #listedFor(imported: ReadonlySet<string>, importer: LockModule): ReadonlySet<string> {
    const built = this.main.work === undefined ? this.main : importer;
    let listed = this.#listed.get(built);
    if (listed === undefined) this.#listed.set(built, (listed = this.#listedIn(built)));
    if (isPruned(built.mod) && [...imported].every((path) => listed.has(path))) return listed;
    this.#everything ??= this.#outside(this.versions.paths());
    return this.#everything;
  }

  /** What only checksums tell of cannot be attributed more closely than to their file. */
  #listedIn({ mod, sum }: LockModule): ReadonlySet<string> {
    const sums = [sum, this.main.work?.sum].flatMap((each) => each?.modules ?? []);
    const unlisted = sums.filter(({ path }) => !this.versions.isRequired(path));
    return this.#outside([...mod.require, ...unlisted].map(({ path }) => path));
  }

  #outside(paths: Iterable<string>): ReadonlySet<string> {
    return new Set([...paths].filter((path) => !this.#local.has(path)));
  }

  /** The longest module path that is the import path or a prefix of it ending at a slash. */
  #findProvider(importPath: string): string | undefined {
    for (let prefix = importPath; ; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
      if (this.#local.has(prefix)) return undefined;
      if (this.versions.has(prefix)) return prefix;
      if (!prefix.includes('/')) return undefined;
    }
  }
}

/** Modules that replaces of go.work and of the main modules take from folders of this workspace, by the replaced path. */
function replacedByFolders(
  mains: readonly LockModule[],
  modules: ReadonlyMap<WorkspacePath, LockModule>,
): (readonly [path: string, module: LockModule])[] {
  const work = mains[0]?.work;
  const sources = [
    ...(work === undefined ? [] : [{ folder: work.folder, replaces: work.work.replace }]),
    ...mains.map(({ root, mod }) => ({ folder: root, replaces: mod.replace })),
  ];
  return sources.flatMap(({ folder, replaces }) =>
    replaces.flatMap((replace) => {
      const target = folderOfReplace(replace, folder);
      const module = target === undefined ? undefined : modules.get(target);
      return module === undefined ? [] : [[replace.path, module] as const];
    }),
  );
}
