import { readFileSync } from 'node:fs';
import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { pathWithout } from './harness/logged-tools.js';
import { nxFiles, removeWorkspaces, Workspace } from './harness/workspace.js';

const PROJECTS = ['answer', 'lone', 'plain', 'teller'];

describe('what a user gets told about bad input', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(answerMonorepo());
    await workspace.commit('begin');
  }, 300_000);
  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '.');
    await workspace.git('clean', '--quiet', '--force', '-d');
  });
  afterAll(removeWorkspaces);

  const shownProjects = async (env?: Record<string, string>): Promise<string[]> => {
    const shown = await workspace.nx(['show', 'projects', '--sep=,'], env);
    return (shown.output.trim().split('\n').at(-1) ?? '').split(',').sort();
  };

  /** The graph as Nx writes it to a file: what stands when something is broken. */
  const graph = async (): Promise<{ nodes: string[]; edges: string[] }> => {
    await workspace.nx(['graph', '--file=tmp-graph.json']);
    const text = readFileSync(workspace.path('tmp-graph.json'), 'utf8');
    const written = JSON.parse(text) as {
      graph: { nodes: object; dependencies: Record<string, { target: string }[]> };
    };
    const edges = Object.entries(written.graph.dependencies).flatMap(([from, all]) =>
      all.map(({ target }) => `${from} ${target}`),
    );
    return { nodes: Object.keys(written.graph.nodes).sort(), edges };
  };

  describe('a manifest that cannot be read', () => {
    it.each([
      ['crates/plain/Cargo.toml', '[package]', '[package', '1:9', 'cargo/broken-toml', ['answer', 'lone', 'teller']],
      ['libs/lone/go.mod', 'module', 'module (', '1:1', 'go/bad-directive', ['answer', 'plain', 'teller']],
      ['go.work', '\n)\n', '\n', '3:1', 'go/mod-syntax', PROJECTS],
      ['Cargo.toml', '["crates/*"]', '["crates/*"', '5:1', 'cargo/broken-toml', PROJECTS],
    ])(
      '%s: is named with line and reason, and the rest of the graph stands',
      async (file, before, after, place, code, rest) => {
        workspace.edit(file, before, after);
        const run = await workspace.nx(['run-many', '-t', 'build']);
        expect(run).toMatchObject({ exitCode: 1, ran: [] });
        expect(run.output).toContain(`error[${code}]`);
        expect(run.output).toContain(`--> ${file}:${place}`);
        expect(await graph()).toEqual({ nodes: rest, edges: ['teller answer'] });
      },
      60_000,
    );

    it('reports all broken files at once', async () => {
      workspace.edit('crates/plain/Cargo.toml', '[package]', '[package');
      workspace.edit('libs/lone/go.mod', 'module', 'modul');
      const shown = await workspace.nx(['show', 'projects']);
      expect(shown.exitCode).toBe(1);
      expect(shown.output).toContain('--> crates/plain/Cargo.toml:1:9');
      expect(shown.output).toContain('--> libs/lone/go.mod:1:1');
    }, 60_000);

    it('is nobody’s business in testdata, where files are broken on purpose', async () => {
      workspace.write('libs/lone/testdata/broken.go', 'package lone\n\nimport (\n"a');
      workspace.write('crates/plain/testdata/case/Cargo.toml', '[package');
      workspace.write('crates/plain/testdata/case/go.mod', 'require (\n');
      expect(await shownProjects()).toEqual(PROJECTS);
    }, 60_000);
  });

  it('tells an option that the plugin does not have, and the one that was meant', async () => {
    workspace.write('nx.json', nxFiles({ buildTargetNam: 'compile' })['nx.json'] ?? '');
    const shown = await workspace.nx(['show', 'projects']);
    expect(shown.exitCode).toBe(1);
    expect(shown.output).toContain('error[plugin/unknown-option]');
    expect(shown.output).toContain('did you mean `buildTargetName`?');
  }, 60_000);

  describe('a toolchain that is not there', () => {
    it.each([
      ['cargo', 'answer', 'lone'],
      ['go', 'lone', 'plain'],
    ])(
      '%s: the graph stands, its tasks fail with what to install, the others run',
      async (tool, needsIt, doesNot) => {
        const env = { PATH: await pathWithout(workspace, tool) };
        expect(await shownProjects(env)).toEqual(PROJECTS);
        const failed = await workspace.nx(['build', needsIt, '--skip-nx-cache'], env);
        expect(failed.exitCode).toBe(1);
        expect(failed.output).toContain('error[plan/missing-tool]');
        expect(failed.output).toContain(`\`${tool}\` could not be run: no such program on PATH`);
        const worked = await workspace.nx(['build', doesNot, '--skip-nx-cache'], env);
        expect(worked.exitCode).toBe(0);
      },
      60_000,
    );
  });

  describe('a toolchain older than the manifest asks for', () => {
    it('points at rust-version', async () => {
      workspace.edit('crates/plain/Cargo.toml', 'edition', 'rust-version = "1.999"\nedition');
      const run = await workspace.nx(['build', 'plain']);
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain('the manifest asks for Rust 1.999');
      expect(run.output).toContain('--> crates/plain/Cargo.toml:4:');
    }, 60_000);

    it('points at the go line', async () => {
      workspace.edit('libs/lone/go.mod', 'go 1.26', 'go 1.99');
      const run = await workspace.nx(['build', 'lone']);
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain('the manifest asks for Go 1.99');
      expect(run.output).toContain('--> libs/lone/go.mod:3:');
    }, 60_000);

    it('points at the go line of go.work', async () => {
      workspace.edit('go.work', 'go 1.26', 'go 1.99');
      const run = await workspace.nx(['build', 'lone']);
      expect(run.exitCode).toBe(1);
      expect(run.output).toMatch(/go\.work.*1\.99/);
    }, 60_000);
  });

  it('says what to run when a library to link was not built', async () => {
    workspace.remove('dist');
    const run = await workspace.nx(['build', 'teller', '--exclude-task-dependencies', '--skip-nx-cache']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[plan/nothing-to-link]');
    expect(run.output).toContain('run `nx build answer` first');
  }, 60_000);

  describe('sources that do not compile', () => {
    beforeAll(async () => {
      expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
    }, 120_000);

    it('fails the task with rustc’s message, starts no task above it, and leaves dist as it was', async () => {
      const before = workspace.contentsBelow('dist');
      workspace.edit('crates/answer/src/lib.rs', '42', 'forty_two');
      const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'teller']);
      expect(run).toMatchObject({ exitCode: 1, ran: ['answer:build'] });
      expect(run.output).toContain('cannot find value `forty_two` in this scope');
      expect(workspace.contentsBelow('dist')).toEqual(before);
    }, 60_000);

    it('fails the task with go’s message, and leaves dist as it was', async () => {
      const before = workspace.contentsBelow('dist');
      workspace.edit('apps/teller/main.go', 'answer())', 'anser())');
      const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'teller']);
      expect(run).toMatchObject({ exitCode: 1, ran: ['teller:build'] });
      expect(run.output).toContain('undefined: anser');
      expect(workspace.contentsBelow('dist')).toEqual(before);
    }, 60_000);

    it('fails again the second time: a failure is not cached', async () => {
      workspace.edit('apps/teller/main.go', 'answer())', 'anser())');
      const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'teller']);
      expect(run).toMatchObject({ exitCode: 1, ran: ['teller:build'] });
    }, 60_000);
  });
});
