import type { Workspace } from './workspace.js';

/** What `nx graph --file` says about a project, as far as the specs look at it. */
export interface GraphNode {
  readonly name: string;
  readonly data: {
    readonly root: string;
    readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
    readonly metadata: { readonly grout?: { readonly edges: readonly ShownEdge[] } };
  };
}

interface ShownEdge {
  readonly to: string;
  readonly kind: string;
  readonly evidence: { readonly file: string; readonly line: number };
}

interface GraphFile {
  readonly graph: {
    readonly nodes: Readonly<Record<string, GraphNode>>;
    readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
  };
}

/** Projects, and the pairs of roots that Nx joins by an edge: `from -> to`. */
export interface ProjectGraph {
  readonly nodes: readonly GraphNode[];
  readonly joined: readonly string[];
  /** What Nx printed beside it. */
  readonly output: string;
}

/** The graph as the real Nx makes it. */
export async function projectGraph(workspace: Workspace): Promise<ProjectGraph> {
  const run = await workspace.nx(['graph', '--file=graph.json']);
  if (!workspace.exists('graph.json')) throw new Error(run.output);
  const { graph } = JSON.parse(workspace.read('graph.json')) as GraphFile;
  workspace.remove('graph.json');
  const rootOf = (name: string): string | undefined => graph.nodes[name]?.data.root;
  const joined = Object.entries(graph.dependencies).flatMap(([source, targets]) =>
    targets.flatMap(({ target }) => {
      const to = rootOf(target);
      return to === undefined ? [] : [`${rootOf(source) ?? source} -> ${to}`];
    }),
  );
  return { nodes: Object.values(graph.nodes), joined, output: run.output };
}
