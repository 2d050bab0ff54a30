import { DependencyType, type CreateDependencies, type RawProjectGraphDependency } from '@nx/devkit';
import { parseMetadata } from '#graph';
import type { PluginOptions } from './options.js';

/** Edges that createNodes found, joined to today's project names by root; the file that shows an edge is its source. */
export const createDependencies: CreateDependencies<PluginOptions> = (_options, context) => {
  const names = new Map(Object.entries(context.projects).map(([name, { root }]) => [root, name]));
  const dependencies: RawProjectGraphDependency[] = [];
  for (const [source, { metadata }] of Object.entries(context.projects)) {
    for (const edge of parseMetadata(metadata)?.edges ?? []) {
      const target = names.get(edge.to);
      if (target === undefined) continue;
      dependencies.push({ source, target, type: DependencyType.static, sourceFile: edge.evidence.file });
    }
  }
  return dependencies;
};
