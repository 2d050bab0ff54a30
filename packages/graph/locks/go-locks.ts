import type { WorkspacePath } from '#paths';
import type { Participants } from '../model.js';
import { GoBuildList } from './go-build-list.js';
import { GoListNodes } from './go-list-nodes.js';
import type { GoRequirements } from './go-requirements.js';
import type { LockModule } from './lock-modules.js';
import type { LockNode } from './lock-node.js';
import type { PackageImports } from './package-imports.js';
import type { TaskRole } from './task-role.js';

export interface GoLockSources {
  readonly modules: ReadonlyMap<WorkspacePath, LockModule>;
  readonly imports: PackageImports;
  readonly requirements: GoRequirements;
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
  collect(parts: LockNode[], packages: Participants['packages'], { module, tested }: TaskRole): void {
    const home = module === undefined ? undefined : this.#listWith(module);
    const others = new Set<GoListNodes | undefined>();
    for (const root of packages.keys()) if (home?.list.holds(root) !== true) others.add(this.#listWith(root));
    for (const nodes of [home, ...others]) {
      if (nodes === undefined) continue;
      parts.push(nodes.settings);
      for (const [root, folders] of packages) {
        const part = nodes.list.holds(root) ? this.#sources.modules.get(root) : undefined;
        if (part !== undefined) nodes.collect(parts, part, folders, root === tested ? 'test' : 'build');
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
    const { modules, imports, requirements } = this.#sources;
    const module = modules.get(root);
    if (module === undefined) return undefined;
    const known = this.#lists.get(module);
    if (known !== undefined) return known;
    const mains = this.#mainsWith(module);
    const list = new GoListNodes(new GoBuildList(mains, modules, requirements), imports);
    for (const main of mains) this.#lists.set(main, list);
    return list;
  }

  #mainsWith(module: LockModule): readonly [LockModule, ...LockModule[]] {
    if (module.work === undefined) return [module];
    const [first = module, ...others] = [...this.#sources.modules.values()].filter(({ work }) => work === module.work);
    return [first, ...others];
  }
}
