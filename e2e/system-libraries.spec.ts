import { cargoLock, lines } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

/**
 * Rust's own library asks for libm here; for libresolv do the build script of a crate below, an attribute in a crate below
 * (`tide`), and one in a file that is taken into a crate that makes a static library only (`tone`). For a library that is
 * in no archive does the build script of `flint`. Go names none.
 */
const LINKED = ['#[link(name = "resolv")]', 'extern "C" {', '    fn ns_get16(bytes: *const u8) -> u32;', '}'];

const WAVES = lines(
  'package main',
  '',
  '// #cgo LDFLAGS: -lwave',
  '// double wave_value(double);',
  'import "C"',
  'import "fmt"',
  '',
  'func main() { fmt.Println("wave", float64(C.wave_value(0))) }',
);

const FILES = {
  ...nxFiles(),
  'Cargo.toml': lines(
    '[workspace]',
    'resolver = "2"',
    'members = ["wave", "names", "calm", "marks", "tide", "tone", "flint"]',
  ),
  'Cargo.lock': cargoLock({ names: [], wave: ['names'], calm: [], marks: [], tide: ['marks'], tone: [], flint: [] }),
  'names/Cargo.toml': lines('[package]', 'name = "names"', 'version = "0.1.0"', 'edition = "2021"'),
  'names/build.rs': 'fn main() {\n    println!("cargo:rustc-link-lib=resolv");\n}\n',
  'names/src/lib.rs': lines(
    'extern "C" {',
    '    fn ns_get16(bytes: *const u8) -> u32;',
    '}',
    '',
    'pub fn number() -> u32 {',
    '    unsafe { ns_get16([1, 2].as_ptr()) }',
    '}',
  ),
  'wave/Cargo.toml': library('wave', '', '[dependencies]', 'names = { path = "../names" }'),
  'wave/src/lib.rs': lines(
    '#[no_mangle]',
    'pub extern "C" fn wave_value(x: f64) -> f64 {',
    '    x.sin() + f64::from(names::number())',
    '}',
  ),
  'marks/Cargo.toml': lines('[package]', 'name = "marks"', 'version = "0.1.0"', 'edition = "2021"'),
  'marks/src/lib.rs': lines(
    ...LINKED,
    '',
    'pub fn number(first: u8) -> u32 {',
    '    unsafe { ns_get16([first, 0].as_ptr()) }',
    '}',
  ),
  'tide/Cargo.toml': library('tide', '', '[dependencies]', 'marks = { path = "../marks" }').replace(
    '["staticlib"]',
    '["staticlib", "rlib"]',
  ),
  'tide/src/lib.rs': '#[no_mangle]\npub extern "C" fn tide_value() -> u32 {\n    marks::number(2)\n}\n',
  'tone/Cargo.toml': library('tone'),
  'tone/src/lib.rs': 'include!("parts.inc");\n',
  'tone/src/parts.inc': lines(
    ...LINKED,
    '',
    '#[no_mangle]',
    'pub extern "C" fn tone_value() -> u32 {',
    '    unsafe { ns_get16([3, 0].as_ptr()) }',
    '}',
  ),
  'flint/Cargo.toml': library('flint'),
  'flint/half.c': 'unsigned half(unsigned x) { return x / 2; }\n',
  'flint/build.rs': lines(
    'fn main() {',
    '    let out = std::env::var("OUT_DIR").unwrap();',
    '    let script = "cd $OUT_DIR && cc -fPIC -c $CARGO_MANIFEST_DIR/half.c && ar rc libhalf.a half.o";',
    '    assert!(std::process::Command::new("sh").args(["-c", script]).status().unwrap().success());',
    '    println!("cargo:rustc-link-search=native={out}");',
    '    println!("cargo:rustc-link-lib=static:-bundle=half");',
    '}',
  ),
  'flint/src/lib.rs': lines(
    'extern "C" {',
    '    fn half(x: u32) -> u32;',
    '}',
    '',
    '#[no_mangle]',
    'pub extern "C" fn flint_value() -> u32 {',
    '    unsafe { half(10) }',
    '}',
  ),
  'calm/Cargo.toml': library('calm'),
  'calm/src/lib.rs': '#[no_mangle]\npub extern "C" fn calm_value() -> i32 {\n    5\n}\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': WAVES,
  ...goProgram('tides', 'tide'),
  ...goProgram('tones', 'tone'),
  ...goProgram('flints', 'flint'),
  // With a profile of their own, in a link step.
  ...goProgram('fast-tides', 'tide'),
  'fast-tides/project.json': JSON.stringify({ targets: { build: { options: { profile: 'release' } } } }),
  'fast-waves/go.mod': 'module example.com/fast-waves\n\ngo 1.26\n',
  'fast-waves/main.go': WAVES,
  'fast-waves/project.json': JSON.stringify({ targets: { build: { options: { profile: 'release' } } } }),
  'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./tides\n\t./tones\n\t./flints\n\t./fast-tides\n\t./fast-waves\n)\n',
};

function goProgram(name: string, linked: string): Files {
  return {
    [`${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26\n`,
    [`${name}/main.go`]: lines(
      'package main',
      '',
      `// #cgo LDFLAGS: -l${linked}`,
      `// unsigned ${linked}_value(void);`,
      'import "C"',
      'import "fmt"',
      '',
      `func main() { fmt.Println("${linked}", C.${linked}_value()) }`,
    ),
  };
}

function library(name: string, ...rest: readonly string[]): string {
  return lines(
    '[package]',
    `name = "${name}"`,
    'version = "0.1.0"',
    'edition = "2021"',
    '',
    '[lib]',
    'crate-type = ["staticlib"]',
    ...rest,
  );
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(FILES);
}, 120_000);

afterAll(removeWorkspaces);

it('a Go program links what its crate needs of the system, though its sources do not name it', async () => {
  expect(await workspace.nx(['build', 'app'])).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/app/app')).toBe('wave 258');
}, 180_000);

it('so it does where an attribute in Rust names the library, below the crate or in it', async () => {
  // The question to the compiler is about the library, whatever else is built.
  const built = ['run-many', '-t', 'build', '-p', 'tides', 'tones', '--cargoArgs=--lib'];
  expect(await workspace.nx(built)).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/tides/tides')).toBe('tide 512');
  expect(await workspace.print('dist/tones/tones')).toBe('tone 768');
}, 180_000);

it('and where a build script keeps a library out of the archive, from where it lies', async () => {
  expect(await workspace.nx(['build', 'flints'])).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/flints/flints')).toBe('flint 5');
  expect(workspace.read('dist/flint/flint.system-libraries')).toMatch(
    /^-Ltarget\/debug\/build\/flint-\w+\/out\n-lhalf\n/,
  );
}, 180_000);

it('and where the program has a link step of its own', async () => {
  const built = ['run-many', '-t', 'build', '-p', 'fast-tides', 'fast-waves'];
  expect(await workspace.nx(built)).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/fast-tides/fast-tides')).toBe('tide 512');
  expect(await workspace.print('dist/fast-waves/fast-waves')).toBe('wave 258');
}, 180_000);

it('each crate of a call for several says what it needs itself', async () => {
  const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'wave', 'calm', 'tide', '--skip-nx-cache']);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.output).toContain('crates of . at once');
  const needed = (name: string): string[] => workspace.read(`dist/${name}/${name}.system-libraries`).trim().split('\n');
  expect(needed('calm')).toEqual(expect.arrayContaining(['-lm', '-lpthread']));
  for (const name of ['wave', 'tide']) expect(needed(name)).toEqual(['-lresolv', ...needed('calm')]);
}, 120_000);

it('the program is linked again from the cache alone, without any Rust', async () => {
  workspace.remove('dist');
  workspace.edit('app/main.go', '"wave"', '"waves"');
  const run = await workspace.nx(['build', 'app']);
  expect(run).toMatchObject({ exitCode: 0, cached: ['wave:build'], ran: ['app:build'] });
  expect(await workspace.print('dist/app/app')).toBe('waves 258');
}, 60_000);
