import type { WorkspacePath } from '#paths';
import { readPlaceOfCargo } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/** Below this many milliseconds a wait is not worth a line. */
const WORTH_TELLING_MS = 500;

/**
 * Lets one task at a time build in a folder of cargo's and take what cargo made: cargo puts the finished files of two
 * builds with other features in one place, so that the second would overwrite them before the first has taken its own.
 * Cargo itself would make the second wait as well.
 * @param folders of Cargo workspaces; some of them may build into one place
 */
export function inTurn<T>(request: RunRequest, folders: readonly WorkspacePath[], work: () => Promise<T>): Promise<T> {
  const places = new Map(folders.map((folder) => [readPlaceOfCargo(request, folder), folder]));
  // In an order that is the same for all, so that no two wait for each other.
  const inOrder = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.reduceRight<() => Promise<T>>(
    (inner, [place, folder]) =>
      () =>
        holdOne(request, place, folder, inner),
    work,
  )();
}

function holdOne<T>(request: RunRequest, place: string, folder: WorkspacePath, work: () => Promise<T>): Promise<T> {
  return request.locks.hold(place, request.project.name, ({ ms, for: other }) => {
    if (ms >= WORTH_TELLING_MS) {
      const whom = other === undefined ? '' : `, which built ${other}`;
      request.print(`waited ${(ms / 1000).toFixed(1)} s for cargo in ${folder}${whom}`);
    }
    return work();
  });
}
