import { cargoLock, lines } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

/** A program that prints which switches its own files and those of the linked crate were built with. */
const FILES: Files = {
  'grout.toml': lines(
    '[features.simd]',
    'cargo = ["avx"]',
    'go-tags = ["simd_go"]',
    '',
    '[features.fast]',
    'cargo = []',
    'go-tags = []',
    'requires = ["simd"]',
    '',
    '[features.small]',
    'cargo = []',
    'go-tags = ["small"]',
    'conflicts = ["simd"]',
    '',
    '[features.named]',
    'default = true',
  ),
  'engine/Cargo.toml': lines(
    '[package]',
    'name = "engine"',
    'version = "0.1.0"',
    'edition = "2021"',
    '',
    '[lib]',
    'crate-type = ["staticlib"]',
    '',
    '[features]',
    'avx = []',
    'named = []',
  ),
  'engine/Cargo.lock': cargoLock({ engine: [] }),
  'engine/src/lib.rs': lines(
    '#[no_mangle]',
    'pub extern "C" fn engine_features() -> u32 {',
    '    u32::from(cfg!(feature = "avx")) + 10 * u32::from(cfg!(feature = "named"))',
    '}',
  ),
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  // A target of another plugin in the chain: it writes what it was told.
  'tool/project.json': JSON.stringify({
    name: 'tool',
    targets: {
      build: { executor: 'nx:run-commands', options: { command: `sh -c 'echo "told:$*" > tool/told.txt' tool` } },
    },
  }),
  'app/project.json': JSON.stringify({
    implicitDependencies: ['tool'],
    targets: { build: { dependsOn: ['...', '^build'] } },
  }),
  'app/main.go': `package main

/*
#cgo LDFLAGS: -lengine -lm -ldl -lpthread
#include <stdint.h>
uint32_t engine_features(void);
*/
import "C"
import "fmt"

var tags []string

func main() { fmt.Println("rust", int(C.engine_features()), "go", tags) }
`,
  ...Object.fromEntries(
    ['simd_go', 'small', 'named'].map((tag) => [
      `app/tag_${tag}_on.go`,
      `//go:build ${tag}\n\npackage main\n\nfunc init() { tags = append(tags, "${tag}") }\n`,
    ]),
  ),
};

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create({ ...nxFiles(), ...FILES });
}, 120_000);

afterAll(removeWorkspaces);

async function built(...args: string[]): Promise<string> {
  const run = await workspace.nx(['build', 'app', ...args]);
  expect(run).toMatchObject({ exitCode: 0 });
  return (await workspace.print('dist/app/app')).trim();
}

describe('one name for a feature, whatever the sides call it', () => {
  it('is what grout.toml says on each side, with what is on by default', async () => {
    expect(await built()).toBe('rust 10 go [named]');
    expect(await built('--features=simd')).toBe('rust 11 go [named simd_go]');
  });

  it('brings what it requires, and leaves the defaults out where that is asked for', async () => {
    expect(await built('--features=fast', '--no-default-features')).toBe('rust 1 go [simd_go]');
  });

  it('is no business of a target of another plugin in the chain', async () => {
    expect(await built('--features=simd', '--profile=release')).toBe('rust 11 go [named simd_go]');
    expect(workspace.read('tool/told.txt')).toBe('told:\n');
  });

  it('comes from the cache again, with the right bytes', async () => {
    const run = await workspace.nx(['build', 'app', '--features=simd']);
    expect(run).toMatchObject({ exitCode: 0, ran: ['tool:build'], cached: ['app:build', 'engine:build'] });
    expect((await workspace.print('dist/app/app')).trim()).toBe('rust 11 go [named simd_go]');
  });

  it('follows grout.toml', async () => {
    workspace.edit('grout.toml', 'default = true', 'default = false');
    expect(await built()).toBe('rust 0 go []');
    workspace.edit('grout.toml', 'default = false', 'default = true');
    expect(await built()).toBe('rust 10 go [named]');
    const rules = workspace.read('grout.toml');
    workspace.write('grout.toml', '');
    expect(await built()).toBe('rust 0 go []');
    workspace.write('grout.toml', rules);
    expect(await built()).toBe('rust 10 go [named]');
  });

  it('is refused with what it conflicts with, at its place', async () => {
    const run = await workspace.nx(['build', 'app', '--features=small,fast']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[plan/conflicting-features]');
    expect(run.output).toContain('grout.toml:10:1');
    expect(run.output).toContain('`simd` (required by `fast`)');
  });

  it('is warned of where nobody declares what it stands for', async () => {
    workspace.edit('grout.toml', '"simd_go"', '"simd_og"');
    const run = await workspace.nx(['show', 'projects']);
    expect(run.exitCode).toBe(0);
    expect(run.output).toContain('warning[plan/undeclared-feature]');
    expect(run.output).toContain('grout.toml:1:1');
    workspace.edit('grout.toml', '"simd_og"', '"simd_go"');
  });
});
