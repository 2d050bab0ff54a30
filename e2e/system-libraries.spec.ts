import { cargoLock, lines } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

/**
 * Rust's own library asks for libm here; for libresolv do the build script of a crate below, an attribute in a crate below
 * (`tide`), and one in a crate that makes a static library only (`tone`). Go names none.
 */
const LINKED = ['#[link(name = "resolv")]', 'extern "C" {', '    fn ns_get16(bytes: *const u8) -> u32;', '}'];

const FILES = {
  ...nxFiles(),
  'Cargo.toml': lines('[workspace]', 'resolver = "2"', 'members = ["wave", "names", "calm", "marks", "tide", "tone"]'),
  'Cargo.lock': cargoLock({ names: [], wave: ['names'], calm: [], marks: [], tide: ['marks'], tone: [] }),
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
  'tone/src/lib.rs': 'mod parts;\n',
  'tone/src/parts.rs': lines(
    ...LINKED,
    '',
    '#[no_mangle]',
    'pub extern "C" fn tone_value() -> u32 {',
    '    unsafe { ns_get16([3, 0].as_ptr()) }',
    '}',
  ),
  'calm/Cargo.toml': library('calm'),
  'calm/src/lib.rs': '#[no_mangle]\npub extern "C" fn calm_value() -> i32 {\n    5\n}\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': lines(
    'package main',
    '',
    '// #cgo LDFLAGS: -lwave',
    '// double wave_value(double);',
    'import "C"',
    'import "fmt"',
    '',
    'func main() { fmt.Println("wave", float64(C.wave_value(0))) }',
  ),
  ...goProgram('tides', 'tide'),
  ...goProgram('tones', 'tone'),
  'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./tides\n\t./tones\n)\n',
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
  expect(await workspace.nx(['run-many', '-t', 'build', '-p', 'tides', 'tones'])).toMatchObject({ exitCode: 0 });
  expect(await workspace.print('dist/tides/tides')).toBe('tide 512');
  expect(await workspace.print('dist/tones/tones')).toBe('tone 768');
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
