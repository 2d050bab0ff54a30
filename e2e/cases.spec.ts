import { copyCase, graphCases, type WantedGraph } from './fixtures/graph-cases.js';
import { projectGraph, type GraphNode, type ProjectGraph } from './harness/project-graph.js';
import { nxFiles, removeWorkspaces, Workspace } from './harness/workspace.js';

afterAll(removeWorkspaces);

const all = graphCases();
const alone = all.filter(({ want }) => want.alone !== undefined);
const together = all.filter(({ want }) => want.alone === undefined);

type Seen = Omit<WantedGraph, 'alone'>;

/** The part of a graph that lies in a folder, in the words of a case. `.`: all of it. */
function seenIn(folder: string, { nodes, joined, output }: ProjectGraph): Seen {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const relative = (path: string): string => (path === folder ? '.' : path.slice(prefix.length));
  const inside = nodes.filter(({ data }) => data.root === folder || data.root.startsWith(prefix));
  const edges = inside.flatMap(({ data }) =>
    (data.metadata.grout?.edges ?? []).map(({ to, kind, evidence: { file, line } }) => {
      const isJoined = joined.includes(`${data.root} -> ${to}`);
      const place = `${relative(file)}:${line}${isJoined ? '' : ', unknown to Nx'}`;
      return `${relative(data.root)} -> ${relative(to)}: ${kind} at ${place}`;
    }),
  );
  const reads = inside.flatMap((node) =>
    readsOf(node).map((path) => `${relative(node.data.root)} reads ${relative(path)}`),
  );
  const warnings = [...output.matchAll(/^warning\[(.+?)\].*\n +--> (.+?):(\d+):\d+$/gm)];
  const says = warnings.flatMap(([, code = '', file = '', line = '']) =>
    file.startsWith(prefix) ? [`${code} at ${relative(file)}:${line}`] : [],
  );
  const projects = inside.map(({ data }) => relative(data.root));
  return { projects: sorted(projects), edges: sorted(edges), reads: sorted(reads), says: sorted(says) };
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

/** Files and folders elsewhere that are sources of a project: of the crate, of a Go package, or of their tests. */
function readsOf({ data }: GraphNode): string[] {
  return (
    Object.entries(data.namedInputs ?? {})
      .flatMap(([name, inputs]) => (/^rust$|^go:|Tests$/.test(name) ? inputs : []))
      .filter((input) => typeof input === 'string' && input.startsWith('{workspaceRoot}/'))
      .map((input) => (input as string).slice('{workspaceRoot}/'.length))
      // Which kinds of files count in a folder is for the specs of the plugin to say.
      .map((path) => path.replace(/\*\*\/\*\.\{.*\}$/, '**'))
      .filter((path) => !path.startsWith(`${data.root}/`))
  );
}

describe('evidence in one workspace', () => {
  let graph: ProjectGraph;

  beforeAll(async () => {
    const workspace = await Workspace.create(nxFiles());
    for (const { lesson } of together) copyCase(lesson, workspace, lesson);
    await workspace.commit('begin');
    graph = await projectGraph(workspace);
  }, 300_000);

  it.each(together)('$lesson', ({ lesson, want }) => {
    expect(seenIn(lesson, graph)).toEqual(want);
  });

  it('joins nothing else', () => {
    const shown = graph.nodes.flatMap(({ data }) =>
      (data.metadata.grout?.edges ?? []).map(({ to }) => `${data.root} -> ${to}`),
    );
    expect(graph.joined.filter((pair) => !shown.includes(pair))).toEqual([]);
    const lessonsOf = (pair: string): (string | undefined)[] => pair.split(' -> ').map((root) => root.split('/')[0]);
    expect(graph.joined.filter((pair) => new Set(lessonsOf(pair)).size > 1)).toEqual([]);
  });
});

describe('evidence in a workspace of its own', () => {
  it.each(alone)(
    '$lesson',
    async ({ lesson, want: { projects, edges, reads, says } }) => {
      const workspace = await Workspace.create(nxFiles());
      copyCase(lesson, workspace, '.');
      await workspace.commit('begin');
      expect(seenIn('.', await projectGraph(workspace))).toEqual({ projects, edges, reads, says });
    },
    120_000,
  );
});
