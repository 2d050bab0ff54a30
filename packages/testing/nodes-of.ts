import type { ProjectConfiguration } from '@nx/devkit';
import { computeNodes } from '../plugin/compute-nodes.js';
import type { CallScopes } from '../plugin/entry-scopes.js';
import type { PluginOptions } from '../plugin/options.js';
import { factsOf } from './model-of.js';

/** The projects of Nx, by root, that the plugin makes of a workspace given as texts by path, or of the part in scope. */
export function nodesOf(
  texts: Readonly<Record<string, string>>,
  options: PluginOptions = {},
  scopes: CallScopes = { own: [], others: [] },
): Record<string, ProjectConfiguration> {
  const { nodes } = computeNodes(factsOf(texts), { options, fingerprint: 'fingerprint', scopes });
  return Object.assign({}, ...nodes.map(([, { projects }]) => projects)) as Record<string, ProjectConfiguration>;
}
