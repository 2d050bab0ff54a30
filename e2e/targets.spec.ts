import { once } from 'node:events';
import process from 'node:process';
import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { processesIn, waitUntil } from './harness/processes.js';
import { nxFiles, removeWorkspaces, Workspace } from './harness/workspace.js';

/** Shared libraries and processes are looked into by Linux's own means. */
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('inferred targets', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(answerMonorepo());
    await workspace.commit('begin');
  }, 300_000);
  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '.');
  });
  afterAll(removeWorkspaces);

  const TELLER = 'dist/apps/teller/teller';

  describe('named by options', () => {
    beforeEach(() => {
      const options = {
        buildTargetName: 'compile',
        testTargetName: { targetName: 'unit', cache: false },
        lintTargetName: false,
        watchTargetName: false,
      };
      workspace.write('nx.json', nxFiles(options)['nx.json'] ?? '');
    });

    it('have those names, and the ones set to false are gone', async () => {
      const shown = await workspace.nx(['show', 'project', 'teller', '--json']);
      const { targets } = JSON.parse(shown.output.slice(shown.output.indexOf('{'))) as {
        targets: Record<string, { cache: boolean }>;
      };
      expect(Object.keys(targets).sort()).toEqual(['compile', 'run', 'unit']);
      expect(targets['unit']?.cache).toBe(false);
    }, 60_000);

    it('still wait for each other across the languages', async () => {
      const run = await workspace.nx(['run-many', '-t', 'compile', 'unit', '-p', 'teller']);
      expect(run).toMatchObject({ exitCode: 0, ran: ['answer:compile', 'teller:compile', 'teller:unit'] });
      expect(await workspace.print(TELLER)).toBe('42');
    }, 120_000);
  });

  describe('build', () => {
    it('only compiles a crate with nothing to link, and caches no files for it', async () => {
      const first = await workspace.nx(['run-many', '-t', 'build', '-p', 'plain']);
      expect(first).toMatchObject({ exitCode: 0, ran: ['plain:build'] });
      expect(first.output).toContain('Compiling plain');
      const second = await workspace.nx(['run-many', '-t', 'build', '-p', 'plain']);
      expect(second).toMatchObject({ exitCode: 0, ran: [], cached: ['plain:build'] });
      expect(workspace.filesBelow('dist/crates/plain')).toEqual([]);
    }, 60_000);

    it('hands --goArgs to go and --cargoArgs to cargo, split as a shell would, and neither to the other', async () => {
      const args = ['--goArgs=-v "-gcflags=-e -N" -p=1', '--cargoArgs=--jobs 1'];
      const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'teller', ...args, '--skip-nx-cache']);
      expect(run).toMatchObject({ exitCode: 0, ran: ['answer:build', 'teller:build'] });
      const commandOf = (tool: string): string | undefined =>
        run.output.split('\n').find((line) => line.startsWith(`> ${tool} build`));
      expect(commandOf('go')).toContain(" -v '-gcflags=-e -N' -p=1 ");
      expect(commandOf('cargo')).toMatch(/ --jobs 1$/);
    }, 60_000);

    it('hands --args to the one tool that it can mean, and refuses it where it would reach both', async () => {
      const one = await workspace.nx(['build', 'plain', '--args=--jobs 1', '--skip-nx-cache']);
      expect([one.exitCode, one.output]).toEqual([0, expect.stringContaining('json-render-diagnostics --jobs 1')]);
      const both = await workspace.nx(['build', 'teller', '--args=-v']);
      expect([both.exitCode, both.output]).toEqual([1, expect.stringContaining('use --goArgs for go and --cargoArgs')]);
    }, 60_000);

    it('gives an option one meaning, whoever started the task: what run built is what build would have', async () => {
      workspace.edit('apps/teller/main.go', 'package main', 'package main\n');
      const viaRun = await workspace.nx(['run', 'teller:run', '--tags=loud']);
      expect([viaRun.exitCode, viaRun.output]).toEqual([0, expect.stringMatching(/> go build .*-tags=loud/)]);
      const direct = await workspace.nx(['build', 'teller', '--tags=loud']);
      expect(direct).toMatchObject({ exitCode: 0, ran: [], cached: ['answer:build', 'teller:build'] });
      await workspace.git('checkout', '--quiet', '.');
    }, 60_000);

    onLinux(
      'links a crate that is only a shared library, and the program finds it from dist alone',
      async () => {
        workspace.remove('dist');
        workspace.edit('crates/answer/Cargo.toml', '["staticlib", "rlib"]', '["cdylib"]');
        expect(await workspace.nx(['build', 'teller'])).toMatchObject({ exitCode: 0 });
        expect(workspace.filesBelow('dist/crates/answer')).toEqual(['libanswer.so']);
        workspace.remove('target');
        expect(await workspace.print(TELLER)).toBe('42');
        expect((await workspace.run('ldd', [workspace.path(TELLER)])).output).toContain(
          `libanswer.so => ${workspace.root}/dist/`,
        );
        expect(await workspace.nx(['test', 'teller'])).toMatchObject({ exitCode: 0 });
      },
      120_000,
    );
  });

  describe('lint', () => {
    it('needs no library to be built', async () => {
      workspace.remove('dist');
      const run = await workspace.nx(['run-many', '-t', 'lint']);
      expect(run).toMatchObject({ exitCode: 0, ran: ['answer:lint', 'lone:lint', 'plain:lint', 'teller:lint'] });
      expect(workspace.exists('dist')).toBe(false);
    }, 120_000);

    it('shows a finding of clippy, and fails for it where warnings are denied', async () => {
      workspace.edit('crates/plain/src/lib.rs', '2 * number', 'let doubled = 2 * number;\n    doubled');
      const shown = await workspace.nx(['lint', 'plain']);
      expect(shown.exitCode).toBe(0);
      expect(shown.output).toContain('clippy::let_and_return');
      const denied = await workspace.nx(['lint', 'plain', '--denyWarnings']);
      expect(denied.exitCode).toBe(1);
      expect(denied.output).toContain('-D warnings');
    }, 120_000);

    it('fails for a finding of go vet', async () => {
      workspace.edit('apps/teller/main.go', 'fmt.Println(answer())', 'fmt.Printf("%s\\n", answer())');
      const run = await workspace.nx(['lint', 'teller']);
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain('main.go:18:14: fmt.Printf format %s has arg answer() of wrong type int');
    }, 60_000);
  });

  describe('run', () => {
    it('builds the program, starts it with the arguments, and shows what it prints', async () => {
      const run = await workspace.nx(['run', 'teller:run', '--programArgs=one "two words"']);
      expect(run.exitCode).toBe(0);
      expect(run.output).toContain('<one>\n<two words>\n42\n');
    }, 60_000);

    it('fails when the program does', async () => {
      const run = await workspace.nx(['run', 'teller:run', '--programArgs=exit 3']);
      expect(run.exitCode).toBe(1);
      expect(run.output).not.toContain('42\n');
    }, 60_000);
  });

  onLinux(
    'watch builds again after a change in either language, and ends with all it started',
    async () => {
      const watch = workspace.start(['node_modules/.bin/nx', 'run', 'teller:watch', '--output-style=stream']);
      const prints = (text: string) => async (): Promise<boolean> =>
        workspace.exists(TELLER) && (await workspace.run(workspace.path(TELLER))).output.trim() === text;
      workspace.remove('dist');
      await waitUntil('the program is built', prints('42'), 60_000);
      await waitUntil(
        'the watcher is quiet',
        () => processesIn(workspace.root).every((line) => !/ nx run teller:build/.test(line)),
        30_000,
      );
      workspace.edit('crates/answer/src/lib.rs', '42', '43');
      await waitUntil('the Rust change is built', prints('43'), 60_000);
      workspace.edit('apps/teller/main.go', 'fmt.Println(answer())', 'fmt.Println(-answer())');
      await waitUntil('the Go change is built', prints('-43'), 60_000);
      const closed = once(watch, 'close');
      process.kill(-(watch.pid ?? 0), 'SIGTERM');
      await closed;
      await waitUntil('no process is left', () => processesIn(workspace.root).length === 0, 15_000);
      const built = workspace.contentsBelow('dist');
      expect(Object.keys(built)).toEqual([
        'apps/teller/teller',
        'crates/answer/answer.system-libraries',
        'crates/answer/libanswer.a',
      ]);
    },
    240_000,
  );
});
