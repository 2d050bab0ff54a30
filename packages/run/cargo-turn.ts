import type { WorkspacePath } from '#paths';
import { readPlaceOfCargo } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/** Below this many milliseconds a wait is not worth a line. */
const WORTH_TELLING_MS = 500;

/**
 * Lets one task at a time build in a folder of cargo's and take what cargo made: cargo puts the finished files of two
 * builds with other features in one place, so that the second would overwrite them before the first has taken its own.
 * Cargo itself would make the second wait as well.
 */
export function inTurn<T>(request: RunRequest, folder: WorkspacePath, work: () => Promise<T>): Promise<T> {
  return request.locks.hold(readPlaceOfCargo(request, folder), request.project.name, ({ ms, for: other }) => {
    if (ms >= WORTH_TELLING_MS) {
      const whom = other === undefined ? '' : `, which built ${other}`;
      request.print(`waited ${(ms / 1000).toFixed(1)} s for cargo in ${folder}${whom}`);
    }
    return work();
  });
}
