import { runCargo, runGo } from '#run';
import { cgoFile, goMod, RunDesk } from '#testing';
import type { Command, Ended } from '#workspace';

const SOURCES = {
  'go.work': 'go 1.26\nuse ./app\nuse ./lib\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': 'package main\n\nimport _ "example.com/lib"\n',
  'lib/go.mod': 'module example.com/lib\n',
  'lib/lib.go':
    '//go:build !grout_mock\n\npackage lib\n\n// #cgo LDFLAGS: -L${SRCDIR}/../target/debug -lrs -lm\nimport "C"\n',
  'rs/Cargo.toml': '[package]\nname = "rs"\n[lib]\ncrate-type = ["staticlib"]\n[features]\nsimd = []\n',
  'rs/src/lib.rs': '',
};
const ENV = { GOVERSION: 'go1.26.8', GOFLAGS: '', GOOS: 'linux', GOARCH: 'amd64', CGO_ENABLED: '1' };

class Desk extends RunDesk {
  constructor(
    dist: Record<string, string>,
    answer: (command: Command) => Partial<Ended> = () => ({}),
    sources: Record<string, string> = SOURCES,
  ) {
    super({ ...SOURCES, ...dist }, sources, (command) => {
      if (command.args[0] === 'env') return { stdout: JSON.stringify(ENV), ...answer(command) };
      if (command.args[0] === '--version') return { stdout: 'cargo 1.95.0 (x)', ...answer(command) };
      return answer(command);
    });
  }

  get lastArgs(): string {
    return this.processes.commands.at(-1)?.args.join(' ') ?? '';
  }
}

const BUILT = { 'dist/rs/librs.a': 'archive one' };

it('links the artifact of the crate, wherever the sources point, and leaves the sources alone', async () => {
  const desk = new Desk(BUILT);
  expect(await runGo('test', desk.request('app'))).toBe(true);
  expect(desk.lastArgs).toBe("test -overlay=/overlays/1.json -ldflags=-extldflags '../dist/rs/librs.a -lm' ./...");
  expect(desk.overlays.kept[0]?.text).toMatch(/^\/\/ #cgo LDFLAGS: +-lm$/m);
  expect(JSON.parse(desk.overlays.kept[1]?.text ?? '')).toEqual({ Replace: { '/ws/lib/lib.go': '/overlays/0.go' } });
  expect(desk.files.readText('lib/lib.go' as never)).toBe(SOURCES['lib/lib.go']);
});

it('gives another overlay for other bytes of the archive, so that go cannot take its old output', async () => {
  const overlayOf = async (archive: string): Promise<string | undefined> => {
    const desk = new Desk({ 'dist/rs/librs.a': archive });
    await runGo('build', desk.request('app'));
    return desk.overlays.kept[0]?.text;
  };
  expect(await overlayOf('archive one')).not.toBe(await overlayOf('archive two'));
  expect(await overlayOf('archive one')).toBe(await overlayOf('archive one'));
});

it('says what to build when the crate was not', async () => {
  await expect(runGo('build', new Desk({}).request('app'))).rejects.toThrow('nx build rs');
});

it('needs no library for vet, and none for files that the tags leave out', async () => {
  const desk = new Desk({});
  expect(await runGo('vet', desk.request('app'))).toBe(true);
  expect(desk.lastArgs).toContain('vet -overlay=');
  expect(await runGo('test', desk.request('app', { tags: 'grout_mock' }))).toBe(true);
  expect(desk.lastArgs).toBe('test -tags=grout_mock ./...');
});

it('places what go built and removes what an earlier build left under another name', async () => {
  const desk = new Desk(
    { ...BUILT, 'dist/app/app.exe': 'old', 'dist/app/inner/app': "a nested project's" },
    ({ args }) => {
      if (args.includes('build')) desk.files.texts.set('dist/app/.staging-7/app', 'binary');
      return {};
    },
  );
  await runGo('build', desk.request('app'));
  expect([...desk.files.texts.keys()].filter((path) => path.startsWith('dist/app/'))).toEqual([
    'dist/app/inner/app',
    'dist/app/app',
  ]);
});

it('clears away what a killed build left half-written, and leaves alone what another one is writing', async () => {
  const desk = new Desk({ ...BUILT, 'dist/app/.staging-666/app': 'half', 'dist/app/.staging-1/app': 'being written' });
  await runGo('build', { ...desk.request('app'), isRunning: (runId) => runId === '1' });
  expect([...desk.files.texts.keys()].filter((path) => path.includes('.staging-'))).toEqual([
    'dist/app/.staging-1/app',
  ]);
});

it('leaves dist as it was when go fails, and explains a link that another contract broke', async () => {
  const stderr = "undefined reference to `rs_abi_0123456789abcdef'";
  const desk = new Desk({ ...BUILT, 'dist/app/app': 'old' }, ({ args }) =>
    args.includes('build') ? { exitCode: 1, stderr } : {},
  );
  expect(await runGo('build', desk.request('app'))).toBe(false);
  expect(desk.files.readText('dist/app/app' as never)).toBe('old');
  expect(desk.printed.join('\n')).toContain('nx sync');
});

it('carries the headers of included folders: another header is another overlay, also where no crate is linked', async () => {
  const overlayOf = async (header: string): Promise<string | undefined> => {
    const files = {
      'hdr/go.mod': 'module example.com/hdr\n',
      'hdr/h.go': 'package hdr\n\n// #cgo CFLAGS: -I${SRCDIR}/../inc\n// #include "answer.h"\nimport "C"\n',
      'inc/deep/answer.h': header,
    };
    const desk = new Desk(files, () => ({}), files);
    await runGo('build', desk.request('hdr'));
    return desk.overlays.kept[0]?.text;
  };
  expect(await overlayOf('#define ANSWER 2')).toContain('headers@sha256:');
  expect(await overlayOf('#define ANSWER 2')).not.toBe(await overlayOf('#define ANSWER 7'));
});

it.each([
  ['a C file that another C file includes', 'impl/impl.c', 'hdr/f.c', '#include "../impl/impl.c"\n'],
  ['a source of the assembler, without cgo', 'hdr/inc/v.h', 'hdr/f_amd64.s', '#include "inc/v.h"\n'],
  [
    'a library that somebody committed',
    'hdr/lib/libpre.a',
    'hdr/c.go',
    cgoFile('#cgo LDFLAGS: ${SRCDIR}/lib/libpre.a'),
  ],
])('carries %s', async (_what, read, reader, text) => {
  const overlayOf = async (content: string): Promise<string | undefined> => {
    const files = {
      'hdr/go.mod': goMod('example.com/hdr'),
      'hdr/h.go': 'package p\n',
      [reader]: text,
      [read]: content,
    };
    const desk = new Desk(files, () => ({}), files);
    await runGo('build', desk.request('hdr'));
    return desk.overlays.kept[0]?.text;
  };
  expect(await overlayOf('1')).toContain('var groutLinked');
  expect(await overlayOf('1')).not.toBe(await overlayOf('2'));
});

it('reports a missing tool with what to install, before anything is run', async () => {
  const missing = new Desk(BUILT, () => ({ exitCode: 127, stdout: '', spawnError: 'ENOENT' }));
  await expect(runGo('build', missing.request('app'))).rejects.toThrow('install Go');
  await expect(runCargo('build', missing.request('rs'))).rejects.toThrow('install Rust');
  expect(missing.processes.commands.map(({ args }) => args[0])).toEqual(['env', '--version']);
});

it('points at the pin of a toolchain that does not answer', async () => {
  const desk = new Desk({ ...BUILT, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.7.7"\n' }, () => ({
    exitCode: 1,
    stdout: '',
    stderr: "error: toolchain '1.7.7' is not installed",
  }));
  await expect(runCargo('build', desk.request('rs'))).rejects.toThrow(/is not installed\n +--> rust-toolchain.toml:2:/);
});

it('refuses a feature that nobody declares before any tool is asked', async () => {
  const desk = new Desk(BUILT);
  await expect(runCargo('build', desk.request('rs', { features: 'smid' }))).rejects.toThrow('did you mean `simd`');
  expect(desk.processes.commands).toEqual([]);
});

it('places the artifacts that cargo names, and none when cargo fails', async () => {
  const message = JSON.stringify({
    reason: 'compiler-artifact',
    manifest_path: '/ws/rs/Cargo.toml',
    filenames: ['/ws/target/debug/librs.a'],
  });
  const desk = new Desk({ 'target/debug/librs.a': 'new' }, ({ args }) =>
    args.includes('build')
      ? { stdout: message }
      : args.includes('--print=native-static-libs')
        ? { stderr: 'note: native-static-libs: -lgcc_s -lc\n' }
        : {},
  );
  expect(await runCargo('build', desk.request('rs'))).toBe(true);
  expect(desk.files.readText('dist/rs/rs.system-libraries' as never)).toBe('-lgcc_s\n');
  expect(desk.files.readText('dist/rs/librs.a' as never)).toBe('new');
  const failing = new Desk(BUILT, ({ args }) => (args.includes('build') ? { exitCode: 101, stdout: message } : {}));
  expect(await runCargo('build', failing.request('rs'))).toBe(false);
  expect(failing.files.readText('dist/rs/librs.a' as never)).toBe('archive one');
});

it('links what the build of the crate said that it needs of the system', async () => {
  const needed = { ...BUILT, 'dist/rs/rs.system-libraries': '-lz\n-lgcc_s\n-lm\n' };
  const desk = new Desk(needed);
  await runGo('build', desk.request('app'));
  expect(desk.lastArgs).toContain("-extldflags '../dist/rs/librs.a -lz -lgcc_s -lm'");
  // The static form has another name, and a C compiler that links statically adds it itself.
  await runGo('build', desk.request('app', { ldflags: "-extldflags '-static'" }));
  expect(desk.lastArgs).toContain('-static ../dist/rs/librs.a -lz -lm');
});

it('links libraries in the order of the sources, and behind them what any file of the package names', async () => {
  const staticlib = (name: string): string => `[package]\nname = "${name}"\n[lib]\ncrate-type = ["staticlib"]\n`;
  const sources = {
    'a/Cargo.toml': staticlib('a'),
    'a/src/lib.rs': '',
    'z/Cargo.toml': staticlib('z'),
    'z/src/lib.rs': '',
    'two/go.mod': 'module example.com/two\n',
    'two/rust.go': 'package two\n\n// #cgo LDFLAGS: -lz -la\nimport "C"\n',
    'two/native.go': 'package two\n\n// #cgo LDFLAGS: -lfoo\n// #cgo windows LDFLAGS: -lbar\nimport "C"\n',
  };
  const built = { 'dist/a/liba.a': 'a', 'dist/z/libz.a': 'z' };
  const desk = new Desk({ ...sources, ...built }, () => ({}), sources);
  await runGo('build', desk.request('two'));
  expect(desk.lastArgs).toContain("-extldflags '../dist/z/libz.a ../dist/a/liba.a -lfoo'");
});
