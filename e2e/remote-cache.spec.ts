import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { CacheServer } from './harness/cache-server.js';
import { LoggedTools } from './harness/logged-tools.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

/** Calls that only ask what is installed; all others would compile. */
const QUESTIONS = /^(?:go (?:env|version)|cargo (?:--version|-V|metadata)|cargo build .*--unit-graph)\b/;

describe('a cache that clones share over HTTP', () => {
  let server: CacheServer;
  let first: Workspace;
  let second: Workspace;

  beforeAll(async () => {
    server = await CacheServer.start('s3cret');
    first = await Workspace.create(answerMonorepo());
    await first.commit('begin');
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    removeWorkspaces();
  });

  it('receives every result of the clone that builds first, with the token as bearer', async () => {
    const tools = await LoggedTools.put(first);
    const run = await first.nx(['run-many', '-t', 'build', 'test'], {
      ...server.environment(),
      ...tools.environment(),
    });
    expect(run).toMatchObject({ exitCode: 0, cached: [], remote: [] });
    expect(run.ran).toHaveLength(8);
    const puts = server.requests.filter((request) => request.method === 'PUT');
    expect(puts).toHaveLength(8);
    expect(puts.every((put) => put.status === 200 && put.authorization === 'Bearer s3cret')).toBe(true);
    const compiling = tools.calls().filter((call) => !QUESTIONS.test(call));
    expect(compiling.map((call) => call.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
      ...['cargo build', 'cargo test', 'cargo test'],
      ...['go build', 'go build', 'go test', 'go test'],
    ]);
  }, 180_000);

  it('gives it all to a second clone in another folder, which compiles nothing', async () => {
    second = await Workspace.cloneOf(first);
    const tools = await LoggedTools.put(second);
    const run = await second.nx(['run-many', '-t', 'build', 'test'], {
      ...server.environment(),
      ...tools.environment(),
    });
    expect(run).toMatchObject({ exitCode: 0, ran: [], cached: [] });
    expect(run.remote).toHaveLength(8);
    expect(tools.calls().filter((call) => !QUESTIONS.test(call))).toEqual([]);
    expect(second.exists('target')).toBe(false);
    expect(second.contentsBelow('dist')).toEqual(first.contentsBelow('dist'));
    expect(await second.print('dist/apps/teller/teller')).toBe('42');
  }, 60_000);

  it('takes over what is restored: a Go change alone links the Rust library from the cache', async () => {
    second.edit('apps/teller/main.go', 'fmt.Println(answer())', 'fmt.Println(-answer())');
    const run = await second.nx(['run-many', '-t', 'build', '-p', 'teller'], server.environment());
    expect(run).toMatchObject({ exitCode: 0, ran: ['teller:build'] });
    expect(await second.print('dist/apps/teller/teller')).toBe('-42');
    expect(second.exists('target')).toBe(false);
  }, 60_000);

  it('hands a result back to the first clone, made from the same change', async () => {
    first.edit('apps/teller/main.go', 'fmt.Println(answer())', 'fmt.Println(-answer())');
    const run = await first.nx(['run-many', '-t', 'build', '-p', 'teller'], server.environment());
    expect(run).toMatchObject({ exitCode: 0, ran: [], remote: ['teller:build'] });
    expect(await first.print('dist/apps/teller/teller')).toBe('-42');
  }, 60_000);
});
