import { cargoLock, lines } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';
import { LoggedTools } from './harness/logged-tools.js';

const crate = (name: string, ...rest: readonly string[]): Files => ({
  [`${name}/Cargo.toml`]: lines('[package]', `name = "${name}"`, 'version = "0.1.0"', 'edition = "2021"', ...rest),
});
const prints = (name: string): Files => ({
  [`${name}/src/main.rs`]: lines('fn main() {', `    println!("${name} {}", base::VALUE);`, '}'),
});

const QUICK_BASE = 'base = { path = "../base", features = ["quick"] }';

/** A crate whose macro, of its name, stands for a value that it computes itself. */
const expandsTo = (name: string, value: string): Files => ({
  [`${name}/src/lib.rs`]: lines(
    'use proc_macro::TokenStream;',
    '',
    '#[proc_macro]',
    `pub fn ${name}(_: TokenStream) -> TokenStream {`,
    `    ${value}.to_string().parse().unwrap()`,
    '}',
  ),
});

const archive = (name: string): Files => ({
  ...crate(name, '', '[lib]', 'crate-type = ["staticlib"]'),
  [`${name}/src/lib.rs`]: `#[no_mangle]\npub extern "C" fn ${name}_value() -> i32 {\n    ${String(name.length)}\n}\n`,
});
const goProgram = (name: string, linked?: string): Files => ({
  [`${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26\n`,
  [`${name}/main.go`]: lines(
    'package main',
    '',
    ...(linked === undefined
      ? []
      : [`// #cgo LDFLAGS: -l${linked}`, `// int ${linked}_value(void);`, 'import "C"', '']),
    'import "fmt"',
    '',
    `func main() { fmt.Println("${name} ${linked ?? ''}"${linked === undefined ? '' : `, int(C.${linked}_value())`}) }`,
  ),
});

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      `${folder}/${path}`,
      text.replace('example.com/', `example.com/${folder}/`),
    ]),
  );

/** `plain` and `other` need `base` as it is, `fast` with a feature: a call for all three would give that to all. */
const FILES: Files = {
  ...nxFiles(),
  'Cargo.toml': lines(
    '[workspace]',
    'resolver = "2"',
    'members = ["base", "plain", "other", "fast", "broken", "one", "two", "number", "word", "numbered"]',
  ),
  'Cargo.lock': cargoLock({
    base: [],
    plain: ['base'],
    other: ['base'],
    fast: ['base'],
    broken: [],
    one: [],
    two: [],
    number: ['base'],
    word: [],
    numbered: ['number'],
  }),
  ...crate('base', '', '[features]', 'quick = []'),
  'base/src/lib.rs': lines('pub const VALUE: u32 = if cfg!(feature = "quick") { 2 } else { 1 };'),
  ...crate('plain', '', '[dependencies]', 'base = { path = "../base" }'),
  ...prints('plain'),
  ...crate('other', '', '[dependencies]', 'base = { path = "../base" }'),
  ...prints('other'),
  ...crate('fast', '', '[dependencies]', QUICK_BASE),
  ...prints('fast'),
  ...crate('broken'),
  'broken/src/lib.rs': lines('pub fn unused() {', '    let forgotten = 1;', '}'),
  ...crate('number', '', '[lib]', 'proc-macro = true', '', '[dependencies]', QUICK_BASE),
  ...expandsTo('number', 'base::VALUE'),
  ...crate('word', '', '[lib]', 'proc-macro = true'),
  ...expandsTo('word', '"7"'),
  ...crate('numbered', '', '[dependencies]', 'number = { path = "../number" }'),
  'numbered/src/main.rs': 'fn main() {\n    println!("numbered {}", number::number!());\n}\n',
  ...archive('one'),
  ...archive('two'),
  ...goProgram('p1', 'one'),
  ...goProgram('p2', 'one'),
  ...goProgram('p3', 'two'),
  ...goProgram('p4'),
  ...below('deep', goProgram('p1', 'two')),
  'go.work': `go 1.26\n\nuse (\n${['m1', 'm2', 'm3', 'p1', 'p2', 'p3', 'p4', 'deep/p1'].map((name) => `\t./${name}\n`).join('')})\n`,
  ...Object.fromEntries(
    ['m1', 'm2', 'm3'].flatMap((name) => [
      [`${name}/go.mod`, `module example.com/${name}\n\ngo 1.26\n`],
      [`${name}/${name}.go`, `package ${name}\n\nconst Value = 1\n`],
    ]),
  ),
};

let workspace: Workspace;
let tools: LoggedTools;

beforeAll(async () => {
  workspace = await Workspace.create(FILES);
  tools = await LoggedTools.put(workspace);
}, 120_000);

afterAll(removeWorkspaces);

const RUST = ['run-many', '-t', 'build', '-p', 'base', 'plain', 'other', 'fast', 'broken'];

/** The calls that build, not those that ask. */
const builds = (): string[] =>
  tools.calls().filter((call) => /^(?:cargo|go) build/.test(call) && !call.includes('--unit-graph'));

const packagesOf = (calls: readonly string[]): string[][] =>
  calls.map((call) => [...call.matchAll(/--package (\w+)/g)].map(([, name]) => name ?? '').sort());

describe('many crates in one run', () => {
  it('are built by one call of cargo for all that give each other no feature', async () => {
    const run = await workspace.nx(RUST, tools.environment());
    expect(run).toMatchObject({ exitCode: 0 });
    expect(packagesOf(builds())).toEqual([
      ['broken', 'fast'],
      ['base', 'other', 'plain'],
    ]);
    for (const [name, value] of [
      ['plain', '1'],
      ['other', '1'],
      ['fast', '2'],
    ] as const) {
      expect(await workspace.print(`dist/${name}/${name}`)).toBe(`${name} ${value}`);
    }
  }, 120_000);

  it('have the bytes that each has when it is built alone', async () => {
    const together = workspace.contentsBelow('dist');
    workspace.remove('dist');
    workspace.remove('target');
    expect(await workspace.nx([...RUST, '--batch=false', '--skip-nx-cache'])).toMatchObject({ exitCode: 0 });
    expect(workspace.contentsBelow('dist')).toEqual(together);
  }, 120_000);

  it('keep what the compiler said of each with its task', async () => {
    const run = await workspace.nx(['build', 'broken']);
    expect(run).toMatchObject({ exitCode: 0, cached: ['broken:build'] });
    expect(run.output).toContain('unused variable: `forgotten`');
  }, 60_000);

  it('fail one by one: the others are built, and the one says what is wrong', async () => {
    workspace.edit('broken/src/lib.rs', 'let forgotten = 1;', 'let forgotten: u8 = "";');
    workspace.edit('base/src/lib.rs', '{ 1 }', '{ 3 }');
    const run = await workspace.nx([...RUST, '--nxBail=false']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('mismatched types');
    expect(run.output).toMatch(/Failed tasks:\s+- broken:build\s*\n(?!\s*- )/);
    expect(await workspace.print('dist/plain/plain')).toBe('plain 3');
  }, 120_000);
});

describe('crates of macros in one run with others', () => {
  const MACROS = ['run-many', '-t', 'build', '-p', 'plain', 'numbered', 'number', 'word'];

  it('have a call of their own, since asking for one changes what is made with it', async () => {
    workspace.remove('dist');
    const before = builds().length;
    expect(await workspace.nx([...MACROS, '--skip-nx-cache'], tools.environment())).toMatchObject({ exitCode: 0 });
    expect(packagesOf(builds().slice(before))).toEqual([
      ['numbered', 'plain'],
      ['number', 'word'],
    ]);
    expect(await workspace.print('dist/plain/plain')).toBe('plain 3');
    expect(await workspace.print('dist/numbered/numbered')).toBe('numbered 2');
  }, 120_000);

  it('leave these the bytes that each has when it is built alone', async () => {
    const together = workspace.contentsBelow('dist');
    workspace.remove('dist');
    workspace.remove('target');
    expect(await workspace.nx([...MACROS, '--batch=false', '--skip-nx-cache'])).toMatchObject({ exitCode: 0 });
    expect(workspace.contentsBelow('dist')).toEqual(together);
  }, 120_000);
});

describe('many Go modules in one run', () => {
  const GO = ['run-many', '-t', 'build', '-p', 'm1', 'm2', 'm3'];

  it('that make no program are compiled by one call of go', async () => {
    const before = builds().length;
    expect(await workspace.nx(GO, tools.environment())).toMatchObject({ exitCode: 0 });
    expect(builds().slice(before)).toEqual([expect.stringContaining('go build')]);
  }, 60_000);

  it('that link crates share a call too, and have the bytes that each has when it is built alone', async () => {
    const programs = ['p1', 'p2', 'p3', 'p4', 'deep/p1'];
    const all = ['run-many', '-t', 'build', '-p', ...programs];
    const before = builds().length;
    expect(await workspace.nx(all, tools.environment())).toMatchObject({ exitCode: 0 });
    const calls = builds()
      .slice(before)
      .filter((call) => call.startsWith('go build'));
    // The one of the same name would be written over the other; the one without a crate need not wait for cargo.
    expect(
      calls.map((call) => call.split(' ').filter((word) => word.startsWith('./') || word === '.').length).sort(),
    ).toEqual([1, 1, 3]);
    const together = workspace.contentsBelow('dist');
    for (const name of programs)
      expect(await workspace.print(`dist/${name}/${name.replace('deep/', '')}`)).toMatch(/^p\d/);
    for (const name of programs) workspace.remove(`dist/${name}`);
    expect(await workspace.nx([...all, '--batch=false', '--skip-nx-cache'])).toMatchObject({ exitCode: 0 });
    expect(workspace.contentsBelow('dist')).toEqual(together);
  }, 180_000);

  it('follow their crates', async () => {
    workspace.edit('one/src/lib.rs', '    3\n', '    33\n');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'p1', 'p2', 'p3']);
    expect(run).toMatchObject({ exitCode: 0, cached: expect.arrayContaining(['p3:build', 'two:build']) as string[] });
    expect(await workspace.print('dist/p1/p1')).toBe('p1 one 33');
    expect(await workspace.print('dist/p2/p2')).toBe('p2 one 33');
    expect(await workspace.print('dist/p3/p3')).toBe('p3 two 3');
  }, 60_000);

  it('fail one by one', async () => {
    workspace.edit('m2/m2.go', '= 1', '= missing');
    workspace.edit('m3/m3.go', '= 1', '= 2');
    const run = await workspace.nx([...GO, '--nxBail=false']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('undefined: missing');
    expect(run.output).toMatch(/Failed tasks:\s+- m2:build\s*\n(?!\s*- )/);
    expect(run.cached).toEqual(['m1:build']);
  }, 60_000);
});
