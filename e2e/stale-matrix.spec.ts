import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { cargoLock, lines } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

const manifest = (name: string, ...rest: readonly string[]): string =>
  lines('[package]', `name = "${name}"`, 'version = "0.1.0"', 'edition = "2021"', '', ...rest);

/** Tells the compiler that built it, whatever version that is. */
const COMPILER = lines(
  'use std::process::Command;',
  '',
  'fn main() {',
  '    let rustc = std::env::var("RUSTC").unwrap();',
  '    let said = Command::new(rustc).arg("-V").output().unwrap().stdout;',
  '    let nightly = String::from_utf8(said).unwrap().contains("nightly");',
  '    println!("cargo:rustc-env=CHANNEL={}", if nightly { "2" } else { "1" });',
  '    println!("cargo:rerun-if-changed=build.rs");',
  '}',
);

/** `app` is Go over Rust, `host` Rust over Go; each prints what it was built from. */
const FILES: Files = {
  ...nxFiles(),
  'Cargo.toml': lines(
    '[workspace]',
    'resolver = "2"',
    'members = ["bridge", "leaf", "host"]',
    '',
    '[profile.dev]',
    'debug = 0',
  ),
  'Cargo.lock': cargoLock({ bridge: ['leaf'], leaf: [], host: [] }),
  'leaf/Cargo.toml': manifest('leaf', '[features]', 'extra = []'),
  'leaf/src/lib.rs': 'pub const LEAF: u32 = 1;\npub const EXTRA: u32 = cfg!(feature = "extra") as u32;\n',
  'bridge/Cargo.toml': manifest(
    'bridge',
    '[lib]',
    'crate-type = ["staticlib", "rlib"]',
    '',
    '[dependencies]',
    'leaf = { path = "../leaf" }',
    '',
    '[features]',
    'extra = ["leaf/extra"]',
    '',
    '[lints.rust]',
    `unexpected_cfgs = { level = "warn", check-cfg = ["cfg(special)"] }`,
  ),
  'bridge/build.rs': COMPILER,
  'bridge/include/bridge.h': lines('#include <stdint.h>', '#define HEADER 1', 'uint32_t bridge_part(uint32_t which);'),
  'bridge/src/lib.rs': lines(
    'const BRIDGE: u32 = 1;',
    '',
    '#[no_mangle]',
    'pub extern "C" fn bridge_part(which: u32) -> u32 {',
    '    match which {',
    '        0 => BRIDGE,',
    '        1 => leaf::LEAF,',
    '        2 => leaf::EXTRA,',
    '        3 => u32::from(cfg!(special)),',
    '        _ => env!("CHANNEL").parse().unwrap_or(0),',
    '    }',
    '}',
  ),
  'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./lib\n)\n',
  'lib/go.mod': 'module example.com/lib\n\ngo 1.26\n',
  'lib/lib.go': 'package lib\n\nconst Lib = 1\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/tag_on.go': '//go:build extra\n\npackage main\n\nconst tag = 1\n',
  'app/tag_off.go': '//go:build !extra\n\npackage main\n\nconst tag = 0\n',
  'app/app.go': lines(
    'package main',
    '',
    '/*',
    '#cgo CFLAGS: -I${SRCDIR}/../bridge/include',
    '#cgo LDFLAGS: -lbridge -lm -ldl -lpthread',
    '#include "bridge.h"',
    '#ifndef VARIANT',
    '#define VARIANT 0',
    '#endif',
    'static int variant(void) { return VARIANT; }',
    '*/',
    'import "C"',
    'import (',
    '\t"fmt"',
    '',
    '\t"example.com/lib"',
    ')',
    '',
    'func state() string {',
    '\tpart := func(which int) int { return int(C.bridge_part(C.uint32_t(which))) }',
    '\treturn fmt.Sprintf("lib=%d bridge=%d leaf=%d header=%d tag=%d extra=%d special=%d channel=%d variant=%d",',
    '\t\tlib.Lib, part(0), part(1), C.HEADER, tag, part(2), part(3), part(4), int(C.variant()))',
    '}',
    '',
    'func main() { fmt.Println(state()) }',
  ),
  'app/app_test.go': lines(
    'package main',
    '',
    'import (',
    '\t"os"',
    '\t"testing"',
    ')',
    '',
    'func TestState(t *testing.T) {',
    '\twant, err := os.ReadFile("testdata/want")',
    '\tif err != nil || state() != string(want) {',
    '\t\tt.Fatalf("have %q, want %q", state(), want)',
    '\t}',
    '}',
  ),
  'host/Cargo.toml': manifest(
    'host',
    '[features]',
    'extra = []',
    '',
    '[lints.rust]',
    `unexpected_cfgs = { level = "warn", check-cfg = ["cfg(special)"] }`,
  ),
  'host/build.rs': lines(
    'use std::process::Command;',
    '',
    'fn main() {',
    '    let out = std::env::var("OUT_DIR").unwrap();',
    '    let archive = format!("{out}/libgopart.a");',
    '    let built = Command::new("go")',
    '        .args(["build", "-trimpath", "-buildvcs=false", "-buildmode=c-archive", "-ldflags=-buildid=", "-o", &archive, "."])',
    '        .current_dir("go")',
    '        .env("GOWORK", "off")',
    '        .status();',
    '    assert!(built.unwrap().success());',
    '    println!("cargo:rustc-link-search=native={out}");',
    '    println!("cargo:rustc-link-lib=static=gopart");',
    '    println!("cargo:rerun-if-changed=go");',
    '    let rustc = std::env::var("RUSTC").unwrap();',
    '    let said = Command::new(rustc).arg("-V").output().unwrap().stdout;',
    '    let nightly = String::from_utf8(said).unwrap().contains("nightly");',
    '    println!("cargo:rustc-env=CHANNEL={}", if nightly { "2" } else { "1" });',
    '}',
  ),
  'host/src/main.rs': lines(
    'extern "C" {',
    '    fn go_part(which: i32) -> i32;',
    '}',
    '',
    'fn state() -> String {',
    '    let part = |which| unsafe { go_part(which) };',
    '    let extra = u32::from(cfg!(feature = "extra"));',
    '    let special = u32::from(cfg!(special));',
    '    let channel = env!("CHANNEL");',
    '    let go = format!("go={} header={} tag={} variant={}", part(0), part(1), part(2), part(3));',
    '    format!("rust=1 {go} extra={extra} special={special} channel={channel}")',
    '}',
    '',
    'fn main() {',
    '    println!("{}", state());',
    '}',
    '',
    '#[test]',
    'fn is_as_wanted() {',
    '    assert_eq!(state(), std::fs::read_to_string("tests/want").unwrap());',
    '}',
  ),
  'host/go/go.mod': 'module example.com/gopart\n\ngo 1.26\n',
  'host/go/part.go': lines(
    'package main',
    '',
    '/*',
    '#include "part.h"',
    '#ifndef VARIANT',
    '#define VARIANT 0',
    '#endif',
    'static int variant(void) { return VARIANT; }',
    '*/',
    'import "C"',
    '',
    '//export go_part',
    'func go_part(which C.int) C.int {',
    '\treturn [...]C.int{value, C.HEADER, tag, C.variant()}[which]',
    '}',
    '',
    'const value = 1',
    '',
    'func main() {}',
  ),
  'host/go/part.h': '#define HEADER 1\n',
  'host/go/tag_on.go': '//go:build extra\n\npackage main\n\nconst tag = 1\n',
  'host/go/tag_off.go': '//go:build !extra\n\npackage main\n\nconst tag = 0\n',
};

const HOST_BEGIN = 'rust=1 go=1 header=1 tag=0 variant=0 extra=0 special=0 channel=1';

const BEGIN = 'lib=1 bridge=1 leaf=1 header=1 tag=0 extra=0 special=0 channel=1 variant=0';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(FILES);
  await workspace.commit('begin');
  expect(await workspace.nx(['run-many', '-t', 'build', '-p', 'app', 'host'])).toMatchObject({ exitCode: 0 });
}, 180_000);

afterEach(async () => {
  await workspace.git('checkout', '--quiet', '.');
  await workspace.git('clean', '--quiet', '--force', 'app', 'host');
});

afterAll(removeWorkspaces);

const printed = (): Promise<string> => workspace.print('dist/app/app');

async function nightly(): Promise<string> {
  const { output } = await workspace.run('rustup', ['toolchain', 'list']);
  const names = output.split('\n').map((line) => line.split(' ')[0] ?? '');
  const found = names.find((name) => name.startsWith('nightly'));
  if (found === undefined) throw new Error(`this test needs a nightly toolchain besides the stable one: ${output}`);
  return found;
}

function changedIn(state: string, changed: Readonly<Record<string, number>>): string {
  return state.replace(/(\w+)=(\d+)/g, (word, name: string) =>
    name in changed ? `${name}=${String(changed[name])}` : word,
  );
}

/** Builds and tests, and holds that both say what was changed and nothing else. */
async function expectState(
  changed: Readonly<Record<string, number>>,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const want = changedIn(BEGIN, changed);
  workspace.write('app/testdata/want', want);
  const run = await workspace.nx(['run-many', '-t', 'build', 'test', '-p', 'app', ...args], env);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(await printed()).toBe(want);
}

describe('a Go program over Rust follows', () => {
  it.each([
    ['a Go module', 'lib/lib.go', ['= 1', '= 2'], { lib: 2 }],
    ['the crate that it links', 'bridge/src/lib.rs', ['= 1', '= 2'], { bridge: 2 }],
    ['the crate below', 'leaf/src/lib.rs', ['= 1', '= 2'], { leaf: 2 }],
    ['a header', 'bridge/include/bridge.h', ['HEADER 1', 'HEADER 2'], { header: 2 }],
  ] as const)(
    '%s, and takes it back from the cache',
    async (_what, file, edit, changed) => {
      workspace.edit(file, edit[0], edit[1]);
      await expectState(changed);
      await workspace.git('checkout', '--quiet', '.');
      const back = await workspace.nx(['build', 'app']);
      expect(back).toMatchObject({ exitCode: 0, ran: [] });
      expect(await printed()).toBe(BEGIN);
    },
    120_000,
  );

  it.each([
    ['GOFLAGS', [], { GOFLAGS: '-tags=extra' }, { tag: 1 }],
    ['RUSTFLAGS', [], { RUSTFLAGS: '--cfg special' }, { special: 1 }],
    ['a feature', ['--features=extra'], {}, { tag: 1, extra: 1 }],
    ['CC', [], { CC: 'cc -DVARIANT=3' }, { variant: 3 }],
  ] as const)(
    '%s, and leaves no trace of it',
    async (_what, args, env, changed) => {
      await expectState(changed, args, env);
      await expectState({});
    },
    180_000,
  );

  it('the toolchain', async () => {
    await expectState({ channel: 2 }, [], { RUSTUP_TOOLCHAIN: await nightly() });
    await expectState({});
  }, 180_000);

  it('the C library', async () => {
    const newer = `#!/bin/sh\n[ "$1" = GNU_LIBC_VERSION ] && exec echo glibc 9.99\nexec /usr/bin/getconf "$@"\n`;
    workspace.write('.nx/newer/getconf', newer, 0o755);
    const PATH = `${workspace.path('.nx/newer')}:${workspace.environment()['PATH'] ?? ''}`;
    const run = await workspace.nx(['build', 'app'], { PATH });
    expect(run).toMatchObject({ exitCode: 0, cached: [] });
    expect(run.ran).toContain('bridge:build');
    expect(await printed()).toBe(BEGIN);
    expect(await workspace.nx(['build', 'app'])).toMatchObject({ exitCode: 0, ran: [] });
  }, 120_000);

  it('a branch that is switched, and switched back', async () => {
    await workspace.git('switch', '--quiet', '--create', 'other');
    workspace.edit('leaf/src/lib.rs', '= 1', '= 5');
    await workspace.commit('other');
    await expectState({ leaf: 5 });
    await workspace.git('checkout', '--quiet', '.');
    await workspace.git('switch', '--quiet', 'main');
    expect(await workspace.nx(['build', 'app'])).toMatchObject({ exitCode: 0, ran: [] });
    expect(await printed()).toBe(BEGIN);
  }, 120_000);

  it('the loss of what it made', async () => {
    workspace.remove('dist');
    workspace.remove('target');
    expect(await workspace.nx(['build', 'app'])).toMatchObject({ exitCode: 0, ran: [] });
    expect(await printed()).toBe(BEGIN);
  }, 60_000);
});

describe('a Rust program over Go follows', () => {
  /** Builds and tests, and holds that both say what was changed and nothing else. */
  async function expectHost(
    changed: Readonly<Record<string, number>>,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const want = changedIn(HOST_BEGIN, changed);
    workspace.write('host/tests/want', want);
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', '-p', 'host', ...args], env);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/host/host')).toBe(want);
  }

  it.each([
    ['Go', 'host/go/part.go', ['value = 1', 'value = 2'], { go: 2 }],
    ['Rust', 'host/src/main.rs', ['rust=1', 'rust=2'], { rust: 2 }],
    ['a header', 'host/go/part.h', ['HEADER 1', 'HEADER 2'], { header: 2 }],
  ] as const)(
    '%s, and takes it back from the cache',
    async (_what, file, edit, changed) => {
      workspace.edit(file, edit[0], edit[1]);
      await expectHost(changed);
      await workspace.git('checkout', '--quiet', '.');
      expect(await workspace.nx(['build', 'host'])).toMatchObject({ exitCode: 0, ran: [] });
      expect(await workspace.print('dist/host/host')).toBe(HOST_BEGIN);
    },
    180_000,
  );

  it.each([
    ['GOFLAGS', [], { GOFLAGS: '-tags=extra' }, { tag: 1 }],
    ['RUSTFLAGS', [], { RUSTFLAGS: '--cfg special' }, { special: 1 }],
    ['a feature', ['--features=extra'], {}, { extra: 1 }],
    ['CC', [], { CC: 'cc -DVARIANT=3' }, { variant: 3 }],
  ] as const)(
    '%s, and leaves no trace of it',
    async (_what, args, env, changed) => {
      await expectHost(changed, args, env);
      await expectHost({});
    },
    240_000,
  );

  it('the toolchain', async () => {
    await expectHost({ channel: 2 }, [], { RUSTUP_TOOLCHAIN: await nightly() });
    await expectHost({});
  }, 240_000);

  it('a branch that is switched, and switched back, and the loss of what it made', async () => {
    await workspace.git('switch', '--quiet', '--create', 'host');
    workspace.edit('host/go/part.go', 'value = 1', 'value = 5');
    await workspace.commit('host');
    await expectHost({ go: 5 });
    await workspace.git('checkout', '--quiet', '.');
    await workspace.git('clean', '--quiet', '--force', 'host');
    await workspace.git('switch', '--quiet', 'main');
    for (const place of ['dist/host', 'target']) workspace.remove(place);
    expect(await workspace.nx(['build', 'host'])).toMatchObject({ exitCode: 0, ran: [] });
    expect(await workspace.print('dist/host/host')).toBe(HOST_BEGIN);
  }, 180_000);
});

describe('builds that get in each other’s way, or have no room', () => {
  it('two at once, with other features, each make their own', async () => {
    const build = (args: readonly string[]) => workspace.nx(['build', 'bridge', '--skip-nx-cache', ...args]);
    const [plain, extra] = await Promise.all([build([]), build(['--features=extra'])]);
    expect([plain.exitCode, extra.exitCode]).toEqual([0, 0]);
    await expectState({});
    await expectState({ tag: 1, extra: 1 }, ['--features=extra']);
  }, 180_000);

  it('a dist that cannot be written is told of, and the next build mends it', async () => {
    workspace.edit('leaf/src/lib.rs', '= 1', '= 6');
    workspace.remove('dist');
    workspace.write('dist', 'a file where the folder should be');
    const run = await workspace.nx(['build', 'app']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[run/unwritable]');
    workspace.remove('dist');
    await expectState({ leaf: 6 });
  }, 120_000);

  it('a filesystem that is full is told of, nothing half-written stays, and the next build mends it', async () => {
    workspace.remove('dist');
    mkdirSync(workspace.path('dist'));
    const mount = (): Buffer =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', workspace.path('dist')]);
    try {
      mount();
    } catch (error) {
      // Only root may mount: elsewhere a folder that nobody may write to stands for it.
      chmodSync(workspace.path('dist'), 0o555);
      if (process.getuid?.() === 0) throw error;
    }
    try {
      workspace.edit('leaf/src/lib.rs', '= 1', '= 7');
      const run = await workspace.nx(['build', 'app']);
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain('error[run/unwritable]');
      expect(run.output).toContain('free space');
      expect(existsSync(workspace.path('dist/app/app'))).toBe(false);
      expect(workspace.filesBelow('dist')).toEqual([]);
    } finally {
      if (process.getuid?.() === 0) execFileSync('umount', [workspace.path('dist')]);
      else chmodSync(workspace.path('dist'), 0o755);
    }
    await expectState({ leaf: 7 });
  }, 120_000);
});
