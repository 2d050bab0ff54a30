import { isInside, workspacePath } from '#paths';
import { matchesGlob } from './glob.js';
import type { CargoWorkspace } from './types.js';

type Lists = Pick<CargoWorkspace, 'members' | 'exclude'>;

/**
 * Whether `members` names the folder, by its path or by a glob. As cargo decides: a path always counts, a glob only
 * where `exclude` does not take the folder out again.
 *
 * @param folder relative to that of the workspace's manifest
 */
export function isMember(folder: string, workspace: Lists): boolean {
  const patterns = workspace.members.map(workspacePath);
  const isNamed = patterns.some((pattern) => pattern === folder);
  return isNamed || (!isExcluded(folder, workspace) && patterns.some((pattern) => takesIn(pattern, folder)));
}

/** A glob finds folders below the one where it begins: `*` stands neither for that one nor for `..`. */
function takesIn(pattern: string, folder: string): boolean {
  return folder !== '.' && climb(pattern) === climb(folder) && matchesGlob(pattern, folder);
}

function climb(path: string): string | undefined {
  return /^(?:\.\.(?:\/|$))*/.exec(path)?.[0];
}

/** Whether `exclude`, which knows no globs, takes the folder out, and `members` does not name it or one above by path. */
export function isExcluded(folder: string, { members, exclude }: Lists): boolean {
  const isBelow = (path: string): boolean => isInside(workspacePath(folder), workspacePath(path));
  return exclude.some(isBelow) && !members.some(isBelow);
}
