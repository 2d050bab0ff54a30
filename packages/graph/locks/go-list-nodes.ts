import type { GoBuildList } from './go-build-list.js';
import { textOfReplace } from './go-module-versions.js';
import type { LockModule } from './lock-modules.js';
import { groupOf, lockNode, type LockFact, type LockNode } from './lock-node.js';
import type { ImportReach, PackageImports } from './package-imports.js';

/** What the files of one build list say to the packages that are built in it. */
export class GoListNodes {
  /** What counts for each build in the list. */
  readonly settings: LockNode;
  readonly list: GoBuildList;
  readonly #imports: PackageImports;
  readonly #packages: Readonly<Record<ImportReach, Map<LockModule, Map<string, LockNode>>>> = {
    build: new Map(),
    test: new Map(),
  };
  readonly #local = new Map<LockModule, LockNode>();
  readonly #outside = new Map<string, LockNode>();
  readonly #reached = new Map<ReadonlySet<string>, LockNode>();

  constructor(list: GoBuildList, imports: PackageImports) {
    this.list = list;
    this.#imports = imports;
    this.settings = lockNode(settingsOf(list.main));
  }

  /** Adds to `parts` what counts for packages of a module of the list. */
  collect(parts: LockNode[], module: LockModule, folders: readonly string[], reach: ImportReach): void {
    let known = this.#packages[reach].get(module);
    if (known === undefined) this.#packages[reach].set(module, (known = new Map<string, LockNode>()));
    for (const folder of folders) {
      let node = known.get(folder);
      if (node === undefined) known.set(folder, (node = this.#package(module, folder, reach)));
      parts.push(node);
    }
  }

  /** Paths of the modules from outside that a package imports. */
  importedBy({ root }: LockModule, folder: string, reach: ImportReach): ReadonlySet<string> {
    return this.#imports.outsideOf(root, folder, reach, (path) => this.list.providerOf(path));
  }

  /** What its module says, and the modules from outside that may take part with it. */
  #package(module: LockModule, folder: string, reach: ImportReach): LockNode {
    const imported = this.importedBy(module, folder, reach);
    const outside = imported.size === 0 ? [] : [this.#together(this.list.reachedFrom(imported, module))];
    return groupOf([this.#localNode(module), ...outside]);
  }

  #together(paths: ReadonlySet<string>): LockNode {
    let node = this.#reached.get(paths);
    if (node === undefined) {
      node = groupOf([...paths].map((path) => this.#module(path)));
      this.#reached.set(paths, node);
    }
    return node;
  }

  #localNode(module: LockModule): LockNode {
    let node = this.#local.get(module);
    if (node === undefined) this.#local.set(module, (node = lockNode(this.#localFacts(module))));
    return node;
  }

  #localFacts({ mod }: LockModule): LockFact[] {
    const replaces = this.list.versions.replacesOf(mod.module);
    return [
      { about: `module of ${mod.file}`, says: mod.module },
      { about: `go of ${mod.file}`, says: mod.go?.version ?? 'none' },
      ...replaces.map((replace) => ({ about: `replace of ${mod.module}`, says: textOfReplace(replace) })),
    ];
  }

  #module(path: string): LockNode {
    let node = this.#outside.get(path);
    if (node === undefined) this.#outside.set(path, (node = lockNode(this.list.versions.factsOf(path))));
    return node;
  }
}

/** In a workspace only go.work decides on toolchain and GODEBUG. */
function settingsOf({ mod, work }: LockModule): LockFact[] {
  const source = work?.work ?? mod;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['go', work?.work.go?.version],
    ['toolchain', source.toolchain?.name],
    ...source.godebug.map((setting) => ['godebug', setting] as const),
  ];
  return lines.flatMap(([verb, says]) => (says === undefined ? [] : [{ about: `${verb} of ${source.file}`, says }]));
}
