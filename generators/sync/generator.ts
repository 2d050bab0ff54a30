import type { Tree } from '@nx/devkit';
import { GROUT_LOCK } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import { NodeProcesses, type Processes } from '#workspace';
import { generateBridgeFiles, optionsFile } from '../bridge-files.js';
import { Contracts } from '../contracts.js';
import { findRuntime, readBridgeLayouts, readGroutToml } from '../grout-facts.js';
import { writeRuntimeSources } from '../runtime-files.js';
import { writeText } from '../tree-files.js';
import { findStaleFiles } from './find-stale-files.js';
import { syncLock } from './sync-lock.js';

/** What Nx shows when the workspace is out of sync. */
export interface SyncResult {
  readonly outOfSyncMessage?: string;
  readonly outOfSyncDetails?: string[];
}

/** Brings the generated code of every bridge, the runtimes and grout.lock.json up to date with what they are made from. */
export async function syncGenerator(tree: Tree, processes: Processes = new NodeProcesses()): Promise<SyncResult> {
  const generated = await syncBridges(tree, processes);
  const isLockWritten = await syncLock(tree, processes);
  if (generated.length === 0 && !isLockWritten) return {};
  const messages = [
    ...(generated.length === 0 ? [] : ['Generated code of the Go/Rust bridges does not follow its contract.']),
    ...(isLockWritten ? [`${GROUT_LOCK} does not follow the lockfiles.`] : []),
  ];
  return {
    outOfSyncMessage: messages.join(' '),
    outOfSyncDetails: [...generated, ...(isLockWritten ? [GROUT_LOCK] : [])].sort(),
  };
}

/** Files of the bridges and runtimes that were written or deleted. */
async function syncBridges(tree: Tree, processes: Processes): Promise<WorkspacePath[]> {
  const grout = readGroutToml(tree);
  const runtime = grout.runtime && findRuntime(tree, grout.runtime.directory);
  if (runtime === undefined) return [];
  const changed: WorkspacePath[] = writeRuntimeSources(tree, runtime);
  const layouts = readBridgeLayouts(tree, grout, runtime);
  for (const { path, text } of layouts.map(optionsFile)) if (writeText(tree, path, text)) changed.push(path);
  const contracts = new Contracts(tree, layouts, processes);
  for (const layout of layouts) {
    const files = await generateBridgeFiles(tree, layout, contracts);
    changed.push(...files.filter(({ path, text }) => writeText(tree, path, text)).map(({ path }) => path));
    const stale = findStaleFiles(tree, layout, new Set(files.map(({ path }) => joinPath(path))));
    for (const path of stale) tree.delete(path);
    changed.push(...stale);
  }
  return changed;
}

/** `nx g nx-grout:sync` calls what a generator returns; `nx sync` reads its properties. */
export default async (tree: Tree): Promise<SyncResult & (() => void)> =>
  Object.assign(() => undefined, await syncGenerator(tree));
