import type { WorkspacePath } from '#paths';

/** The starts and everything that can be reached from them, in order of discovery; cycles are walked once. */
export function reachableFrom(
  starts: readonly WorkspacePath[],
  neighbours: Pick<ReadonlyMap<WorkspacePath, readonly WorkspacePath[]>, 'get'>,
): readonly WorkspacePath[] {
  const seen = new Set(starts);
  for (const member of seen) {
    for (const next of neighbours.get(member) ?? []) seen.add(next);
  }
  return [...seen];
}
