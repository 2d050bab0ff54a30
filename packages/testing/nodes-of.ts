import type { ProjectConfiguration } from '@nx/devkit';
import { FactCache } from '#facts';
import { workspacePath } from '#paths';
import { computeNodes } from '../plugin/compute-nodes.js';
import { readPluginOptions, type PluginOptions } from '../plugin/options.js';
import { MemoryFileSystem } from './memory-file-system.js';

/** The projects of Nx, by root, that the plugin makes of a workspace given as texts by path. */
export function nodesOf(
  texts: Readonly<Record<string, string>>,
  options: PluginOptions = {},
): Record<string, ProjectConfiguration> {
  const listed = Object.keys(texts).map((path) => ({ path: workspacePath(path) }));
  const { nodes } = computeNodes(listed, {
    files: new MemoryFileSystem(texts),
    cache: new FactCache({ read: () => undefined, write: () => undefined }, ''),
    shape: readPluginOptions(options),
    fingerprint: { command: (language, folder) => `fp ${language} ${folder}` },
  });
  return Object.assign({}, ...nodes.map(([, { projects }]) => projects)) as Record<string, ProjectConfiguration>;
}
