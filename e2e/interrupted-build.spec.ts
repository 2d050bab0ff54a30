import { readdirSync } from 'node:fs';
import process from 'node:process';
import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { processesIn, waitUntil } from './harness/processes.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

/** Longer than any test waits: a process that is not killed is found alive. */
const SLEEP_SECONDS = 300;

const SLEEPING_BUILD_SCRIPT = `fn main() {
    std::thread::sleep(std::time::Duration::from_secs(${SLEEP_SECONDS}));
}
`;

/** Takes every tool's place below `go build`; only the questions for its version are answered. */
const SLEEPING_COMPILER = `#!/bin/sh
case "$*" in *-V=full*) exec "$@";; esac
sleep ${SLEEP_SECONDS}
`;
const ASLEEP = new RegExp(`sleep ${SLEEP_SECONDS}`);

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a build that is interrupted', () => {
  let workspace: Workspace;
  let before: Record<string, string>;

  beforeAll(async () => {
    workspace = await Workspace.create(answerMonorepo());
    await workspace.commit('begin');
    expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
    before = workspace.contentsBelow('dist');
  }, 300_000);
  afterAll(removeWorkspaces);

  const runningWith = (words: RegExp) => (): boolean => processesIn(workspace.root).some((line) => words.test(line));

  /** Starts a build, waits until the process that sleeps is there, and sends a signal as a terminal does: to the group. */
  const interrupt = async (
    signal: NodeJS.Signals,
    asleep: RegExp,
    env: Record<string, string> = {},
  ): Promise<number> => {
    const build = workspace.start(['node_modules/.bin/nx', 'build', 'teller', '--output-style=static'], env);
    await waitUntil(`${String(asleep)} runs`, runningWith(asleep), 60_000);
    process.kill(-(build.pid ?? 0), signal);
    const ended = await build;
    return ended.exitCode ?? 1;
  };

  describe.each(['SIGINT', 'SIGTERM'] as const)('by %s', (signal) => {
    it('while a build script of a crate runs, leaves no process and nothing half-written behind', async () => {
      workspace.write('crates/answer/build.rs', SLEEPING_BUILD_SCRIPT);
      workspace.edit('crates/answer/src/lib.rs', '42', '43');
      expect(await interrupt(signal, /build-script-build/)).not.toBe(0);
      await waitUntil('no process is left', () => processesIn(workspace.root).length === 0, 10_000);
      expect(workspace.contentsBelow('dist')).toEqual(before);
    }, 120_000);

    it('while go compiles, leaves no process and nothing half-written behind', async () => {
      await workspace.git('clean', '--quiet', '--force', 'crates');
      await workspace.git('checkout', '--quiet', '.');
      workspace.write('.nx/sleep', SLEEPING_COMPILER, 0o755);
      workspace.edit('apps/teller/main.go', 'func main()', `// By ${signal}.\nfunc main()`);
      const exitCode = await interrupt(signal, ASLEEP, { GOFLAGS: `-toolexec=${workspace.path('.nx/sleep')}` });
      expect(exitCode).not.toBe(0);
      await waitUntil('no process is left', () => processesIn(workspace.root).length === 0, 10_000);
      expect(readdirSync(workspace.path('dist/apps/teller'))).toEqual(['teller']);
      expect(workspace.contentsBelow('dist')).toEqual(before);
    }, 120_000);

    it('does not stand in the way of the next build', async () => {
      workspace.edit('crates/answer/src/lib.rs', '42', signal === 'SIGINT' ? '44' : '45');
      expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
      expect(await workspace.print('dist/apps/teller/teller')).toBe(signal === 'SIGINT' ? '44' : '45');
      await workspace.git('checkout', '--quiet', '.');
      expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
      expect(workspace.contentsBelow('dist')).toEqual(before);
    }, 120_000);
  });

  it('that is killed outright leaves only what the next build clears away', async () => {
    workspace.write('.nx/sleep', SLEEPING_COMPILER, 0o755);
    workspace.edit('apps/teller/main.go', 'func main()', '// Killed.\nfunc main()');
    await interrupt('SIGKILL', ASLEEP, { GOFLAGS: `-toolexec=${workspace.path('.nx/sleep')}` });
    expect(workspace.filesBelow('dist').filter((file) => !(file in before))).toEqual([]);
    for (const line of processesIn(workspace.root)) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    await workspace.git('checkout', '--quiet', '.');
    workspace.edit('apps/teller/main.go', 'func main()', '// Built.\nfunc main()');
    expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
    expect(readdirSync(workspace.path('dist/apps/teller'))).toEqual(['teller']);
  }, 120_000);
});
