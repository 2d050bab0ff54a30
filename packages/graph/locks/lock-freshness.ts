import type { Diagnostic } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import { digestAt, GROUT_LOCK, type GroutLock } from './grout-lock.js';
import { digestOf } from './lock-node.js';
import type { LockPurpose, ProjectLocks } from './resolve-locks.js';

/** What of the committed digests still holds. */
export interface LockFreshness {
  /** Whether the digest of this task is committed as it is now; a task where it is not must take whole lockfiles instead. */
  readonly isFresh: (root: WorkspacePath, purpose: LockPurpose) => boolean;
  /** Roots of the projects for which the file says something else, or nothing. */
  readonly stale: readonly WorkspacePath[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param judged roots of the projects to speak of; all where it is not given */
export function compareLocks(
  committed: GroutLock | undefined,
  locks: ProjectLocks,
  judged?: ReadonlySet<WorkspacePath>,
): LockFreshness {
  const isFresh = (root: WorkspacePath, purpose: LockPurpose): boolean => {
    const node = locks.get(root)?.get(purpose);
    return node !== undefined && digestAt(committed, root, purpose) === digestOf(node);
  };
  const stale = [...locks]
    .filter(([root]) => judged?.has(root) !== false)
    .filter(([root, purposes]) => [...purposes.keys()].some((purpose) => !isFresh(root, purpose)))
    .map(([root]) => root);
  return { isFresh, stale, diagnostics: stale.length === 0 ? [] : [explain(stale, committed === undefined)] };
}

/** A workspace that never had the file works as any did before it; one that has it wants it kept. */
function explain(stale: readonly WorkspacePath[], isMissing: boolean): Diagnostic {
  const others = stale.length > 3 ? ` and ${stale.length - 3} more` : '';
  const projects = `${stale.slice(0, 3).join(', ')}${others}`;
  return {
    code: isMissing ? 'graph/no-lock-digests' : 'graph/stale-lock-digests',
    severity: isMissing ? 'info' : 'warning',
    message: isMissing
      ? `there is no readable ${GROUT_LOCK}: any change of a lockfile counts for every project under it`
      : `${GROUT_LOCK} does not follow the lockfiles: any change of one counts for ${projects}`,
    help: `run \`nx sync\` and commit ${GROUT_LOCK}`,
  };
}
