import type { WorkspacePath } from '#paths';
import type { Participants } from '../model.js';
import { GoBuildList } from './go-build-list.js';
import { GoListNodes } from './go-list-nodes.js';
import type { GoRequirements } from './go-requirements.js';
import type { LockModule } from './lock-modules.js';
import type { LockNode, LockNodes } from './lock-node.js';
import type { PackageImports } from './package-imports.js';
import type { TaskRole } from './task-role.js';

export interface GoLockSources {
  readonly modules: ReadonlyMap<WorkspacePath, LockModule>;
  readonly imports: PackageImports;
  readonly requirements: GoRequirements;
  readonly nodes: LockNodes;
}

export interface ImportedModule {
  readonly path: string;
  readonly version: string;
  readonly checksum?: string;
}

/** What go.mod, go.sum and go.work files say to the Go packages that take part in a task. */
export class GoLocks {
  readonly #sources: GoLockSources;
  readonly #lists = new Map<LockModule, GoListNodes>();

  constructor(sources: GoLockSources) {
    this.#sources = sources;
  }

  withRequirements(requirements: GoRequirements): GoLocks {
    return new GoLocks({ ...this.#sources, requirements });
  }

  /** Adds to `parts` what counts for packages; in a task of another tool each is built as a main module of its own would. */
  collect(parts: Set<LockNode>, packages: Participants['packages'], { module: main, tested }: TaskRole): void {
    for (const nodes of this.#listsFor(packages.keys(), main)) {
      parts.add(nodes.settings);
      for (const [root, folders] of packages) {
        const module = this.#sources.modules.get(root);
        if (module === undefined || !nodes.list.holds(root)) continue;
        nodes.collect(parts, module, folders, root === tested ? 'test' : 'build');
      }
    }
  }

  /** What packages of a module and their tests import from outside, in the build list that it is a main module of. */
  importedBy(root: WorkspacePath, folders: readonly string[]): readonly ImportedModule[] {
    const module = this.#sources.modules.get(root);
    const nodes = this.#listWith(root);
    if (module === undefined || nodes === undefined) return [];
    const { versions } = nodes.list;
    const paths = new Set(folders.flatMap((folder) => [...nodes.importedBy(module, folder, 'test')]));
    return [...paths].map((path) => {
      const version = versions.selected(path);
      const checksum = versions.checksum(path, version);
      return { path, version, ...(checksum === undefined ? {} : { checksum }) };
    });
  }

  /** Keys of the modules from outside whose requirements would tell more closely who uses what. */
  moduleKeys(): ReadonlySet<string> {
    const roots = [...this.#sources.modules.keys()];
    const lists = new Set(roots.flatMap((root) => this.#listWith(root)?.list ?? []));
    return new Set([...lists].flatMap((list) => list.moduleKeys()));
  }

  #listWith(root: WorkspacePath): GoListNodes | undefined {
    const { modules, imports, requirements, nodes } = this.#sources;
    const module = modules.get(root);
    if (module === undefined) return undefined;
    const known = this.#lists.get(module);
    if (known !== undefined) return known;
    const mains = this.#mainsWith(module);
    const list = new GoListNodes(new GoBuildList(mains, modules, requirements), imports, nodes);
    for (const main of mains) this.#lists.set(main, list);
    return list;
  }

  #mainsWith(module: LockModule): readonly [LockModule, ...LockModule[]] {
    if (module.work === undefined) return [module];
    const [first = module, ...others] = [...this.#sources.modules.values()].filter(({ work }) => work === module.work);
    return [first, ...others];
  }

  /** Packages outside the build list of the main module take part through another tool, as main modules of their own. */
  #listsFor(roots: Iterable<WorkspacePath>, main: WorkspacePath | undefined): ReadonlySet<GoListNodes> {
    const home = main === undefined ? undefined : this.#listWith(main);
    const lists = new Set(home === undefined ? [] : [home]);
    for (const root of roots) {
      if (home?.list.holds(root) === true) continue;
      const list = this.#listWith(root);
      if (list !== undefined) lists.add(list);
    }
    return lists;
  }
}
