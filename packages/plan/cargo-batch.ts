import { resolveActivation, type Activation, type RequestedPackage } from './feature-resolution.js';
import type { PackageGraph } from './package-graph.js';

/**
 * Of the packages that are asked for, those that one cargo call for all of them builds just as a call for each would:
 * nothing that they are made from gets another feature by the others' being there. None where what cargo says of that
 * call is not what these rules say, since then they are not cargo's.
 * @param units what cargo says that a call for all of them compiles
 */
export function buildableTogether(
  graph: PackageGraph,
  requested: readonly RequestedPackage[],
  units: UnitFeatures,
): ReadonlySet<string> {
  const together = resolveActivation(graph, requested);
  if (!isWhatCargoSays(together, units)) return new Set();
  const fitting = requested.filter((each) => isPartOf(resolveActivation(graph, [each]), together));
  return new Set(fitting.map(({ id }) => id));
}

/** Whether every package of a call for one is the same in the call for all. */
function isPartOf(alone: Activation, together: Activation): boolean {
  return [...alone].every(([id, { onHost, onTarget }]) => {
    const other = together.get(id);
    const same =
      (onHost === undefined || isSameSet(onHost, other?.onHost)) &&
      (onTarget === undefined || isSameSet(onTarget, other?.onTarget));
    // Cargo compiles a build dependency with the debug information of the rest where the same package is among the rest.
    const isShared = onTarget !== undefined;
    const becomesShared = onHost !== undefined && !isShared && other?.onTarget !== undefined;
    return same && !becomesShared;
  });
}

/** Id of a package → the features of each of its compilations, each as a sorted list. */
export type UnitFeatures = ReadonlyMap<string, readonly string[]>;

/**
 * Features of what `cargo build --unit-graph` would compile; undefined for another format, which is not stable.
 * Format: https://doc.rust-lang.org/cargo/reference/unstable.html#unit-graph
 */
export function parseUnitFeatures(unitGraph: string): UnitFeatures | undefined {
  try {
    const { units } = JSON.parse(unitGraph) as {
      units: readonly { readonly pkg_id: string; readonly features: readonly string[] }[];
    };
    const found = new Map<string, Set<string>>();
    for (const { pkg_id, features } of units) {
      found.set(pkg_id, (found.get(pkg_id) ?? new Set()).add([...features].sort().join(',')));
    }
    return new Map([...found].map(([id, sets]) => [id, [...sets].sort()]));
  } catch {
    return undefined;
  }
}

function isWhatCargoSays(activation: Activation, units: UnitFeatures): boolean {
  if (activation.size !== units.size) return false;
  return [...activation].every(([id, { onHost, onTarget }]) => {
    const sets = new Set([onHost, onTarget].flatMap((set) => (set === undefined ? [] : [[...set].sort().join(',')])));
    return [...sets].sort().join(' ') === units.get(id)?.join(' ');
  });
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((each) => b.has(each));
}
