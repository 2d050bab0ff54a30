import type { CargoDependency, CargoLock } from '#cargo';
import { joinPath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import { isForeign, LockedCrates } from './locks/locked-crates.js';
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
  const indexes = new Map([...locks].map(([root, lock]) => [root, new LockedCrates(root, lock)]));
  return [...crates.values()].flatMap((crate) => {
    const { cargoWorkspace } = crate.side;
    const patches = crate.workspaceManifest.patches.flatMap((patch) => located(patch, cargoWorkspace, crates));
    if (patches.length === 0) return [];
    const locked = indexes.get(cargoWorkspace);
    const taken = locked && takenThroughOthers(crate, locked);
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

/**
 * Names of the packages that the crate gets through packages from outside. The walk ends at crates of the workspace: what
 * those take shows in their own edges. Undefined when the lockfile does not know the crate.
 */
function takenThroughOthers({ side }: Crate, locked: LockedCrates): ReadonlySet<string> | undefined {
  const own = locked.locals(side.package);
  if (own.length === 0) return undefined;
  const foreign = new Set(own.flatMap((each) => locked.dependenciesOf(each)).filter(isForeign));
  const names = new Set([...foreign].map(({ name }) => name));
  for (const each of foreign) {
    for (const next of locked.dependenciesOf(each)) {
      names.add(next.name);
      if (isForeign(next)) foreign.add(next);
    }
  }
  return names;
}
