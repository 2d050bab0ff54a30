import { tripleOf } from '#plan';
import type { WorkspacePath } from '#paths';
import { readTargetFolder } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/** Below this many milliseconds a wait is not worth a line. */
const WORTH_TELLING_MS = 500;

/**
 * Lets one task at a time build in a folder of cargo's and take what cargo made: cargo puts the finished files of two
 * builds with other features in one place, so that the second would overwrite them before the first has taken its own.
 * Cargo itself would make the second wait as well.
 */
export function inTurn<T>(request: RunRequest, folder: WorkspacePath, work: () => Promise<T>): Promise<T> {
  const place = [
    readTargetFolder(request, folder),
    profileFolder(request.options.profile),
    tripleOf(request.options) ?? '',
  ];
  return request.locks.hold(place.join('\n'), request.project.name, ({ ms, for: other }) => {
    if (ms >= WORTH_TELLING_MS) {
      const whom = other === undefined ? '' : `, which built ${other}`;
      request.print(`waited ${(ms / 1000).toFixed(1)} s for cargo in ${folder}${whom}`);
    }
    return work();
  });
}

/** Profiles that cargo builds into one folder. Source: https://doc.rust-lang.org/cargo/guide/build-cache.html */
function profileFolder(profile: string | undefined): string {
  if (profile === undefined || ['dev', 'test'].includes(profile)) return 'debug';
  return profile === 'bench' ? 'release' : profile;
}
