import type { CreateDependencies, RawProjectGraphDependency } from '@nx/devkit';
import type { GroutMetadata } from '#graph';
import { workspacePath } from '#paths';
import type { PluginOptions } from './options.js';

/**
 * Edges that createNodes found, joined to today's project names by root, and those to crates and modules from outside.
 */
export const createDependencies: CreateDependencies<PluginOptions> = (_options, context) => {
  const names = new Map(Object.entries(context.projects).map(([name, { root }]) => [workspacePath(root), name]));
  return Object.entries(context.projects).flatMap(([source, { metadata }]) => {
    // Our own words from createNodes; the room that reads them would bring every parser with it.
    const own = (metadata as { readonly grout?: GroutMetadata } | undefined)?.grout;
    if (own === undefined) return [];
    const files = fileNames(context.fileMap.projectFileMap[source] ?? []);
    const shown = own.edges.flatMap((edge) => {
      const target = names.get(edge.to);
      return target === undefined ? [] : [dependency(source, target, [edge.evidence.file, ...manifests(own)], files)];
    });
    const externals = (own.externals ?? []).flatMap((target) =>
      target in (context.externalNodes ?? {}) ? [dependency(source, target, manifests(own), files)] : [],
    );
    return [...shown, ...externals];
  });
};

type FileNames = Pick<ReadonlySet<string>, 'has'>;

/** Most projects have a handful of files, and an edge or two to look up among them: a set would cost more than it saves. */
function fileNames(files: readonly { readonly file: string }[]): FileNames {
  if (files.length > FEW_FILES) return new Set(files.map(({ file }) => file));
  return { has: (name) => files.some(({ file }) => file === name) };
}

const FEW_FILES = 32;

/**
 * The first candidate that Nx gives to the source project shows the edge: Nx refuses the whole graph for a file of
 * another project, such as a Go file in a crate's folder below the module's.
 */
function dependency(
  source: string,
  target: string,
  candidates: readonly string[],
  files: FileNames,
): RawProjectGraphDependency {
  const sourceFile = candidates.find((candidate) => files.has(candidate));
  // The enum of these words would be all that is loaded of @nx/devkit here.
  const dependency =
    sourceFile === undefined ? { source, target, type: 'implicit' } : { source, target, type: 'static', sourceFile };
  return dependency as unknown as RawProjectGraphDependency;
}

function manifests({ rust, go }: GroutMetadata): string[] {
  return [rust?.manifest, go?.manifest].filter((manifest) => manifest !== undefined);
}
