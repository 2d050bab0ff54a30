import type { WorkspacePath } from '#paths';
import type { Edge, Project } from './model.js';

/** What a project carries as `metadata.grout` in the Nx graph: facts for executors, edges with the place that shows them. */
export interface GroutMetadata extends Pick<Project, 'rust' | 'go'> {
  readonly edges: readonly Pick<Edge, 'to' | 'kind' | 'evidence'>[];
}

/** @param edges those that begin at the project */
export function emitMetadata(project: Project, edges: readonly Edge[]): GroutMetadata {
  const { rust, go } = project;
  return {
    ...(rust === undefined ? {} : { rust }),
    ...(go === undefined ? {} : { go }),
    edges: edges.map(({ to, kind, evidence }) => ({ to, kind, evidence })),
  };
}

/** What our createNodes put into a node of the Nx graph; undefined for another plugin's project. */
export function parseMetadata(metadata: Readonly<Record<string, unknown>> | undefined): GroutMetadata | undefined {
  const own = metadata?.['grout'];
  return typeof own === 'object' && own !== null && 'edges' in own ? (own as GroutMetadata) : undefined;
}

/** The project behind a node of the Nx graph. */
export function projectFromMetadata(name: string, root: WorkspacePath, metadata: GroutMetadata): Project {
  const { rust, go } = metadata;
  return { name, root, ...(rust === undefined ? {} : { rust }), ...(go === undefined ? {} : { go }) };
}
