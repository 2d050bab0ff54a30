import { cargoLock, lines } from './fixtures/manifests.js';
import { type Files, json, removeWorkspaces, syncedNxFiles, Workspace } from './harness/workspace.js';

const crate = (name: string, ...more: readonly string[]): string =>
  lines('[package]', `name = "${name}"`, 'version = "0.1.0"', 'edition = "2021"', ...more);

const goMod = (name: string): string => lines(`module example.com/${name}`, '', 'go 1.26');

/** Cargo.lock with one crate from outside, which nothing here ever builds. */
const lockWith = (itoa: string): string =>
  cargoLock({ core: ['itoa'], ffi: ['core'], lone: [] }) +
  lines('', '[[package]]', 'name = "itoa"', `version = "${itoa}"`, 'source = "registry+https://example.com"');

/** The program `shop` imports `bridge`, which links the crate `ffi`, which depends on `core`; `tools` has two commands. */
const FILES: Files = {
  ...syncedNxFiles(),
  'Cargo.toml': lines('[workspace]', 'resolver = "2"', 'members = ["crates/*"]'),
  'Cargo.lock': lockWith('1.0.9'),
  'crates/core/Cargo.toml': crate('core', '[dependencies]', 'itoa = "1"'),
  'crates/core/src/lib.rs': '',
  'crates/core/tests/adds.rs': '',
  'crates/core/README.md': '# core\n',
  'crates/ffi/Cargo.toml': crate(
    'ffi',
    '[lib]',
    'crate-type = ["staticlib"]',
    '[dependencies]',
    'core = { path = "../core" }',
  ),
  'crates/ffi/src/lib.rs': '',
  'crates/lone/Cargo.toml': crate('lone'),
  'crates/lone/src/lib.rs': '',
  'go.work': lines('go 1.26', '', 'use (', '\t./apps/shop', '\t./libs/bridge', '\t./tools', ')'),
  'apps/shop/go.mod': goMod('shop'),
  'apps/shop/main.go': lines('package main', '', 'import "example.com/bridge"', '', 'func main() { bridge.Call() }'),
  'libs/bridge/go.mod': goMod('bridge'),
  'libs/bridge/bridge.go': lines('package bridge', '', '// #cgo LDFLAGS: -lffi', 'import "C"', '', 'func Call() {}'),
  'libs/bridge/bridge_test.go': lines('package bridge'),
  'tools/go.mod': goMod('tools'),
  'tools/cmd/one/main.go': lines('package main', '', 'import _ "example.com/tools/internal/x"', '', 'func main() {}'),
  'tools/cmd/two/main.go': lines('package main', '', 'func main() {}'),
  'tools/internal/x/x.go': lines('package x'),
  'docs/project.json': json({ name: 'docs', targets: { build: { executor: 'nx:noop' } } }),
};

const CHAIN =
  'shop imports bridge (apps/shop/main.go:3), bridge links ffi (libs/bridge/bridge.go:3), ffi depends on core (crates/ffi/Cargo.toml:8)';

describe('explain', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(FILES);
    await workspace.nx(['sync']);
    await workspace.commit('begin');
  }, 300_000);
  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '.');
    await workspace.git('clean', '--quiet', '-d', '--force');
  });
  afterAll(removeWorkspaces);

  /** What it prints, without Nx's own heading. */
  async function explain(...args: readonly string[]): Promise<string> {
    const run = await workspace.nx(['g', 'nx-grout:explain', ...args]);
    if (run.exitCode !== 0) throw new Error(run.output);
    return run.output.replace(/^[^]*?Generating nx-grout:explain\s*/, '').trim();
  }

  it('prints the edges of a project with the lines that show them, and writes nothing', async () => {
    const text = await explain('shop');
    expect(text).toContain('shop needs:\n  go-import  bridge (libs/bridge)  apps/shop/main.go:3');
    expect(text).toContain('ffi (crates/ffi): shop imports bridge (apps/shop/main.go:3), bridge links ffi');
    expect(await explain('apps/shop', '--dry-run')).toContain(text);
    expect(await explain('core')).toContain('cargo-dependency  ffi (crates/ffi)  crates/ffi/Cargo.toml:8');
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 120_000);

  describe('agrees with nx affected and says why', () => {
    interface Edit {
      readonly apply: () => unknown;
      /** Tasks as `project` or `project:target`, with words that the answer has. */
      readonly asked: Readonly<Record<string, string>>;
    }
    const edit = (path: string, before: string, after: string) => (): void => {
      workspace.edit(path, before, after);
    };
    const write =
      (...paths: readonly string[]) =>
      (): void => {
        for (const path of paths) workspace.write(path, '// new\n');
      };
    const bump = (): void => {
      workspace.write('Cargo.lock', lockWith('1.0.10'));
    };

    const EDITS: Readonly<Record<string, Edit>> = {
      'a source across the seam': {
        apply: write('crates/core/src/lib.rs'),
        asked: { shop: `crates/core/src/lib.rs changed, a source of core\n    ${CHAIN}`, lone: 'lies outside lone' },
      },
      'a file that git does not know yet': {
        apply: write('crates/core/src/more.rs'),
        asked: { shop: 'crates/core/src/more.rs changed, a source of core' },
      },
      'what no build reads': {
        apply: () => {
          write('crates/core/README.md', 'crates/core/tests/adds.rs')();
          edit('libs/bridge/bridge_test.go', 'package bridge', 'package bridge\n\nconst X = 1')();
        },
        asked: {
          shop: 'crates/core/README.md: Markdown, which no build of a dependent reads',
          'core:test': 'crates/core/README.md, crates/core/tests/adds.rs changed, sources of core',
        },
      },
      'a package of one command': {
        apply: edit('tools/internal/x/x.go', 'package x', 'package x\n\nconst X = 1'),
        asked: {
          'tools:build-one': 'tools/internal/x/x.go changed, a source of tools',
          'tools:build-two': 'tools:build-two is not made from the package internal/x of tools',
        },
      },
      'an edge less': {
        apply: edit('apps/shop/main.go', 'import "example.com/bridge"', ''),
        asked: { shop: 'gone: shop imports bridge (apps/shop/main.go:3)', lone: 'lies outside lone' },
      },
      'a crate from outside': {
        apply: async () => {
          bump();
          await workspace.nx(['sync']);
        },
        asked: {
          shop: `locked dependencies of core changed: crate itoa 1.0.9 -> 1.0.10\n    ${CHAIN}`,
          lone: 'Cargo.lock: what it says to lone:build is the same',
        },
      },
      'a crate from outside, not synced': {
        apply: bump,
        asked: { ffi: 'Cargo.lock changed, all of which counts, as grout.lock.json does not follow it' },
      },
    };

    it.each(Object.entries(EDITS))(
      'about %s',
      async (_, { apply, asked }) => {
        await apply();
        for (const [name, words] of Object.entries(asked)) {
          const [project = '', target = 'build'] = name.split(':');
          const text = await explain(project, '--base=main', `--target=${target}`);
          const isAffected = (await affected(target)).includes(project);
          expect(text).toContain(`${project}:${target} is ${isAffected ? '' : 'not '}affected`);
          expect(text).toContain(words);
        }
      },
      240_000,
    );

    async function affected(target: string): Promise<string[]> {
      const run = await workspace.nx(['show', 'projects', '--affected', '-t', target, '--base=main', '--json']);
      return JSON.parse(run.output.split('\n').find((line) => line.startsWith('[')) ?? '') as string[];
    }
  });

  it('compares two commits without what the work tree holds besides', async () => {
    workspace.write('crates/core/src/lib.rs', '// one\n');
    await workspace.commit('one');
    workspace.write('crates/ffi/src/lib.rs', '// edited\n');
    const text = await explain('shop', '--base=HEAD~1', '--head=HEAD');
    expect(text).toContain(`a source of core\n    ${CHAIN}`);
    expect(text).not.toContain('crates/ffi/src/lib.rs');
    expect(await explain('shop', '--base=HEAD', '--head=HEAD')).toContain(
      'shop:build is not affected: nothing changed',
    );
  }, 120_000);

  it('tells what Nx knows of a project that another plugin makes', async () => {
    expect(await explain('docs')).toMatch(/^docs \(docs\) is neither a crate nor a Go module[^]*Targets:\n {2}build/);
  }, 60_000);

  it.each([
    [['shpo'], /there is no project `shpo`[^]*did you mean `shop`\?/],
    [['shop', '--base=main', '--target=biuld'], /there is no target `biuld` of shop[^]*did you mean `build`\?/],
    [['shop', '--base=nowhere'], /git does not take `nowhere`: fatal: bad revision 'nowhere'/],
    [['shop', '--target=build'], /that needs a commit to compare with[^]*--base=main/],
  ])(
    'refuses %j and says what was meant',
    async (args, message) => {
      const run = await workspace.nx(['g', 'nx-grout:explain', ...args]);
      expect([run.exitCode, run.output]).toEqual([1, expect.stringMatching(message)]);
    },
    60_000,
  );

  it('needs git for commits alone', async () => {
    workspace.write('.git-away/x', '');
    await workspace.run('mv', ['.git', '.git-away/git']);
    const plain = await explain('shop');
    const run = await workspace.nx(['g', 'nx-grout:explain', 'shop', '--base=main']);
    await workspace.run('mv', ['.git-away/git', '.git']);
    expect(plain).toContain('shop needs:');
    expect([run.exitCode, run.output]).toEqual([1, expect.stringContaining('in no git repository')]);
  }, 120_000);
});
