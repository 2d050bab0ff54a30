import type { CreateNodesContext } from '@nx/devkit';
import type { WorkspacePath } from '#paths';
import { isGraphFile, type ListedFile } from '#workspace';
import { loadInternal } from './nx-internals.js';

/**
 * Every file of the workspace with the hash that Nx made of it, so that what did not change need not be read. Of the
 * files that make the graph only those count that `include` and `exclude` of the plugin's entries in nx.json let in.
 * @throws Error where this Nx does not hand its index out
 */
export async function listFiles({ workspaceRoot, nxJsonConfiguration }: CreateNodesContext): Promise<ListedFile[]> {
  const context = loadInternal('nx/src/utils/workspace-context');
  const files = await context.getAllFileDataInContext(workspaceRoot);
  const listed = files.map(({ file, hash }) => ({ path: file as WorkspacePath, hash }));
  const scopes = scopesOf(nxJsonConfiguration.plugins ?? []);
  if (scopes.length === 0) return listed;
  const { findMatchingConfigFiles } = loadInternal('nx/src/project-graph/utils/project-configuration-utils');
  const makers = listed.flatMap(({ path }) => (isGraphFile(path) ? [path] : []));
  const accepted = new Set(scopes.flatMap(({ include, exclude }) => findMatchingConfigFiles(makers, include, exclude)));
  return listed.filter(({ path }) => accepted.has(path) || !isGraphFile(path));
}

interface Scope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Empty where one entry of this plugin takes the whole workspace. */
function scopesOf(plugins: NonNullable<CreateNodesContext['nxJsonConfiguration']['plugins']>): Scope[] {
  const scopes = plugins.flatMap((entry): Scope[] => {
    if (typeof entry === 'string') return entry === 'nx-grout' ? [{ include: [], exclude: [] }] : [];
    const { plugin, include = [], exclude = [] } = entry;
    return plugin === 'nx-grout' ? [{ include, exclude }] : [];
  });
  return scopes.some(({ include, exclude }) => include.length + exclude.length === 0) ? [] : scopes;
}
