import type { Tree } from '@nx/devkit';
import { joinPath, type WorkspacePath } from '#paths';
import { NodeProcesses, type Processes } from '#workspace';
import { generateBridgeFiles, optionsFile } from '../bridge-files.js';
import { findRuntime, readBridgeLayout, readGroutToml } from '../grout-facts.js';
import { writeRuntimeSources } from '../runtime-files.js';
import { writeText } from '../tree-files.js';
import { findStaleFiles } from './find-stale-files.js';

/** What Nx shows when the workspace is out of sync. */
export interface SyncResult {
  readonly outOfSyncMessage?: string;
  readonly outOfSyncDetails?: string[];
}

/** Brings the generated code of every bridge, and the runtimes, up to date with the contracts and this version. */
export async function syncGenerator(tree: Tree, processes: Processes = new NodeProcesses()): Promise<SyncResult> {
  const grout = readGroutToml(tree);
  const runtime = grout.runtime && findRuntime(tree, grout.runtime.directory);
  if (runtime === undefined) return {};
  const changed: WorkspacePath[] = writeRuntimeSources(tree, runtime);
  for (const [name, bridge] of Object.entries(grout.bridges)) {
    const layout = readBridgeLayout(tree, name, bridge, runtime);
    const options = optionsFile(layout);
    if (writeText(tree, options.path, options.text)) changed.push(options.path);
    const files = await generateBridgeFiles(tree, layout, processes);
    changed.push(...files.filter(({ path, text }) => writeText(tree, path, text)).map(({ path }) => path));
    const stale = findStaleFiles(tree, layout, new Set(files.map(({ path }) => joinPath(path))));
    for (const path of stale) tree.delete(path);
    changed.push(...stale);
  }
  if (changed.length === 0) return {};
  return {
    outOfSyncMessage: 'Generated code of the Go/Rust bridges does not follow its contract.',
    outOfSyncDetails: changed.sort(),
  };
}

export default (tree: Tree): Promise<SyncResult> => syncGenerator(tree);
