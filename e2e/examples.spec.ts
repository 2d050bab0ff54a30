import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

const EXAMPLES = join(import.meta.dirname, '../examples');

/** What is committed of an example: git ignores the rest, which may lie there from somebody's trial. */
function filesOf(example: string): Files {
  const folder = join(EXAMPLES, example);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/(?:^|\/)(?:node_modules|dist|target|\.nx|generated)\/|\.gen[._]|grout\.lock/.test(path),
  );
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

afterAll(removeWorkspaces);

describe('the scoring engine', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(filesOf('scoring-engine'));
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('begin');
  }, 120_000);

  const rank = async (...people: string[]): Promise<string> => {
    expect(await workspace.nx(['build', 'rank'])).toMatchObject({ exitCode: 0 });
    return (await workspace.run('dist/apps/rank/rank', people)).output;
  };

  it('builds, passes its tests on both sides and its lints', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('Successfully ran targets')]);
    expect(run.ran).toEqual(expect.arrayContaining(['scoring-rust:build', 'scoring-go:test', 'rank:build']));
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
  }, 300_000);

  it('ranks in Rust by what Go knows, and says in Go what Rust was told', async () => {
    expect(await rank('ada', 'grace', 'linus')).toBe('1. grace    0.802\n2. ada      0.574\n3. linus    0.426');
    expect(await rank('ada', 'nobody')).toMatch(/UNKNOWN_CANDIDATE.*nobody by that name.*leave nobody out/);
  }, 120_000);

  it('ranks otherwise once only Rust has changed', async () => {
    workspace.edit('libs/scoring/rust/src/lib.rs', '(-(self.bias + sum))', '(self.bias + sum)');
    expect(await rank('ada', 'grace', 'linus')).toMatch(/^1\. linus/);
    const tested = await workspace.nx(['test', 'scoring-go']);
    expect([tested.exitCode, tested.output]).toEqual([1, expect.stringContaining('--- FAIL: TestTheBestComeFirst')]);
    await workspace.git('checkout', '--quiet', '.');
  }, 120_000);

  it('passes the same Go tests against the fake, and keeps the budget of its contract', async () => {
    const mocked = await workspace.nx(['test-mock', 'scoring-go']);
    expect([mocked.exitCode, mocked.output]).toEqual([
      0,
      expect.stringContaining('ok  \texample.com/ranking/scoring-go'),
    ]);
    const measured = await workspace.nx(['bench', 'scoring-go', '--goArgs=-benchtime=10x']);
    expect([measured.exitCode, measured.output]).toEqual([0, expect.stringMatching(/ModelScore[\s\S]*budget-ns/)]);
  }, 180_000);
});

describe('the document index', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(filesOf('document-index'));
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('begin');
  }, 120_000);

  const notes = (...args: string[]): Promise<{ exitCode: number; output: string }> =>
    workspace.run('dist/apps/notes/notes', ['my.index', ...args]);

  it('builds, passes its tests on both sides and its lints', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('Successfully ran targets')]);
    expect(run.ran).toEqual(expect.arrayContaining(['docindex-rust:build', 'docindex-go:test', 'notes:build']));
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
  }, 300_000);

  it('keeps what is put from one process to the next, and says what it wrote', async () => {
    expect(await notes('put', 'shopping', 'milk, bread')).toMatchObject({ output: 'wrote shopping, 11 bytes' });
    expect(await notes('get', 'shopping')).toMatchObject({ output: 'milk, bread' });
    expect((await notes('list')).output).toMatch(/^ +11 shopping$/);
  });

  it('says which document is not there, and which lock is in the way', async () => {
    expect(await notes('get', 'nothing')).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/NOT_FOUND.*there is no document "nothing"/) as string,
    });
    workspace.write('my.index.lock', '');
    const locked = await notes('list');
    expect([locked.exitCode, locked.output]).toEqual([1, expect.stringMatching(/LOCKED.*remove my\.index\.lock/)]);
    workspace.remove('my.index.lock');
  }, 60_000);

  it('passes the same Go tests against the fake', async () => {
    const mocked = await workspace.nx(['test-mock', 'docindex-go']);
    expect([mocked.exitCode, mocked.output]).toEqual([
      0,
      expect.stringContaining('ok  \texample.com/notes/docindex-go'),
    ]);
  }, 120_000);
});
