import type { Project } from '#graph';
import type { WorkspacePath } from '#paths';
import type { Entry } from './entry-scopes.js';
import { projectsIn } from './listed-files.js';
import { readPluginOptions, type PluginShape } from './options.js';

export interface ProjectMakers {
  /** Projects that this call makes, in the given shape. */
  readonly made: readonly Project[];
  readonly others: readonly Entry[];
  readonly shape: PluginShape;
}

/** What the build of each project is called, for those that have one: each entry of the plugin may name it in its own way. */
export function resolveBuildNames(
  projects: readonly Project[],
  { made, others, shape }: ProjectMakers,
): ReadonlyMap<WorkspacePath, string> {
  const names = new Map<WorkspacePath, string>();
  if (made.length < projects.length) {
    for (const { include, exclude, options } of others) {
      const isWhole = include.length + exclude.length === 0;
      const name = readPluginOptions(options).targets.build?.name;
      const its = projectsIn(isWhole ? [] : [{ include, exclude }], projects);
      if (name !== undefined) for (const { root } of its) names.set(root, name);
    }
  }
  const name = shape.targets.build?.name;
  for (const { root } of made) {
    if (name === undefined) names.delete(root);
    else names.set(root, name);
  }
  return names;
}
