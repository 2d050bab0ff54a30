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
} from '#graph';
import { workspacePath, type AbsolutePath } from '#paths';
import { NodeFileSystem, type Processes } from '#workspace';
import { readText } from '../tree-files.js';
import { listFiles, WorkspaceReader, type ReadWorkspace } from '../workspace-state.js';
import { ModuleCache } from './module-cache.js';

/** Writes grout.lock.json anew where it does not follow the lockfiles; tells whether it did. */
export async function syncLock(tree: Tree, processes: Processes): Promise<boolean> {
  const root = tree.root as AbsolutePath;
  const disk = new NodeFileSystem(root);
  const workspace = new WorkspaceReader(tree).read(await listFiles(tree), {
    readText: (path) => readText(tree, path),
    readLink: (path) => disk.readLink(path),
  });
  if (workspace.states.every(({ made }) => made.size === 0)) return false;
  const committed = parseGroutLock(readText(tree, workspacePath(GROUT_LOCK)));
  const wanted = new Set(workspace.states.flatMap(({ index }) => [...index.go.moduleKeys()]));
  const kept = new Map([...(committed?.requirements ?? [])].filter(([key]) => wanted.has(key)));
  // A machine that knows more of Go modules than the one that wrote the file makes nothing stale by that alone.
  if (committed !== undefined && emitGroutLock(committed) === emitGroutLock(lockWith(workspace, kept))) return false;
  const missing = [...wanted].filter((key) => !kept.has(key));
  const found = missing.length === 0 ? [] : ((await openModuleCache(root, processes))?.readRequirements(missing) ?? []);
  tree.write(GROUT_LOCK, emitGroutLock(lockWith(workspace, new Map([...kept, ...found]))));
  return true;
}

/** Each project has its digests as the entry of nx.json that makes it asks for them. */
function lockWith({ states }: ReadWorkspace, requirements: GoRequirements): GroutLock {
  const locks = states.flatMap(({ index, made }) =>
    [...resolveLocks(withRequirements(index, requirements))].filter(([root]) => made.has(root)),
  );
  return lockOf(new Map(locks), requirements);
}

/** Undefined where there is no go to ask for it. */
async function openModuleCache(cwd: AbsolutePath, processes: Processes): Promise<ModuleCache | undefined> {
  const { exitCode, stdout } = await processes.capture({ program: 'go', args: ['env', 'GOMODCACHE'], cwd });
  const folder = stdout.trim();
  return exitCode === 0 && folder !== '' ? new ModuleCache(new NodeFileSystem(folder as AbsolutePath)) : undefined;
}
