import { resolveActivation, type Activation, type RequestedPackage } from './feature-resolution.js';
import type { PackageGraph } from './package-graph.js';

/**
 * Parts of what is asked for, each of which one cargo call builds just as a call for each of its packages would: nothing
 * that they are made from gets another feature by the others' being there. What is in no part is built alone. None where
 * what cargo says of a call for all is not what these rules say, since then they are not cargo's.
 * @param units what cargo says that a call for all of them compiles
 */
export function splitByFeatures(
  graph: PackageGraph,
  requested: readonly RequestedPackage[],
  units: UnitFeatures,
): ReadonlySet<string>[] {
  if (!isWhatCargoSays(resolveActivation(graph, requested), units)) return [];
  // Nearly everything is made with macros, and otherwise where these are asked for as well.
  const isMacro = ({ id }: RequestedPackage): boolean => graph.get(id)?.isProcMacro === true;
  const macros = requested.filter(isMacro);
  const others = requested.filter((each) => !isMacro(each));
  return [...splitGroup(graph, others), ...splitGroup(graph, macros)];
}

function splitGroup(graph: PackageGraph, requested: readonly RequestedPackage[]): ReadonlySet<string>[] {
  const alone = new Map(requested.map((each) => [each, resolveActivation(graph, [each])]));
  const parts: ReadonlySet<string>[] = [];
  let left = requested;
  while (left.length > 1) {
    const together = resolveActivation(graph, left);
    const fitting = new Set(left.filter((each) => isPartOf(alone.get(each) ?? new Map(), together)));
    if (fitting.size === 0) break;
    if (fitting.size > 1) parts.push(new Set([...fitting].map(({ id }) => id)));
    left = left.filter((each) => !fitting.has(each));
  }
  return parts;
}

/** Whether every package of a call for one is the same in the call for all. */
function isPartOf(alone: Activation, together: Activation): boolean {
  return [...alone].every(([id, { onHost, onTarget }]) => {
    const other = together.get(id);
    const same =
      (onHost === undefined || isSameSet(onHost, other?.onHost)) &&
      (onTarget === undefined || isSameSet(onTarget, other?.onTarget));
    // Cargo compiles a build dependency with the debug information of the rest where the same is among the rest.
    const becomesShared = onHost !== undefined && onTarget === undefined && isSameSet(onHost, other?.onTarget);
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
