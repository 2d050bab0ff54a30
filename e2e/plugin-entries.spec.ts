import { readFileSync } from 'node:fs';
import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { json, nxFiles, removeWorkspaces, Workspace } from './harness/workspace.js';

interface Graph {
  readonly nodes: Readonly<Record<string, { readonly data: { readonly targets: object } }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

describe('two entries of the plugin in nx.json', () => {
  let workspace: Workspace;
  let graph: Graph;

  beforeAll(async () => {
    const plugins = [
      { plugin: 'nx-grout', include: ['apps/**'], options: { buildTargetName: 'compile', testTargetName: 'unit' } },
      { plugin: 'nx-grout', exclude: ['apps/**'] },
    ];
    const nxJson = JSON.parse(nxFiles()['nx.json'] ?? '{}') as object;
    workspace = await Workspace.create({ ...answerMonorepo(), 'nx.json': json({ ...nxJson, plugins }) });
    await workspace.commit('begin');
    const made = await workspace.nx(['graph', '--file=tmp-graph.json']);
    expect(made).toMatchObject({ exitCode: 0 });
    graph = (JSON.parse(readFileSync(workspace.path('tmp-graph.json'), 'utf8')) as { graph: Graph }).graph;
  }, 300_000);
  afterAll(removeWorkspaces);

  const targetsOf = (name: string): string[] => Object.keys(graph.nodes[name]?.data.targets ?? {});

  it('shape the projects of their own scope, and only those', () => {
    expect(targetsOf('teller')).toEqual(expect.arrayContaining(['compile', 'unit']));
    expect(targetsOf('teller')).not.toContain('build');
    for (const name of ['answer', 'plain', 'lone']) {
      expect(targetsOf(name)).toContain('build');
      expect(targetsOf(name)).not.toContain('compile');
    }
  });

  it('build across: a link waits for what the other entry calls a build', async () => {
    const run = await workspace.nx(['run', 'teller:compile']);
    expect(run).toMatchObject({ exitCode: 0, ran: ['answer:build', 'teller:compile'] });
  }, 120_000);

  it('leave the edges between their projects as they are', () => {
    expect(graph.dependencies['teller']).toContainEqual(expect.objectContaining({ target: 'answer' }));
  });
});

describe('a manifest that is a template and that nothing names', () => {
  afterAll(removeWorkspaces);

  it('is told of, and stops no command', async () => {
    const workspace = await Workspace.create(answerMonorepo());
    workspace.write(
      'templates/crate/Cargo.toml',
      '[package]\nname = "{{name}}"\n{% if x %}\nversion = "1"\n{% endif %}\n',
    );
    workspace.write('templates/module/go.mod', 'module {{ .Module }}\n');
    await workspace.commit('begin');
    const shown = await workspace.nx(['show', 'projects', '--sep=,']);
    expect(shown).toMatchObject({ exitCode: 0 });
    expect(shown.output).toContain('answer,');
    expect(shown.output).toContain('warning[cargo/template]');
    expect(shown.output).toContain('warning[go/template]');
    workspace.write('.nxignore', 'templates/\n');
    expect((await workspace.nx(['show', 'projects'])).output).not.toContain('template');
  }, 300_000);
});
