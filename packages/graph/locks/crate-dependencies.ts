import { mayFulfil, type CargoDependency, type LockedCrate } from '#cargo';
import type { LockCrate } from './lock-crates.js';
import type { LockedCrates } from './locked-crates.js';

/** Whether the dependencies that only tests, benchmarks and examples have count. */
export type CrateReach = 'build' | 'test';

/** Dependencies of a crate for a purpose: optional ones and those of any target too. */
export function dependenciesFor(crate: LockCrate, reach: CrateReach): readonly CargoDependency[] {
  const { dependencies } = crate.manifest;
  return reach === 'test' ? dependencies : dependencies.filter(({ kind }) => kind !== 'dev');
}

/**
 * What a Cargo.lock gives a crate, directly. Undefined when it lacks the crate or a dependency: cargo will change the
 * lockfile before it builds, and any of its entries may decide how.
 */
export function lockedDependencies(
  crate: LockCrate,
  reach: CrateReach,
  locked: LockedCrates,
): readonly LockedCrate[] | undefined {
  const own = ownEntry(crate, locked);
  if (own === undefined) return undefined;
  const candidates = locked.dependenciesOf(own);
  // Of crates that are only dependencies of a workspace's members, a lockfile has what some feature in use asks for.
  const mayLackOptional = crate.cargoWorkspace !== locked.folder;
  const found = new Set<LockedCrate>();
  for (const dependency of dependenciesFor(crate, reach)) {
    const { name, version } = requirementOf(dependency, crate);
    const named = candidates.filter((candidate) => candidate.name === name);
    if (named.length === 0 && name !== own.name && !(dependency.optional && mayLackOptional)) return undefined;
    for (const match of closest(named, version)) found.add(match);
  }
  return [...found];
}

function ownEntry({ manifest, rootManifest }: LockCrate, locked: LockedCrates): LockedCrate | undefined {
  if (manifest.package === undefined) return undefined;
  const version = manifest.package.version ?? rootManifest.workspace?.package.version;
  return locked.find(manifest.package.name, version);
}

function requirementOf(dependency: CargoDependency, crate: LockCrate): { name: string; version?: string } {
  const { package: name, version } =
    (dependency.workspace ? crate.inheritable.get(dependency.key) : undefined) ?? dependency;
  return { name, ...(version === undefined ? {} : { version }) };
}

/** Of several versions of one package those that the requirement may mean; all of them where it does not tell. */
function closest(named: readonly LockedCrate[], requirement: string | undefined): readonly LockedCrate[] {
  if (named.length < 2 || requirement === undefined) return named;
  const fitting = named.filter(({ version }) => mayFulfil(version, requirement));
  return fitting.length > 0 ? fitting : named;
}
