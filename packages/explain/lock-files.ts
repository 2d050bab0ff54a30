import { GROUT_LOCK } from '#graph';
import { baseName, type WorkspacePath } from '#paths';

const NAMES: ReadonlySet<string> = new Set([
  ...['Cargo.toml', 'Cargo.lock'],
  ...['go.mod', 'go.sum', 'go.work', 'go.work.sum'],
]);

/** Files that say which packages from outside are built: what counts is what they say to a task, not that they changed. */
export function isLockFile(file: WorkspacePath): boolean {
  return file === GROUT_LOCK || NAMES.has(baseName(file));
}
