import type { LockedCrate } from '#cargo';
import type { WorkspacePath } from '#paths';
import type { WorkspaceFacts } from '../facts.js';
import { CargoWorkspaceLock } from './cargo-workspace-lock.js';
import { lockedDependencies, type CrateReach } from './crate-dependencies.js';
import type { LockCrate } from './lock-crates.js';
import { groupOf, type LockNode } from './lock-node.js';
import type { LockedCrates } from './locked-crates.js';
import type { TaskRole } from './task-role.js';

/** What the Cargo.lock files and root manifests say to the crates that take part in a task. */
export class CargoLocks {
  readonly #crates: ReadonlyMap<WorkspacePath, LockCrate>;
  readonly #locks: WorkspaceFacts['cargoLocks'];
  readonly #names: ReadonlySet<string>;
  /** Nodes of crates by the workspace that builds them; none where each is built in its own. */
  readonly #builds = new Map<CargoWorkspaceLock | undefined, Map<WorkspacePath, LockNode>>();
  readonly #workspaces = new Map<WorkspacePath, CargoWorkspaceLock>();

  constructor(crates: ReadonlyMap<WorkspacePath, LockCrate>, locks: WorkspaceFacts['cargoLocks']) {
    this.#crates = crates;
    this.#locks = locks;
    this.#names = new Set([...crates.values()].flatMap(({ manifest }) => manifest.package?.name ?? []));
  }

  /** Adds to `parts` what counts for crates; in a task of another tool each is built in its own workspace. */
  collect(parts: LockNode[], roots: readonly WorkspacePath[], { crate, tested }: TaskRole): void {
    const built = crate === undefined ? undefined : this.#crates.get(crate);
    const home = built && this.#workspaceOf(built);
    if (home !== undefined) parts.push(home.settings);
    let known = this.#builds.get(home);
    if (known === undefined) this.#builds.set(home, (known = new Map<WorkspacePath, LockNode>()));
    for (const root of roots) {
      let node = known.get(root);
      if (node === undefined) known.set(root, (node = this.#nodeOf(root, 'build', home)));
      parts.push(root === tested && this.#hasTestDependencies(root) ? this.#nodeOf(root, 'test', home) : node);
    }
  }

  /** Every Cargo.lock that builds of this workspace use. */
  lockfiles(): LockedCrates[] {
    const workspaces = new Set([...this.#crates.values()].map((crate) => this.#workspaceOf(crate)));
    return [...workspaces].flatMap(({ locked }) => locked ?? []);
  }

  /** What a crate and its tests depend on directly, as far as the Cargo.lock of its workspace knows. */
  directOf(root: WorkspacePath): readonly LockedCrate[] {
    const crate = this.#crates.get(root);
    const locked = crate && this.#workspaceOf(crate).locked;
    return (crate && locked && lockedDependencies(crate, 'test', locked)) ?? [];
  }

  #hasTestDependencies(root: WorkspacePath): boolean {
    return this.#crates.get(root)?.manifest.dependencies.some(({ kind }) => kind === 'dev') === true;
  }

  /** @param home the Cargo workspace that is built, with all crates that its Cargo.lock lists */
  #nodeOf(root: WorkspacePath, reach: CrateReach, home: CargoWorkspaceLock | undefined): LockNode {
    const crate = this.#crates.get(root);
    if (crate === undefined) return groupOf([]);
    if (home?.lists(crate) === true) return home.crate(crate, reach);
    const own = this.#workspaceOf(crate);
    return groupOf([own.settings, own.crate(crate, reach)]);
  }

  #workspaceOf({ cargoWorkspace, rootManifest }: LockCrate): CargoWorkspaceLock {
    let workspace = this.#workspaces.get(cargoWorkspace);
    if (workspace === undefined) {
      const lock = this.#locks.get(cargoWorkspace);
      const sources = { folder: cargoWorkspace, manifest: rootManifest, lock, ownCrates: this.#names };
      workspace = new CargoWorkspaceLock(sources);
      this.#workspaces.set(cargoWorkspace, workspace);
    }
    return workspace;
  }
}
