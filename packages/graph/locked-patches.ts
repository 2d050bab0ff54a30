import type { CargoDependency, CargoLock, LockedCrate } from '#cargo';
import { joinPath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import type { Edge } from './model.js';

/**
 * Edges to crates of this workspace that a `[patch]` or `[replace]` with a path puts under a crate from outside. Such an
 * edge shows in no manifest but the patch; Cargo.lock says who gets it. Without a lockfile every member
 * with a dependency from outside may.
 */
export function patchEdges(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  locks: ReadonlyMap<WorkspacePath, CargoLock>,
): Edge[] {
  const indexes = new Map([...locks].map(([root, lock]) => [root, new LockIndex(lock)]));
  return [...crates.values()].flatMap((crate) => {
    const { cargoWorkspace } = crate.side;
    const patches = crate.workspaceManifest.patches.flatMap((patch) => located(patch, cargoWorkspace, crates));
    if (patches.length === 0) return [];
    const taken = indexes.get(cargoWorkspace)?.takenThroughOthers(crate);
    const mayTake = crate.manifest.dependencies.some(({ path }) => path === undefined);
    return patches
      .filter(({ to, patch }) => to !== crate.root && (taken === undefined ? mayTake : taken.has(patch.package)))
      .map(({ to, patch }): Edge => ({ from: crate.root, to, kind: 'cargo-dependency', evidence: patch.span }));
  });
}

function located(
  patch: CargoDependency,
  cargoWorkspace: WorkspacePath,
  crates: ReadonlyMap<WorkspacePath, Crate>,
): { readonly to: WorkspacePath; readonly patch: CargoDependency }[] {
  const to = patch.path === undefined ? undefined : joinPath(cargoWorkspace, patch.path);
  return to === undefined || !crates.has(to) ? [] : [{ to, patch }];
}

class LockIndex {
  readonly #byName = new Map<string, LockedCrate[]>();

  constructor(lock: CargoLock) {
    for (const locked of lock.packages) {
      const sharing = this.#byName.get(locked.name);
      if (sharing === undefined) this.#byName.set(locked.name, [locked]);
      else sharing.push(locked);
    }
  }

  /**
   * Names of the packages that the crate gets through packages from outside. The walk ends at crates of the workspace:
   * what those take shows in their own edges. Undefined when the lockfile does not know the crate.
   */
  takenThroughOthers(crate: Crate): ReadonlySet<string> | undefined {
    const own = this.#byName.get(crate.side.package)?.filter(({ source }) => source === undefined) ?? [];
    if (own.length === 0) return undefined;
    const foreign = new Set(own.flatMap((locked) => this.#dependenciesOf(locked)).filter(isForeign));
    const names = new Set([...foreign].map(({ name }) => name));
    for (const locked of foreign) {
      for (const next of this.#dependenciesOf(locked)) {
        names.add(next.name);
        if (isForeign(next)) foreign.add(next);
      }
    }
    return names;
  }

  /** Cargo writes `name`, with version and source only as far as the name alone is not unique. */
  #dependenciesOf(locked: LockedCrate): LockedCrate[] {
    return locked.dependencies.flatMap((dependency) => {
      const [name = '', version] = dependency.split(' ');
      const sharing = this.#byName.get(name) ?? [];
      return version === undefined ? sharing : sharing.filter((candidate) => candidate.version === version);
    });
  }
}

/** From a registry or a repository; crates of the workspace and path dependencies have no source. */
function isForeign(locked: LockedCrate): boolean {
  return locked.source !== undefined;
}
