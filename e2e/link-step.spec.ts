import { cargoLock } from './fixtures/manifests.js';
import { threeBridges } from './fixtures/three-bridges.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(threeBridges());
}, 120_000);

afterAll(removeWorkspaces);

const prints = (program: string): Promise<string> => workspace.print(`dist/${program}/${program}`);

/** One count for all: the crate that they share is there once. */
const DUO = 'left 10 0\nright 20 0';
const FAST = 'left 11 0\nright 21 0';

describe('two applications with different features over the same bridges', () => {
  it('each link a build of their own, in one run', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'duo', 'fast']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toEqual(expect.arrayContaining(['duo:link', 'fast:link', 'duo:build', 'fast:build']));
    expect(await prints('duo')).toBe(DUO);
    expect(await prints('fast')).toBe(FAST);
  }, 180_000);

  it('and are cached apart', async () => {
    workspace.remove('dist');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'duo', 'fast']);
    expect(run).toMatchObject({ exitCode: 0, ran: [] });
    expect(await prints('duo')).toBe(DUO);
    expect(await prints('fast')).toBe(FAST);
  }, 60_000);

  it('both follow the crate below their bridges', async () => {
    workspace.edit('rs/base/src/lib.rs', '+ 1)', '+ 3)');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'duo', 'fast']);
    expect(run).toMatchObject({ exitCode: 0, cached: [] });
    expect(await prints('duo')).toBe('left 30 0\nright 40 0');
    expect(await prints('fast')).toBe('left 31 0\nright 41 0');
    workspace.edit('rs/base/src/lib.rs', '+ 3)', '+ 1)');
    const back = await workspace.nx(['run-many', '-t', 'build', '-p', 'duo', 'fast']);
    expect(back).toMatchObject({ exitCode: 0, ran: [] });
    expect(await prints('fast')).toBe(FAST);
  }, 180_000);

  it('an edit of Go leaves the Rust side alone', async () => {
    workspace.edit('duo/main.go', 'func main() {', 'func main() {\n\tprintln("go")');
    const run = await workspace.nx(['build', 'duo']);
    expect(run).toMatchObject({ exitCode: 0, ran: ['duo:build'], cached: ['duo:link'] });
  }, 60_000);
});

describe('an application with one bridge', () => {
  it('links what the bridge built, until a configuration of its own asks for more', async () => {
    expect(await workspace.nx(['build', 'solo'])).toMatchObject({ exitCode: 0 });
    expect(await prints('solo')).toBe('left 10');
    expect(await workspace.nx(['build', 'solo', '--configuration=quick'])).toMatchObject({ exitCode: 0 });
    expect(await prints('solo')).toBe('left 11');
    const again = await workspace.nx(['build', 'solo']);
    expect(again).toMatchObject({ exitCode: 0, ran: [] });
    expect(await prints('solo')).toBe('left 10');
  }, 180_000);

  it('hears of features on the command line as all do', async () => {
    expect(await workspace.nx(['build', 'solo', '--features=simd'])).toMatchObject({ exitCode: 0 });
    expect(await prints('solo')).toBe('left 11');
    expect(await workspace.nx(['build', 'trio', '--features=simd'])).toMatchObject({ exitCode: 0 });
    expect(await prints('trio')).toBe(`${FAST}\nthird 31 0`);
  }, 180_000);
});

describe('several bridges in one program', () => {
  it('link under fat LTO, run, and contain their panics', async () => {
    const run = await workspace.nx(['build', 'trio', '--configuration=production']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await prints('trio')).toBe(`${DUO}\nthird 30 0`);
    const { libraries, system } = JSON.parse(workspace.read('dist/trio/.link/linked.json')) as {
      libraries: unknown;
      system: string[];
    };
    expect(libraries).toEqual([{ file: 'libgrout_link.a', crates: ['rs/left', 'rs/right', 'rs/third'] }]);
    expect(system).toContain('-lpthread');
  }, 180_000);
});

describe('compiler flags of a configuration', () => {
  it('reach the last call where their cfg holds for the target', async () => {
    const real = (await workspace.run('rustup', ['which', 'rustc'])).output.trim();
    const log = workspace.path('.nx/rustc-calls');
    workspace.write('.nx/rustc', `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`, 0o755);
    workspace.write(
      '.cargo/config.toml',
      `[target.'cfg(all(unix, not(windows)))']\nrustflags = ["--cfg", "of_unix"]\n[target.'cfg(windows)']\nrustflags = ["--cfg", "of_windows"]\n`,
    );
    try {
      const run = await workspace.nx(['build', 'duo'], { RUSTC: workspace.path('.nx/rustc') });
      expect(run).toMatchObject({ exitCode: 0 });
      const calls = workspace.read('.nx/rustc-calls').split('\n');
      const last = calls.filter((call) => call.includes('--crate-name=grout_link'));
      expect(last).toHaveLength(1);
      expect(last[0]).toContain('--cfg of_unix');
      expect(last[0]).not.toContain('of_windows');
      expect(await prints('duo')).toContain(DUO);
    } finally {
      workspace.remove('.cargo');
    }
  }, 120_000);
});

describe('bridges of two Cargo workspaces', () => {
  it('link into one program where one compiler builds both', async () => {
    expect(await workspace.nx(['build', 'quad'])).toMatchObject({ exitCode: 0 });
    expect(await prints('quad')).toBe(`${DUO}\napart 7 0`);
  }, 120_000);

  it('are refused with both compilers named where two build them', async () => {
    const { output: toolchains } = await workspace.run('rustup', ['toolchain', 'list']);
    const other = toolchains
      .split('\n')
      .find((name) => name.startsWith('nightly'))
      ?.split(' ')[0];
    if (other === undefined) throw new Error(`this test needs a second toolchain, a nightly one: ${toolchains}`);
    workspace.write('apart/rust-toolchain.toml', `[toolchain]\nchannel = "${other}"\n`);
    const run = await workspace.nx(['build', 'quad']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[run/two-toolchains]');
    expect(run.output).toMatch(/apart with rustc .*-nightly.*; left, right with rustc /);
    expect(run.output).toContain('rs/left/Cargo.toml:1:1');
    workspace.remove('apart/rust-toolchain.toml');
    expect(await workspace.nx(['build', 'quad'])).toMatchObject({ exitCode: 0, ran: [] });
  }, 120_000);
});

describe('what the graph says of a link step', () => {
  it('an edit below a bridge affects the programs that link it, and no others', async () => {
    await workspace.commit('begin');
    workspace.edit('rs/third/src/lib.rs', 'third_value() -> u64 {', 'third_value() -> u64 { // edited');
    const { output } = await workspace.nx(['show', 'projects', '--affected', '--base=HEAD', '-t', 'build']);
    expect(output.trim().split('\n').sort()).toEqual(['last', 'third', 'trio']);
  }, 60_000);
});

describe('a patch of the Cargo workspace', () => {
  it('holds in a link step as in any build', async () => {
    workspace.write('rs/extra/Cargo.toml', '[package]\nname = "extra"\nversion = "0.1.0"\nedition = "2021"\n');
    workspace.write('rs/extra/src/lib.rs', 'pub fn more() -> u64 {\n    1000\n}\n');
    workspace.edit('rs/Cargo.toml', '[profile.dev]', '[patch.crates-io]\nextra = { path = "extra" }\n\n[profile.dev]');
    workspace.edit('rs/left/Cargo.toml', '[dependencies]', '[dependencies]\nextra = "0.1"');
    workspace.edit('rs/left/src/lib.rs', 'base::called()', 'base::called() + extra::more()');
    const lock = { base: [], extra: [], left: ['base', 'extra'], right: ['base'], third: ['base'] };
    workspace.write('rs/Cargo.lock', cargoLock(lock));
    expect(await workspace.nx(['build', 'duo'])).toMatchObject({ exitCode: 0 });
    expect(await prints('duo')).toMatch(/^left 1\d\d\d /m);
    workspace.edit('rs/extra/src/lib.rs', '1000', '2000');
    expect(await workspace.nx(['build', 'duo'])).toMatchObject({ exitCode: 0 });
    expect(await prints('duo')).toMatch(/^left 2\d\d\d /m);
  }, 180_000);
});
