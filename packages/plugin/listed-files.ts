import type { CreateNodesContext } from '@nx/devkit';
import type { Project } from '#graph';
import type { WorkspacePath } from '#paths';
import { isGraphFile, type ListedFile } from '#workspace';
import { scopesOf, scopesOfCall, type CallScopes, type Scope } from './entry-scopes.js';
import { loadInternal } from './nx-internals.js';

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly scopes: CallScopes;
}

/**
 * Every file of the workspace with the hash that Nx made of it, so that what did not change need not be read. Of the
 * files that make the graph only those count that `include` and `exclude` of the plugin's entries in nx.json let in.
 * @throws Error where this Nx does not hand its index out
 */
export async function listFiles(
  { workspaceRoot, nxJsonConfiguration }: CreateNodesContext,
  options: object | undefined,
): Promise<Listing> {
  const context = loadInternal('nx/src/utils/workspace-context');
  const data = await context.getAllFileDataInContext(workspaceRoot);
  const files = data.map(({ file, hash }) => ({ path: file as WorkspacePath, hash }));
  const entries = nxJsonConfiguration.plugins ?? [];
  const scopes = scopesOfCall(entries, options);
  const all = scopesOf(entries);
  if (all.length === 0) return { files, scopes };
  const makers = files.flatMap(({ path }) => (isGraphFile(path) ? [path] : []));
  const accepted = acceptedBy(all, makers);
  return { files: files.filter(({ path }) => accepted.has(path) || !isGraphFile(path)), scopes };
}

/** Those of the projects whose manifest some scope lets in; all where there is no scope. */
export function projectsIn(scopes: readonly Scope[], projects: readonly Project[]): readonly Project[] {
  if (scopes.length === 0) return projects;
  const manifestOf = ({ root, rust, go }: Project): WorkspacePath => rust?.manifest ?? go?.manifest ?? root;
  const accepted = acceptedBy(scopes, projects.map(manifestOf));
  return projects.filter((project) => accepted.has(manifestOf(project)));
}

/** Those of the files that `include` and `exclude` of some scope let in, as Nx reads their patterns. */
function acceptedBy(scopes: readonly Scope[], files: readonly WorkspacePath[]): ReadonlySet<string> {
  const { findMatchingConfigFiles } = loadInternal('nx/src/project-graph/utils/project-configuration-utils');
  return new Set(scopes.flatMap(({ include, exclude }) => findMatchingConfigFiles(files, include, exclude)));
}
