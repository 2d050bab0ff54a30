import type { BuildOptions } from '#plan';
import { runCargo } from '#run';
import { RunDesk } from '#testing';

const script = (...folders: readonly string[]): string => {
  const lines = folders.map((folder) => {
    return `    println!("cargo:rustc-link-search=native={}/../dist/${folder}", env!("CARGO_MANIFEST_DIR"));\n`;
  });
  return `fn main() {\n${lines.join('')}}\n`;
};
const crate = (name: string, rest = ''): string => `[package]\nname = "${name}"\nversion = "0.1.0"\n${rest}`;

/** `host` depends on `wrap`, which takes in what the module `score` makes; its own script takes in `rate`. */
const SOURCES = {
  'go.work': 'go 1.26\nuse ./score\nuse ./rate\n',
  'score/go.mod': 'module example.com/score\n\ngo 1.26\n',
  'score/main.go': 'package main\n',
  'rate/go.mod': 'module example.com/rate\n\ngo 1.26\n',
  'rate/main.go': 'package main\n',
  'Cargo.toml': '[workspace]\nmembers = ["wrap", "host"]\n',
  'wrap/Cargo.toml': crate('wrap'),
  'wrap/build.rs': script('score'),
  'wrap/src/lib.rs': '',
  'host/Cargo.toml': crate('host', '[dependencies]\nwrap = { path = "../wrap" }\n'),
  'host/build.rs': script('rate'),
  'host/src/main.rs': 'fn main() {}\n',
};

/** Linked by `wrap`. */
const SCORE = { 'dist/score/libscore.a': 'a' };

const build = (dist: Record<string, string>, root: string): Promise<boolean> =>
  runCargo(
    'build',
    new RunDesk({ ...SOURCES, ...dist }, SOURCES, ({ args }) =>
      args[0] === '--version' ? { stdout: 'cargo 1.95.0 (x)' } : {},
    ).request(root),
  );

// Rule G8
it('refuses a program with the static libraries of two Go modules, wherever they come in', async () => {
  const archives = { ...SCORE, 'dist/rate/librate.a': 'b' };
  await expect(build(archives, 'host')).rejects.toThrow(
    /run\/two-go-runtimes[^]*`host` takes in lib(?:score|rate)\.a of the Go module in [^]*two Go runtimes cannot be in one program/,
  );
  expect(await build(archives, 'wrap')).toBe(true);
});

it('lets a shared library be beside a static one', async () => {
  expect(await build({ ...SCORE, 'dist/rate/librate.so': 'b' }, 'host')).toBe(true);
});

it('takes in no library of Go where the feature for it is off', async () => {
  const sources = { ...SOURCES, 'wrap/Cargo.toml': crate('wrap', '[features]\ndefault = ["archive"]\narchive = []\n') };
  const test = (options: BuildOptions): Promise<boolean> =>
    runCargo(
      'test',
      new RunDesk(sources, sources, ({ args }) =>
        args[0] === '--version' ? { stdout: 'cargo 1.95.0 (x)' } : {},
      ).request('wrap', options),
    );
  expect(await test({ defaultFeatures: false })).toBe(true);
  await expect(test({})).rejects.toThrow('plan/no-go-library');
});

it('explains a link that fails because the two sides are of different contracts', async () => {
  const failure = "ld: undefined reference to `score_v1_abi_0123456789abcdef'";
  const desk = new RunDesk({ ...SOURCES, ...SCORE }, SOURCES, ({ args }) =>
    args[0] === '--version'
      ? { stdout: 'cargo 1.95.0 (x)' }
      : { exitCode: args[0] === 'build' ? 101 : 0, stderr: failure },
  );
  expect(await runCargo('build', desk.request('wrap'))).toBe(false);
  expect(desk.printed.join('\n')).toMatch(/plan\/abi-mismatch[^]*the Rust bindings of `score_v1`[^]*nx sync/);
});

it.each([
  [1234, 'plain', ['waited 1.2 s for cargo in ., which built plain']],
  [1234, undefined, ['waited 1.2 s for cargo in .']],
  [400, 'plain', []],
])('tells of %d ms in which another task had cargo (%s)', async (ms, other, told) => {
  const desk = new RunDesk({ ...SOURCES, ...SCORE }, SOURCES, ({ args }) =>
    args[0] === '--version' ? { stdout: 'cargo 1.95.0 (x)' } : {},
  );
  const waited = other === undefined ? { ms } : { ms, for: other };
  await runCargo('build', { ...desk.request('wrap'), locks: { hold: (_place, _holder, work) => work(waited) } });
  expect(desk.printed.filter((line) => line.startsWith('waited'))).toEqual(told);
});

it.each([
  [
    'project.json',
    '{ "targets": { "build": {\n  "options": { "features": ["simd", "smid"] } } } }',
    'wrap/project.json:2:38',
  ],
  ['a text of several', '{\n "options": { "features": "simd smid" } }', 'wrap/project.json:2:33'],
])('shows where an unknown feature is asked for: %s', async (_what, text, place) => {
  const desk = new RunDesk({ ...SOURCES, ...SCORE, 'wrap/project.json': text }, SOURCES);
  const asked = runCargo('build', desk.request('wrap', { features: ['simd', 'smid'] }));
  await expect(asked).rejects.toThrow(`--> ${place}`);
});
