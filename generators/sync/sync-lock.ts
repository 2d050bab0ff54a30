import type { Tree } from '@nx/devkit';
import {
  emitGroutLock,
  GROUT_LOCK,
  lockOf,
  parseGroutLock,
  resolveLocks,
  withRequirements,
  type GoRequirements,
  type GroutLock,
  type LockIndex,
} from '#graph';
import { workspacePath, type AbsolutePath } from '#paths';
import { NodeFileSystem, type Processes } from '#workspace';
import { readText } from '../tree-files.js';
import { listFiles, WorkspaceReader } from '../workspace-state.js';
import { ModuleCache } from './module-cache.js';

/** Writes grout.lock.json anew where it does not follow the lockfiles; tells whether it did. */
export async function syncLock(tree: Tree, processes: Processes): Promise<boolean> {
  const root = tree.root as AbsolutePath;
  const disk = new NodeFileSystem(root);
  const { model, index } = new WorkspaceReader(tree).read(await listFiles(tree), {
    readText: (path) => readText(tree, path),
    readLink: (path) => disk.readLink(path),
  });
  if (model.projects.length === 0) return false;
  const committed = parseGroutLock(readText(tree, workspacePath(GROUT_LOCK)));
  const wanted = index.go.moduleKeys();
  const kept = new Map([...(committed?.requirements ?? [])].filter(([key]) => wanted.has(key)));
  // A machine that knows more of Go modules than the one that wrote the file makes nothing stale by that alone.
  if (committed !== undefined && emitGroutLock(committed) === emitGroutLock(lockWith(index, kept))) return false;
  const missing = [...wanted].filter((key) => !kept.has(key));
  const found = missing.length === 0 ? [] : ((await openModuleCache(root, processes))?.readRequirements(missing) ?? []);
  tree.write(GROUT_LOCK, emitGroutLock(lockWith(index, new Map([...kept, ...found]))));
  return true;
}

function lockWith(index: LockIndex, requirements: GoRequirements): GroutLock {
  return lockOf(resolveLocks(withRequirements(index, requirements)), requirements);
}

/** Undefined where there is no go to ask for it. */
async function openModuleCache(cwd: AbsolutePath, processes: Processes): Promise<ModuleCache | undefined> {
  const { exitCode, stdout } = await processes.capture({ program: 'go', args: ['env', 'GOMODCACHE'], cwd });
  const folder = stdout.trim();
  return exitCode === 0 && folder !== '' ? new ModuleCache(new NodeFileSystem(folder as AbsolutePath)) : undefined;
}
