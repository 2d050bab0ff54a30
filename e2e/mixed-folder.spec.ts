import { twoLanguagesInOneFolder } from './fixtures/two-languages-in-one-folder.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

afterAll(removeWorkspaces);

describe('a crate and a Go module in one folder', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(twoLanguagesInOneFolder());
    await workspace.commit('begin');
  }, 300_000);

  const targetsOf = async (project: string): Promise<string[]> => {
    const shown = await workspace.nx(['show', 'project', project, '--json']);
    const { targets } = JSON.parse(shown.output.slice(shown.output.indexOf('{'))) as { targets: object };
    return Object.keys(targets).sort();
  };

  it('are one project with a target per language and one over both', async () => {
    const targets = [
      'build',
      'build-go',
      'build-rust',
      'lint',
      'lint-go',
      'lint-rust',
      'run',
      'test',
      'test-go',
      'test-rust',
      'watch',
    ];
    expect(await targetsOf('nested')).toEqual(targets);
    expect(await targetsOf('rooted')).toEqual(expect.arrayContaining(targets));
  }, 60_000);

  it('are both built by the plain target, the Go side with the Rust side in it', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build']);
    expect(run.exitCode).toBe(0);
    expect(run.ran).toEqual(
      expect.arrayContaining(['nested:build-go', 'nested:build-rust', 'rooted:build-go', 'rooted:build-rust']),
    );
    expect(await workspace.print('dist/nested/nested')).toBe('nested 8');
    expect(await workspace.print('dist/rooted')).toBe('rooted 7');
  }, 180_000);

  it('leave the source tree as it was', async () => {
    expect(await workspace.git('status', '--porcelain')).toBe('');
  });

  it('keep apart what they build: the root’s artifacts survive a build of the folder below, and the other way', async () => {
    const built = [
      ...['librooted.a', 'nested/libnested.a', 'nested/nested', 'nested/nested.system-libraries'],
      ...['rooted', 'rooted.system-libraries'],
    ];
    expect(workspace.filesBelow('dist')).toEqual(built);
    workspace.edit('main.go', 'Println("rooted"', 'Println("ROOTED"');
    workspace.edit('nested/main.go', 'Println("nested"', 'Println("NESTED"');
    expect(await workspace.nx(['run-many', '-t', 'build'])).toMatchObject({ exitCode: 0 });
    expect(workspace.filesBelow('dist')).toEqual(built);
    expect(await workspace.print('dist/nested/nested')).toBe('NESTED 8');
    expect(await workspace.print('dist/rooted')).toBe('ROOTED 7');
  }, 60_000);

  it('are rebuilt from Rust to Go when the Rust side changes', async () => {
    workspace.edit('nested/src/lib.rs', '8', '80');
    expect(await workspace.nx(['build', 'nested'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/nested/nested')).toBe('NESTED 80');
  }, 60_000);

  it('stay as they are when the project whose folder is above theirs comes from the cache', async () => {
    expect(await workspace.nx(['build', 'rooted'])).toMatchObject({ exitCode: 0, ran: [] });
    expect(await workspace.print('dist/nested/nested')).toBe('NESTED 80');
  }, 60_000);

  it('are restored, both of them, when dist was deleted', async () => {
    const before = workspace.contentsBelow('dist');
    workspace.remove('dist');
    const run = await workspace.nx(['run-many', '-t', 'build']);
    expect(run.exitCode).toBe(0);
    expect(workspace.contentsBelow('dist')).toEqual(before);
  }, 60_000);

  it('are tested by the plain target, Go over the crate beside it', async () => {
    const run = await workspace.nx(['test', 'nested']);
    expect(run.exitCode).toBe(0);
    const rust = await workspace.nx(['run', 'nested:test-rust']);
    expect(rust.output).toContain('test tests::is_positive ... ok');
  }, 120_000);
});

describe('projects that would have one name', () => {
  const services = ['billing', 'catalog', 'orders', 'search', 'stock', 'users'];
  const files = (pluginOptions?: Readonly<Record<string, unknown>>): Files => ({
    ...nxFiles(pluginOptions),
    'tools/mint/go.mod': 'module example.com/mint\n\ngo 1.26\n',
    ...Object.fromEntries(
      services.map((service) => [`${service}/go/go.mod`, `module example.com/${service}/go\n\ngo 1.26\n`]),
    ),
  });
  const paths = services.map((service) => `${service}/go`);
  let workspace: Workspace;
  const show = async (): Promise<{ names: string[]; output: string }> => {
    const { output } = await workspace.nx(['show', 'projects', '--sep=,']);
    const names = output.split('\n').find((line) => line.includes('mint')) ?? '';
    return { names: names.split(',').sort(), output };
  };

  beforeAll(async () => {
    workspace = await Workspace.create(files());
  }, 300_000);

  it('are called after their folders, with a warning that says how to pin a name', async () => {
    const { names, output } = await show();
    expect(names).toEqual([...paths, 'mint'].sort());
    expect(output).toContain('warning[graph/name-collision]: 6 projects would be called `go`');
    expect(output).toContain('--> billing/go/go.mod:1:8');
    expect(output).toContain('pin a name with {"name": "…"} in a project.json');
  }, 60_000);

  it('keep the name that a project.json pins', async () => {
    workspace.write('billing/go/project.json', '{ "name": "billing" }\n');
    expect((await show()).names).toEqual(['billing', ...paths.slice(1), 'mint'].sort());
    workspace.remove('billing/go/project.json');
  }, 60_000);

  it('never come up where projects are named by path', async () => {
    workspace.write('nx.json', files({ projectNames: 'path' })['nx.json'] ?? '');
    const { names, output } = await show();
    expect(names).toEqual([...paths, 'tools/mint'].sort());
    expect(output).not.toContain('name-collision');
  }, 60_000);
});
