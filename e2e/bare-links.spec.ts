import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

/** `teller` links the crate `answer` by a `#cgo` line of its own, on line 5 of this file. */
const LINKING = 'apps/teller/answer.go';

/** One workspace that adopts the plugin with a hand-made link, lived through until that link is gone. */
describe('lint of links between the languages', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(answerMonorepo());
    await workspace.commit('begin');
  }, 300_000);
  afterAll(removeWorkspaces);

  const lint = (...projects: readonly string[]) => workspace.nx(['run-many', '-t', 'lint', '-p', projects.join(',')]);
  const add = (text: string): void => {
    workspace.write('grout.toml', `${workspace.read('grout.toml')}\n${text}`);
  };
  const affected = async (target: string): Promise<string[]> => {
    const run = await workspace.nx(['show', 'projects', '--affected', `-t=${target}`, '--base=HEAD', '--json']);
    return JSON.parse(run.output.slice(run.output.indexOf('['))) as string[];
  };

  it('tells of a bare link with its line and both ways out, and passes', async () => {
    const first = await lint('teller');
    expect(first).toMatchObject({ exitCode: 0, ran: ['teller:lint'] });
    expect(first.output).toContain(
      'warning[lint/bare-cgo-link]: this `#cgo LDFLAGS` line links the crate `answer` (crates/answer) without a bridge',
    );
    expect(first.output).toContain(`--> ${LINKING}:5:1\n  |\n5 | #cgo LDFLAGS:`);
    expect(first.output).toContain('`npx nx g nx-grout:bridge-module answer-bridge`');
    expect(first.output).toContain('link = { from = "apps/teller", to = "crates/answer" }');
    const again = await lint('teller');
    expect(again).toMatchObject({ exitCode: 0, cached: ['teller:lint'] });
    expect(again.output).toContain(`--> ${LINKING}:5:1`);
  }, 120_000);

  it('fails for it where warnings are denied', async () => {
    const run = await workspace.nx(['lint', 'teller', '--denyWarnings']);
    expect([run.exitCode, run.output]).toEqual([1, expect.stringContaining('error[lint/bare-cgo-link]')]);
  }, 60_000);

  it('has nothing to say of a bridge, also where bare links are errors', async () => {
    expect(await workspace.nx(['g', 'nx-grout:bridge-module', 'pricing', '--no-propertyTests'])).toMatchObject({
      exitCode: 0,
    });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a bridge');
    add('[lint]\nbare-cgo-link = "error"\n');
    const run = await lint('pricing-go', 'pricing-rust');
    expect(run).toMatchObject({ exitCode: 0, ran: ['pricing-go:lint', 'pricing-rust:lint'] });
    expect(run.output).not.toContain('[lint/');
  }, 240_000);

  it('fails for the bare link now: what grout.toml says of lint is an input of those whom it concerns', async () => {
    expect((await affected('lint')).sort()).toEqual(['pricing-go', 'teller']);
    expect(await affected('build')).toEqual([]);
    const run = await lint('teller', 'plain');
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[lint/bare-cgo-link]');
    expect(run.output).toContain(`--> ${LINKING}:5:1`);
    await workspace.commit('strict');
  }, 120_000);

  it('reports who goes around a bridge, whatever the header of the file says, and sends them to the bridge', async () => {
    const copy = workspace.read('libs/pricing/go/inprocess.gen.go');
    expect(copy).toContain('// Code generated');
    workspace.write('libs/lone/inprocess.gen.go', copy.replace('../../../dist', '../../dist'));
    const run = await lint('lone');
    expect(run.exitCode).toBe(1);
    expect(run.output).toMatch(
      /error\[lint\/bare-cgo-link\].*`pricing-rust` \(libs\/pricing\/rust\) beside the bridge/,
    );
    expect(run.output).toContain('--> libs/lone/inprocess.gen.go:9:1');
    expect(run.output).toContain('call the Go side of the bridge, which is in libs/pricing/go');
    workspace.remove('libs/lone/inprocess.gen.go');
  }, 60_000);

  it('passes for a link that is allowed, silently, and explain gives the reason', async () => {
    add('[[lint.allow]]\nlink = { from = "teller", to = "answer" }\nwhy = "one function, called in a loop"\n');
    expect(await affected('lint')).toContain('teller');
    const run = await lint('teller');
    expect(run).toMatchObject({ exitCode: 0, ran: ['teller:lint'] });
    expect(run.output).not.toContain('[lint/');
    const explained = await workspace.nx(['g', 'nx-grout:explain', 'teller']);
    expect(explained.output).toContain('“one function, called in a loop”');
    await workspace.commit('allowed');
  }, 120_000);

  it('looks again when a file far away changes what the line means', async () => {
    const manifest = workspace.read('crates/answer/Cargo.toml');
    workspace.write(
      'crates/twin/Cargo.toml',
      manifest.replace('"answer"', '"twin"').replace('[lib]', '[lib]\nname = "answer"'),
    );
    workspace.write('crates/twin/src/lib.rs', '');
    const run = await lint('teller');
    expect(run).toMatchObject({ exitCode: 0, ran: ['teller:lint'] });
    expect(run.output).toContain('warning[lint/unused-allowance]');
    workspace.remove('crates/twin');
  }, 60_000);

  it('warns of an entry for a link that is gone, at its place', async () => {
    workspace.write(LINKING, 'package main\n\nfunc answer() int { return 42 }\n');
    const run = await lint('teller');
    expect(run).toMatchObject({ exitCode: 0, ran: ['teller:lint'] });
    const line = workspace.read('grout.toml').split('\n').indexOf('[[lint.allow]]') + 1;
    expect(run.output).toContain(
      'warning[lint/unused-allowance]: nothing in `teller` links `answer` without a bridge, so this entry allows nothing',
    );
    expect(run.output).toContain(`--> grout.toml:${line}:1`);
  }, 60_000);

  it.each([
    [
      'teler',
      'why = "w"',
      'an allowed link of grout.toml has `from = "teler"`, and this workspace has no such project',
    ],
    ['teller', '', 'an allowed link needs why, a text'],
  ])(
    'refuses an entry from %s with %j, with its place',
    async (from, why, message) => {
      const before = workspace.read('grout.toml');
      add(`[[lint.allow]]\nlink = { from = "${from}", to = "answer" }\n${why}\n`);
      const line = workspace.read('grout.toml').split('\n').lastIndexOf('[[lint.allow]]') + 1;
      const run = await lint('teller');
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain(message);
      expect(run.output).toContain(`--> grout.toml:${line}:1`);
      workspace.write('grout.toml', before);
    },
    60_000,
  );
});
