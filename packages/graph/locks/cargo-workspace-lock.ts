import type { CargoLock, CargoManifest, LockedCrate } from '#cargo';
import type { WorkspacePath } from '#paths';
import { dependenciesFor, lockedDependencies, type CrateReach } from './crate-dependencies.js';
import { dependenciesFirst } from './dependencies-first.js';
import type { LockCrate } from './lock-crates.js';
import { groupFor, lockNode, type LockFact, type LockNode } from './lock-node.js';
import { LockedCrates } from './locked-crates.js';

export interface CargoWorkspaceSources {
  readonly folder: WorkspacePath;
  readonly manifest: CargoManifest;
  readonly lock: CargoLock | undefined;
  /** Names of the crates of this repository: their own dependencies are told by their manifests, not by Cargo.lock. */
  readonly ownCrates: ReadonlySet<string>;
}

/** What the Cargo.lock and the root manifest of one Cargo workspace say to the crates that are built in it. */
export class CargoWorkspaceLock {
  /** What counts for each build in the workspace. */
  readonly settings: LockNode;
  readonly locked: LockedCrates | undefined;
  readonly #sources: CargoWorkspaceSources;
  readonly #packages: ReadonlyMap<LockedCrate, LockNode>;
  readonly #inheritable = new Map<string, LockNode>();

  constructor(sources: CargoWorkspaceSources) {
    this.#sources = sources;
    this.locked = sources.lock === undefined ? undefined : new LockedCrates(sources.folder, sources.lock);
    this.#packages = this.#packageNodes();
    this.settings = lockNode(settingsOf(sources));
  }

  /** Whether a crate is built in this workspace: as a member, or as a dependency that belongs to another workspace. */
  lists(crate: LockCrate): boolean {
    if (crate.cargoWorkspace === this.#sources.folder) return true;
    const name = crate.manifest.package?.name;
    return name !== undefined && this.locked?.find(name, undefined) !== undefined;
  }

  /** What a crate inherits, and what it takes from outside, directly and through packages from outside. */
  crate(crate: LockCrate, reach: CrateReach): LockNode {
    const parts = crate.manifest.inherited.map((name) => this.#inherited(name, crate));
    for (const { key, workspace } of dependenciesFor(crate, reach)) {
      if (workspace) parts.push(this.#inherited(`dependencies.${key}`, crate));
    }
    const direct = this.locked && (lockedDependencies(crate, reach, this.locked) ?? this.locked.packages);
    parts.push(...nodesOf(direct ?? [], this.#packages));
    return groupFor(crate.manifest.file, parts);
  }

  /** An entry of the tables in the root manifest that the crate's own manifest refers to. */
  #inherited(name: string, { rootManifest: { file, rootTables } }: LockCrate): LockNode {
    const key = `${name} of ${file}`;
    let node = this.#inheritable.get(key);
    if (node === undefined) {
      node = lockNode([{ about: `workspace.${key}`, says: rootTables?.inheritable[name] ?? 'none' }]);
      this.#inheritable.set(key, node);
    }
    return node;
  }

  /** Dependencies before dependents. Cargo.lock has no cycles but through local crates; what is behind one is one node. */
  #packageNodes(): ReadonlyMap<LockedCrate, LockNode> {
    const found = new Map<LockedCrate, LockNode>();
    const locked = this.locked;
    if (locked === undefined) return found;
    const walk = (each: LockedCrate): readonly LockedCrate[] => (this.#isOwn(each) ? [] : locked.dependenciesOf(each));
    const { ordered, rest } = dependenciesFirst(locked.packages, walk);
    for (const each of ordered) found.set(each, lockNode(this.#factsOf(each), nodesOf(walk(each), found)));
    if (rest.length === 0) return found;
    const facts = rest.flatMap((each) => this.#factsOf(each));
    const shared = lockNode(facts, nodesOf(rest.flatMap(walk), found));
    for (const each of rest) found.set(each, shared);
    return found;
  }

  #isOwn({ name, source }: LockedCrate): boolean {
    return source === undefined && this.#sources.ownCrates.has(name);
  }

  #factsOf(each: LockedCrate): LockFact[] {
    const { name, version, source = 'local', checksum = 'none' } = each;
    const overrides = (this.#sources.manifest.rootTables?.overrides ?? [])
      .filter((override) => override.package === name)
      .map(({ entry }) => ({ about: `[patch] of ${name}`, says: entry }));
    if (this.#isOwn(each)) return overrides;
    return [{ about: `crate ${name}`, says: version, detail: `${source} ${checksum}` }, ...overrides];
  }
}

function nodesOf(packages: readonly LockedCrate[], nodes: ReadonlyMap<LockedCrate, LockNode>): LockNode[] {
  return packages.flatMap((each) => nodes.get(each) ?? []);
}

function settingsOf({ manifest, lock }: CargoWorkspaceSources): LockFact[] {
  const given = manifest.rootTables?.forAll ?? {};
  const resolver = given['resolver'] ?? `"${resolverOfEdition(manifest)}"`;
  const settings = Object.entries({ ...given, resolver }).map(([about, says]) => ({ about, says }));
  return lock === undefined ? [...settings, { about: 'Cargo.lock', says: 'none' }] : settings;
}

/** The resolver of a root manifest that names none; a virtual one has no edition to follow. */
function resolverOfEdition({ package: own, workspace }: CargoManifest): string {
  const edition = own === undefined ? undefined : (own.edition ?? workspace?.package.edition);
  if (edition === undefined || edition < '2021') return '1';
  return edition < '2024' ? '2' : '3';
}
