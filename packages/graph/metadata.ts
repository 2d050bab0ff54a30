import type { WorkspacePath } from '#paths';
import type { Edge, Project } from './model.js';

/** What a project carries as `metadata.grout` in the Nx graph: facts for executors, edges with the place that shows them. */
export interface GroutMetadata extends Pick<Project, Part> {
  readonly edges: readonly Pick<Edge, 'to' | 'kind' | 'evidence' | 'testOnly' | 'why'>[];
  /** Packages from outside that it needs directly, as Nx calls them. */
  readonly externals?: readonly string[];
}

/** @param edges those that begin at the project */
export function emitMetadata(
  project: Project,
  edges: readonly Edge[],
  externals: readonly string[] = [],
): GroutMetadata {
  return {
    ...presentParts(project),
    edges: edges.map(shownEdge),
    ...(externals.length === 0 ? {} : { externals }),
  };
}

function shownEdge({ to, kind, evidence, testOnly, why }: Edge): GroutMetadata['edges'][number] {
  const { file, line, column } = evidence;
  return {
    ...{ to, kind, evidence: { file, line, column } },
    ...(testOnly === undefined ? {} : { testOnly }),
    ...(why === undefined ? {} : { why }),
  };
}

/** What our createNodes put into a node of the Nx graph; undefined for another plugin's project. */
export function parseMetadata(metadata: Readonly<Record<string, unknown>> | undefined): GroutMetadata | undefined {
  const own = metadata?.['grout'];
  return typeof own === 'object' && own !== null && 'edges' in own ? (own as GroutMetadata) : undefined;
}

/** The project behind a node of the Nx graph. */
export function projectFromMetadata(name: string, root: WorkspacePath, metadata: GroutMetadata): Project {
  return { name, root, ...presentParts(metadata) };
}

/** Those parts of a project that are there, so that JSON gives back what it was given. */
export function presentParts({ rust, go, lint }: PossibleParts): Pick<Project, Part> {
  return {
    ...(rust === undefined ? {} : { rust }),
    ...(go === undefined ? {} : { go }),
    ...(lint === undefined ? {} : { lint }),
  };
}

type Part = 'rust' | 'go' | 'lint';
type PossibleParts = { readonly [Key in Part]?: Project[Key] | undefined };
