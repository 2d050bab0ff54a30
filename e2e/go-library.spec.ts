import { cargoLock, lines } from './fixtures/manifests.js';
import { json, nxFiles, removeWorkspaces, Workspace } from './harness/workspace.js';

const manifest = (name: string, ...rest: string[]): string =>
  lines('[package]', `name = "${name}"`, 'version = "0.1.0"', 'edition = "2021"', ...rest);
const goLibrary = (name: string): string =>
  lines(
    'package main',
    '',
    'import "C"',
    '',
    `//export ${name}_value`,
    `func ${name}_value() C.int { return value }`,
    '',
    'func main() {}',
  );
const script = (folder: string, ...directives: readonly string[]): string =>
  lines(
    'fn main() {',
    `    println!("cargo:rustc-link-search=native={}/../dist/${folder}", env!("CARGO_MANIFEST_DIR"));`,
    ...directives.map((each) => `    println!("cargo:${each}");`),
    '}',
  );

/**
 * `score` is an archive of Go for `wrap`, a crate below the program `host`; `view` a shared library for `viewer`. The build
 * scripts do not say when they are to run again. `app` goes the other way round, and `both` both ways at once.
 */
const FILES = {
  ...nxFiles(),
  'score/go.mod': 'module example.com/score\n\ngo 1.26\n',
  'score/score.go': goLibrary('score'),
  'score/plain.go': '//go:build !simd\n\npackage main\n\nconst value = 1\n',
  'score/simd.go': '//go:build simd\n\npackage main\n\nconst value = 100\n',
  'score/project.json': json({ targets: { build: { options: { buildmode: 'c-archive' } } } }),
  'view/go.mod': 'module example.com/view\n\ngo 1.26\n',
  'view/view.go': goLibrary('view').replace('return value', 'return 1'),
  'view/project.json': json({ targets: { build: { options: { buildmode: 'c-shared' } } } }),
  'Cargo.toml': lines(
    '[workspace]',
    'resolver = "2"',
    'members = ["wrap", "host", "viewer", "bridge", "knot", "made"]',
  ),
  'Cargo.lock': cargoLock({ wrap: [], host: ['wrap'], viewer: [], bridge: [], knot: ['wrap'], made: [] }),
  'wrap/Cargo.toml': manifest('wrap', '', '[features]', 'simd = []'),
  'wrap/build.rs': script('score', 'rustc-link-lib=static=score'),
  'wrap/src/lib.rs': lines(
    'extern "C" {',
    '    fn score_value() -> i32;',
    '}',
    '',
    'pub fn score() -> i32 {',
    '    unsafe { score_value() }',
    '}',
    '',
    '#[test]',
    'fn score_is_low() {',
    '    assert!(score() < 3);',
    '}',
  ),
  'host/Cargo.toml': manifest('host', '', '[dependencies]', 'wrap = { path = "../wrap" }'),
  'host/src/main.rs': 'fn main() {\n    println!("score {}", wrap::score());\n}\n',
  'viewer/Cargo.toml': manifest('viewer'),
  'viewer/build.rs': script('view', 'rustc-link-lib=dylib=view', 'rustc-link-arg=-Wl,-rpath,$ORIGIN/../view'),
  'viewer/src/main.rs': lines(
    'extern "C" {',
    '    fn view_value() -> i32;',
    '}',
    '',
    'fn main() {',
    '    println!("view {}", unsafe { view_value() });',
    '}',
  ),
  'bridge/Cargo.toml': manifest('bridge', '', '[lib]', 'crate-type = ["staticlib", "rlib"]'),
  'bridge/src/lib.rs': '#[no_mangle]\npub extern "C" fn bridge_value() -> i32 {\n    7\n}\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': lines(
    'package main',
    '',
    '// #cgo LDFLAGS: -lbridge',
    '// int bridge_value(void);',
    'import "C"',
    '',
    'func main() { println("bridge", int(C.bridge_value())) }',
  ),
  'knot/Cargo.toml': manifest(
    'knot',
    '',
    '[lib]',
    'crate-type = ["staticlib"]',
    '',
    '[dependencies]',
    'wrap = { path = "../wrap" }',
  ),
  'knot/src/lib.rs': '#[no_mangle]\npub extern "C" fn knot_value() -> i32 {\n    wrap::score()\n}\n',
  'both/go.mod': 'module example.com/both\n\ngo 1.26\n',
  'both/main.go': lines(
    'package main',
    '',
    '// #cgo LDFLAGS: -lknot',
    '// int knot_value(void);',
    'import "C"',
    '',
    'func main() { println("knot", int(C.knot_value())) }',
  ),
  'gen/go.mod': 'module example.com/gen\n\ngo 1.26\n',
  'gen/main.go': 'package main\n\nfunc main() { print("7") }\n',
  'made/Cargo.toml': manifest('made'),
  'made/build.rs': lines(
    'fn main() {',
    '    let ran = std::process::Command::new("../dist/gen/gen").output().unwrap();',
    '    let said = String::from_utf8(ran.stderr).unwrap();',
    '    println!("cargo:rustc-env=MADE={said}");',
    '}',
  ),
  'made/src/main.rs': 'fn main() {\n    println!("made {}", env!("MADE"));\n}\n',
  'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./both\n\t./gen\n\t./score\n\t./view\n)\n',
};

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(FILES);
  await workspace.commit('begin');
}, 120_000);

afterEach(async () => {
  await workspace.git('checkout', '--quiet', '.');
});

afterAll(removeWorkspaces);

const build = (...args: readonly string[]): ReturnType<Workspace['nx']> => workspace.nx(['build', ...args]);

describe('a Rust program over a library of Go', () => {
  it('is built after the library, by whatever crate below links it', async () => {
    const run = await build('host');
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toEqual(expect.arrayContaining(['score:build', 'host:build']));
    expect(await workspace.print('dist/host/host')).toBe('score 1');
  }, 180_000);

  it('follows an edit of Go, though its build script says nothing of it, and the test does as well', async () => {
    expect(await workspace.nx(['test', 'wrap'])).toMatchObject({ exitCode: 0 });
    workspace.edit('score/plain.go', '= 1', '= 2');
    expect(await build('host')).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/host/host')).toBe('score 2');
    expect(await workspace.nx(['test', 'wrap'])).toMatchObject({ exitCode: 0 });
    workspace.edit('score/plain.go', '= 2', '= 3');
    const failed = await workspace.nx(['test', 'wrap']);
    expect([failed.exitCode, failed.output]).toEqual([1, expect.stringContaining('score_is_low')]);
  }, 180_000);

  it('comes back from the cache with the library that it was built over', async () => {
    const run = await build('host');
    expect(run).toMatchObject({ exitCode: 0, ran: [] });
    expect(await workspace.print('dist/host/host')).toBe('score 1');
  }, 60_000);

  it('stays as it is where an edit of Go leaves the library the same', async () => {
    workspace.edit('score/plain.go', '= 1', '= 1 // one');
    expect(await build('host')).toMatchObject({ exitCode: 0, ran: ['score:build'] });
  }, 60_000);

  it('has the features of both sides', async () => {
    expect(await build('host', '--features=simd')).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/host/host')).toBe('score 100');
  }, 120_000);

  it('is affected by it, and Nx names the place that says so', async () => {
    workspace.edit('score/plain.go', '= 1', '= 5');
    const { output } = await workspace.nx(['show', 'projects', '--affected', '--base=HEAD', '-t', 'build']);
    expect(output.trim().split('\n').sort()).toEqual(['both', 'host', 'knot', 'score', 'wrap']);
    const explained = await workspace.nx(['g', 'nx-grout:explain', 'wrap']);
    expect(explained.output).toMatch(/go-library +score \(score\) +wrap\/build\.rs:2/);
  }, 60_000);

  it('is explained where the module makes no library', async () => {
    workspace.remove('score/project.json');
    workspace.remove('dist/score');
    const run = await build('host');
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain(
      'error[plan/no-go-library]: the build script takes in what `nx build score` places in dist/score',
    );
    expect(run.output).toContain('wrap/build.rs:2:');
    expect(run.output).toContain('"buildmode": "c-archive"');
  }, 60_000);
});

it('a Rust program finds a shared library of Go beside it', async () => {
  expect(await build('viewer')).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/viewer/viewer')).toBe('view 1');
  workspace.edit('view/view.go', 'return 1', 'return 2');
  expect(await build('viewer')).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/viewer/viewer')).toBe('view 2');
}, 180_000);

it('a build script runs a program that Go made, and runs it again when that changes', async () => {
  expect(await build('made')).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/made/made')).toBe('made 7');
  workspace.edit('gen/main.go', '7', '8');
  expect(await build('made')).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/made/made')).toBe('made 8');
}, 120_000);

it('builds, tests and lints at once do not take from one another what they are about to use', async () => {
  for (const value of ['= 0', '= 1', '= 2']) {
    workspace.write('score/plain.go', `//go:build !simd\n\npackage main\n\nconst value ${value}\n`);
    const run = await workspace.nx([
      'run-many',
      '-t',
      'build',
      'test',
      'lint',
      '-p',
      'host',
      'wrap',
      'knot',
      '--parallel=4',
    ]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/host/host')).toBe(`score ${value.slice(2)}`);
  }
}, 180_000);

describe('both ways in one workspace', () => {
  it('Go over Rust and Rust over Go are built in one run', async () => {
    workspace.remove('dist');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'app', 'host', 'viewer']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect((await workspace.run('dist/app/app', [])).output.trim()).toBe('bridge 7');
    expect(await workspace.print('dist/host/host')).toBe('score 1');
  }, 120_000);

  it('Go over Rust over an archive of Go is refused: it would have two runtimes', async () => {
    const run = await build('both');
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[run/two-go-runtimes]: `knot`, which this Go program links, has libscore.a');
    expect(run.output).toContain('wrap/build.rs:2:');
  }, 120_000);
});
