import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import type { AbsolutePath } from '#paths';
import { modelOf } from '#testing';
import { NodeProcesses } from '#workspace';
import { syncGenerator } from '../sync/generator.js';
import { bridgeModuleGenerator } from './generator.js';

const emptyWorkspace = (): Tree => createTreeWithEmptyWorkspace({ formatter: 'none' });
const generate = (tree: Tree, name: string, options = {}) => bridgeModuleGenerator(tree, { name, ...options });
const text = (tree: Tree, path: string): string => tree.read(path, 'utf8') ?? `no ${path}`;
const changesOf = (tree: Tree): Record<string, string> =>
  Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, content?.toString() ?? '']));

describe('bridge-module', () => {
  it('writes a contract, a crate, a module and the runtimes, and no project.json', async () => {
    const tree = emptyWorkspace();
    const before = new Set(Object.keys(changesOf(tree)));
    await generate(tree, 'doc-index');
    const added = Object.keys(changesOf(tree)).filter((path) => !before.has(path) && !path.startsWith('libs/grout/'));
    expect(added.sort()).toEqual([
      '.gitignore',
      'Cargo.toml',
      'go.work',
      'grout.toml',
      'libs/doc-index/README.md',
      'libs/doc-index/contract/BOUNDARY.gen.md',
      'libs/doc-index/contract/buf.yaml',
      'libs/doc-index/contract/doc_index/v1/doc_index.proto',
      'libs/doc-index/contract/grout/v1/options.proto',
      'libs/doc-index/contract/vectors.gen.json',
      'libs/doc-index/go/api.gen.go',
      'libs/doc-index/go/bench.gen_test.go',
      'libs/doc-index/go/cmd/doc-index/main.go',
      'libs/doc-index/go/conformance.gen_test.go',
      'libs/doc-index/go/connect_mock.gen.go',
      'libs/doc-index/go/copy.gen.go',
      'libs/doc-index/go/doc-index.gen.h',
      'libs/doc-index/go/docindex_test.go',
      'libs/doc-index/go/fake.go',
      'libs/doc-index/go/go.mod',
      'libs/doc-index/go/go.sum',
      'libs/doc-index/go/inprocess.gen.go',
      'libs/doc-index/go/mock.gen.go',
      'libs/doc-index/go/nocgo.gen.go',
      'libs/doc-index/go/property.gen_test.go',
      'libs/doc-index/go/vectors.gen_test.go',
      'libs/doc-index/rust/Cargo.toml',
      'libs/doc-index/rust/src/generated/api.rs',
      'libs/doc-index/rust/src/generated/exports.rs',
      'libs/doc-index/rust/src/generated/mod.rs',
      'libs/doc-index/rust/src/generated/pack.rs',
      'libs/doc-index/rust/src/generated/property_tests.rs',
      'libs/doc-index/rust/src/generated/tests.rs',
      'libs/doc-index/rust/src/lib.rs',
      'rust-toolchain.toml',
    ]);
    expect(text(tree, 'libs/doc-index/rust/src/lib.rs')).toContain('impl DocIndex for Service');
    expect(text(tree, 'libs/doc-index/rust/Cargo.toml')).toContain('name = "doc_index_rust"');
    expect(text(tree, 'libs/grout/go/go.mod')).toBe('module example.com/virtual/grout-go\n\ngo 1.26\n');
    expect(text(tree, 'libs/grout/rust/Cargo.toml')).toMatch(
      /^\[package\]\nname = "grout-rust"\n[^]*\[lib\]\nname = "grout"\n/,
    );
    expect(Object.values(changesOf(tree)).filter((content) => content.includes('<%'))).toEqual([]);
  });

  it('asks registries for what its tests of random values need, and for nothing else', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'pricing');
    expect(text(tree, 'libs/pricing/go/go.mod')).toContain(
      'require example.com/virtual/grout-go v0.0.0\nrequire pgregory.net/rapid v1.3.0\n',
    );
    expect(text(tree, 'libs/pricing/go/go.sum')).toMatch(
      /^pgregory\.net\/rapid v1\.3\.0 h1:\S+=\npgregory\.net\/rapid v1\.3\.0\/go\.mod h1:\S+=\n$/,
    );
    expect(text(tree, 'libs/pricing/rust/Cargo.toml')).toMatch(
      /\n\[dev-dependencies\]\nproptest = \{ version = "1\.\d+", default-features = false, features = \["std"\] \}\n$/,
    );
    expect(text(tree, 'grout.toml')).toContain('directory = "libs/pricing"\nproperty-tests = true\n');
  });

  it('tells go where the modules lie that others require, which it would ask a registry for with a library from outside', async () => {
    const tree = emptyWorkspace();
    tree.write('go.work', 'go 1.26\n\nuse (\n\t./app\n\t./lib\n\t./known\n)\n');
    tree.write('lib/go.mod', 'module example.com/x/lib\n');
    tree.write('known/go.mod', 'module example.com/x/known\n');
    const requirements = ['lib v0.0.0', 'known v0.0.0', 'pricing-go v0.0.0'].map(
      (it) => `require example.com/x/${it}\n`,
    );
    tree.write(
      'app/go.mod',
      `module example.com/x/app\n${requirements.join('')}replace example.com/x/known => ../known\n`,
    );
    await generate(tree, 'pricing');
    expect(text(tree, 'go.work')).toMatch(
      /\)\n\nreplace example\.com\/x\/lib v0\.0\.0 => \.\/lib\nreplace example\.com\/x\/pricing-go v0\.0\.0 => \.\/libs\/pricing\/go\n$/,
    );
    expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
    tree.write('go.work', text(tree, 'go.work').replace(/\nreplace example\.com\/x\/lib.*/, ''));
    await expect(syncGenerator(tree)).rejects.toThrow(
      /generators\/missing-replacement[^]*require example\.com\/x\/lib v0\.0\.0, which nothing replaces[^]*go\.work:1:1[^]*run `go work edit -replace=example\.com\/x\/lib@v0\.0\.0=\.\/lib go\.work`/,
    );
    tree.write('grout.toml', text(tree, 'grout.toml').replace('property-tests = true\n', 'property-tests = false\n'));
    await syncGenerator(tree);
  });

  it.each(['rust', 'go', 'neither'])(
    '--no-propertyTests leaves them out with implementedIn=%s',
    async (implementedIn) => {
      const tree = emptyWorkspace();
      await generate(tree, 'pricing', { propertyTests: false, implementedIn });
      const written = changesOf(tree);
      expect(Object.keys(written).filter((path) => /^libs\/pricing\/.*(?:property|go\.sum)/.test(path))).toEqual([]);
      expect(Object.values(written).filter((content) => /pgregory|proptest/.test(content))).toEqual([]);
      expect(text(tree, 'go.work')).not.toContain('replace');
      expect(text(tree, 'grout.toml')).not.toContain('property-tests');
      expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
    },
  );

  it('writes a link that lint knows for that of the bridge, and that it would report elsewhere', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'doc-index', { directory: 'core' });
    const lintOf = (texts: Record<string, string>) =>
      modelOf(texts).projects.find(({ root }) => root === 'core/doc-index/go')?.lint;
    expect(lintOf(changesOf(tree))).toEqual({ bareLinks: [], unused: [] });
    expect(lintOf({ ...changesOf(tree), 'grout.toml': '' })?.bareLinks).toHaveLength(1);
  });

  it('writes what sync finds in order, byte by byte', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'pricing');
    const before = changesOf(tree);
    expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
    expect(changesOf(tree)).toMatchObject(before);
  });

  it('writes a contract that buf finds nothing to say about', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'doc-index');
    const folder = mkdtempSync(join(tmpdir(), 'grout-lint-')) as AbsolutePath;
    try {
      const root = 'libs/doc-index/contract/';
      for (const [path, content] of Object.entries(changesOf(tree)).filter(([file]) => file.startsWith(root))) {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const buf = createRequire(import.meta.url).resolve('@bufbuild/buf/bin/buf');
      const lint = { program: process.execPath, args: [buf, 'lint', root], cwd: folder };
      expect(await new NodeProcesses().capture(lint)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      const format = { ...lint, args: [buf, 'format', '--diff', '--exit-code', root] };
      expect(await new NodeProcesses().capture(format)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('brings the runtimes once and keeps what the user made of them', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'pricing', { goModulePrefix: 'example.com/acme/' });
    tree.write('libs/grout/go/go.mod', 'module example.com/other/rt\n\ngo 1.26\n');
    await generate(tree, 'billing', { directory: 'more/libs' });
    expect(tree.exists('more/libs/grout')).toBe(false);
    expect(text(tree, 'more/libs/billing/go/go.mod')).toContain(
      'replace example.com/other/rt => ../../../../libs/grout/go\n',
    );
    expect(text(tree, 'more/libs/billing/rust/Cargo.toml')).toContain('path = "../../../../libs/grout/rust"');
    expect(text(tree, 'libs/grout/go/go.mod')).toContain('example.com/other/rt');
    expect(text(tree, 'go.work').match(/libs\/grout\/go/g)).toHaveLength(1);
    expect(text(tree, 'grout.toml')).toContain('[bridges.billing]\ndirectory = "more/libs/billing"\n');
  });

  it('adds to the manifests that are there, comments and order kept', async () => {
    const tree = emptyWorkspace();
    tree.write('Cargo.toml', '# ours\n[workspace]\nmembers = [\n  "crates/*", # all\n]\n');
    tree.write('go.work', 'go 1.26.8\n\nuse ./z // last\nuse ./a\n');
    tree.write('z/go.mod', 'module example.com/shop/z\n');
    tree.write('a/go.mod', 'module example.com/shop/a\n');
    await generate(tree, 'pricing');
    expect(text(tree, 'Cargo.toml')).toBe(
      '# ours\n[workspace]\nmembers = [\n  "crates/*", # all\n  "libs/grout/rust",\n  "libs/pricing/rust",\n]\n',
    );
    expect(text(tree, 'go.work')).toBe(
      'go 1.26.8\n\nuse ./z // last\nuse ./a\nuse ./libs/grout/go\nuse ./libs/pricing/go\n\nreplace example.com/shop/pricing-go v0.0.0 => ./libs/pricing/go\n',
    );
    expect(text(tree, 'libs/pricing/go/go.mod')).toContain('module example.com/shop/pricing-go\n');
  });

  it('makes workspaces around what stood alone without changing how that builds', async () => {
    const tree = emptyWorkspace();
    tree.write('tools/x/Cargo.toml', '[package]\nname = "x"\n');
    tree.write('tools/x/inner/Cargo.toml', '[package]\nname = "inner"\n');
    tree.write('api/go.mod', 'module example.com/shop/api\n\ngo 1.27\n');
    await generate(tree, 'pricing');
    expect(text(tree, 'Cargo.toml')).toContain('exclude = [\n    "tools/x",\n]\n');
    expect(text(tree, 'go.work')).toContain('go 1.27\n\nuse (\n\t./api\n\t./libs/grout/go\n\t./libs/pricing/go\n)\n');
  });

  it('joins the nearest Cargo workspace and go.work above it', async () => {
    const tree = emptyWorkspace();
    tree.write('libs/Cargo.toml', '[workspace]\nmembers = []\n');
    tree.write('libs/go.work', 'go 1.26\n');
    await generate(tree, 'pricing');
    expect(text(tree, 'libs/Cargo.toml')).toBe('[workspace]\nmembers = ["grout/rust", "pricing/rust"]\n');
    expect(text(tree, 'libs/go.work')).toBe(
      'go 1.26\n\nuse (\n\t./grout/go\n\t./pricing/go\n)\n\nreplace example.com/virtual/pricing-go v0.0.0 => ./pricing/go\n',
    );
    expect([tree.exists('Cargo.toml'), tree.exists('go.work')]).toEqual([false, false]);
  });

  it.each<[string, Record<string, string>, Record<string, string>, RegExp]>([
    ['a keyword', {}, { name: 'func' }, /"func" cannot be the name of a bridge: it is a word of Go/],
    ['an illegal name', {}, { name: 'Pricing!' }, /lower-case letters/],
    ['a folder outside', {}, { directory: '../x' }, /generators\/directory.*outside the workspace/],
    ['a folder that go skips', {}, { directory: '_libs' }, /go or cargo would not find it/],
    ['a module path that is none', {}, { goModulePrefix: 'https://x' }, /--goModulePrefix=example.com\/acme/],
    ['a folder with files', { 'libs/pricing/a.txt': '' }, {}, /already a folder with files, in libs\/pricing/],
    ['the place of the runtimes taken', { 'libs/grout/a.txt': '' }, {}, /already a folder with files, in libs\/grout/],
    [
      'a crate',
      { 'x/Cargo.toml': '[package]\nname = "pricing_rust"\n' },
      {},
      /already a crate pricing_rust[^]*x\/Cargo.toml:2:/,
    ],
    [
      'a module',
      { 'x/go.mod': 'module h.io/pricing-go/v2\n' },
      {},
      /already a Go module h.io\/pricing-go\/v2[^]*x\/go.mod:1:8/,
    ],
    [
      'a project',
      { 'x/project.json': '{"name":"pricing-go"}' },
      {},
      /already a project pricing-go, in x\/project.json/,
    ],
    [
      'a bridge',
      { 'grout.toml': '[bridges.pricing]\ndirectory = "x"\n' },
      {},
      /already a bridge named pricing[^]*grout.toml:1:1/,
    ],
    ['an old go.work', { 'go.work': 'go 1.22\n' }, {}, /go.work:1:\d[^]*go work edit -go=1.26/],
    ['a broken go.work', { 'go.work': 'go 1.26\nuse (\n' }, {}, /go.work:\d/],
    ['a broken grout.toml', { 'grout.toml': '[bridges\n' }, {}, /scaffold\/broken-toml[^]*grout.toml:1:/],
  ])('refuses %s and writes nothing', async (_, files, options, message) => {
    const tree = emptyWorkspace();
    for (const [path, content] of Object.entries(files)) tree.write(path, content);
    const before = changesOf(tree);
    await expect(bridgeModuleGenerator(tree, { name: 'pricing', ...options })).rejects.toThrow(message);
    expect(changesOf(tree)).toEqual(before);
  });

  describe('beside a bridge that is broken', () => {
    const withBroken = async (path: string, content?: string): Promise<Tree> => {
      const tree = emptyWorkspace();
      await generate(tree, 'money', { implementedIn: 'neither' });
      if (content === undefined) tree.delete(path);
      else tree.write(path, content);
      return tree;
    };
    const proto = 'libs/money/contract/money/v1/money.proto';

    it.each([
      ['without a manifest', 'libs/money/go/go.mod', undefined],
      ['with a broken manifest', 'libs/money/rust/Cargo.toml', '[package\n'],
      ['with a broken contract', proto, 'message {'],
      ['with a contract that imports what is gone', proto, 'syntax = "proto3";\nimport "gone/v1/gone.proto";\n'],
    ])('%s scaffolds one that has nothing to do with it', async (_what, path, content) => {
      const tree = await withBroken(path, content);
      await generate(tree, 'pricing');
      expect(text(tree, 'libs/pricing/go/api.gen.go')).toContain('package pricing');
    });

    it('refuses one that imports it, and says what is wrong', async () => {
      const tree = await withBroken('libs/money/go/go.mod');
      const templateDir = mkdtempSync(join(tmpdir(), 'nx-grout-templates-'));
      try {
        const folder = join(templateDir, 'contract', 'own', 'v1');
        mkdirSync(folder, { recursive: true });
        writeFileSync(
          join(folder, 'own.proto'),
          'syntax = "proto3";\npackage own.v1;\nimport "money/v1/money.proto";\n',
        );
        await expect(generate(tree, 'own', { templateDir })).rejects.toThrow(
          /generators\/missing-manifest[^]*libs\/money\/go\/go\.mod is not there/,
        );
      } finally {
        rmSync(templateDir, { recursive: true });
      }
    });
  });

  it('refuses to edit a Cargo.toml that is broken', async () => {
    const tree = emptyWorkspace();
    tree.write('Cargo.toml', '[workspace]\nmembers = [\n');
    await expect(generate(tree, 'pricing')).rejects.toThrow(/scaffold\/broken-toml[^]*Cargo.toml:3:1/);
  });
});

describe('bridge-module --implementedIn=neither', () => {
  it('writes messages for other bridges to use, which sync finds in order', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'doc-index', { implementedIn: 'neither' });
    const before = changesOf(tree);
    const root = 'libs/doc-index/';
    const written = Object.keys(before).filter((path) => path.startsWith(root));
    expect(written.map((path) => path.slice(root.length)).sort()).toEqual([
      'README.md',
      'contract/BOUNDARY.gen.md',
      'contract/buf.yaml',
      'contract/doc_index/v1/doc_index.proto',
      'contract/grout/v1/options.proto',
      'contract/vectors.gen.json',
      'go/api.gen.go',
      'go/go.mod',
      'go/go.sum',
      'go/property.gen_test.go',
      'go/vectors.gen_test.go',
      'rust/Cargo.toml',
      'rust/src/generated/api.rs',
      'rust/src/generated/mod.rs',
      'rust/src/generated/pack.rs',
      'rust/src/generated/property_tests.rs',
      'rust/src/generated/tests.rs',
      'rust/src/lib.rs',
    ]);
    expect(Object.values(before).filter((content) => content.includes('<%'))).toEqual([]);
    expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
    expect(changesOf(tree)).toMatchObject(before);
  });

  it('writes what a service of Go can import as well as one of Rust', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'geo', { implementedIn: 'neither' });
    await generate(tree, 'pricing', { implementedIn: 'go' });
    const proto = 'libs/pricing/contract/pricing/v1/pricing.proto';
    const edited = text(tree, proto)
      .replace('import "grout', 'import "geo/v1/geo.proto";\nimport "grout')
      .replace('int64 sum = 1;', 'int64 sum = 1;\n  geo.v1.Geo place = 2;');
    tree.write(proto, edited);
    for (const [path, above, line] of [
      ['libs/pricing/rust/Cargo.toml', '[dependencies]\n', 'geo-rust = { path = "../../geo/rust" }'],
      ['libs/pricing/go/go.mod', 'go 1.26\n', 'require example.com/virtual/geo-go v0.0.0'],
    ] as const) {
      tree.write(path, text(tree, path).replace(above, `${above}${line}\n`));
    }
    await syncGenerator(tree);
    expect(text(tree, 'libs/pricing/go/api.gen.go')).toMatch(/Place +\*geo\.Geo/);
    expect(text(tree, 'libs/pricing/rust/src/generated/api.rs')).toContain('pub use geo_rust::{Geo, GeoKind};');
  });
});

describe('bridge-module --implementedIn=go', () => {
  it('writes a module that is built as an archive, and a crate that waits for it', async () => {
    const tree = emptyWorkspace();
    const before = new Set(Object.keys(changesOf(tree)));
    await generate(tree, 'doc-index', { implementedIn: 'go', directory: 'core' });
    const added = Object.keys(changesOf(tree)).filter(
      (path) => !before.has(path) && path.startsWith('core/doc-index/'),
    );
    expect(added.map((path) => path.slice('core/doc-index/'.length)).sort()).toEqual([
      'README.md',
      'contract/BOUNDARY.gen.md',
      'contract/buf.yaml',
      'contract/doc_index/v1/doc_index.proto',
      'contract/grout/v1/options.proto',
      'contract/vectors.gen.json',
      'go/api.gen.go',
      'go/cmd/doc-index-archive/doc-index.gen.h',
      'go/cmd/doc-index-archive/exports.gen.go',
      'go/cmd/doc-index-archive/main.go',
      'go/go.mod',
      'go/go.sum',
      'go/project.json',
      'go/property.gen_test.go',
      'go/server.gen.go',
      'go/service.go',
      'go/service_test.go',
      'go/vectors.gen_test.go',
      'rust/Cargo.toml',
      'rust/build.rs',
      'rust/src/bin/doc-index.rs',
      'rust/src/fake.rs',
      'rust/src/generated/api.rs',
      'rust/src/generated/client.rs',
      'rust/src/generated/conformance.rs',
      'rust/src/generated/mock.rs',
      'rust/src/generated/mod.rs',
      'rust/src/generated/pack.rs',
      'rust/src/generated/property_tests.rs',
      'rust/src/generated/tests.rs',
      'rust/src/lib.rs',
      'rust/tests/doc_index.rs',
    ]);
    expect(Object.values(changesOf(tree)).filter((content) => content.includes('<%'))).toEqual([]);
    const { edges } = modelOf(changesOf(tree));
    expect(edges).toContainEqual(
      expect.objectContaining({ from: 'core/doc-index/rust', to: 'core/doc-index/go', kind: 'go-library' }),
    );
  });

  it('writes what sync finds in order; the feature that links Go is not one of Go', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'pricing', { implementedIn: 'go' });
    const before = changesOf(tree);
    expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
    expect(changesOf(tree)).toMatchObject(before);
    expect(text(tree, 'libs/pricing/rust/src/generated/client.rs')).toContain('features: &[],');
  });
});

describe('bridge-module with templates of the team', () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'grout-templates-'));
  const contract = (body: string): string =>
    `syntax = "proto3";\npackage <%= snake %>.v1;\nimport "grout/v1/options.proto";\n${body}`;

  async function generateFrom(templates: Record<string, string>, tree = emptyWorkspace()): Promise<Tree> {
    const templateDir = folder();
    try {
      for (const [path, content] of Object.entries(templates)) {
        mkdirSync(join(templateDir, path, '..'), { recursive: true });
        writeFileSync(join(templateDir, path), content);
      }
      await bridgeModuleGenerator(tree, { name: 'pricing', templateDir }, new NodeProcesses());
      return tree;
    } finally {
      rmSync(templateDir, { recursive: true });
    }
  }

  it('writes these instead of its own', async () => {
    const tree = await generateFrom({
      'contract/own.proto.template': contract(
        'service <%= pascal %> {\n  option (grout.v1.service) = {abi_major: 1};\n  rpc Ping(P) returns (P);\n}\nmessage P {}\n',
      ),
      'NOTES.md.template': '<%= kebab %>\n',
    });
    expect(text(tree, 'libs/pricing/NOTES.md')).toBe('pricing\n');
    expect(text(tree, 'libs/pricing/rust/src/generated/api.rs')).toContain('fn ping');
    expect(tree.exists('libs/pricing/rust/src/lib.rs')).toBe(false);
  });

  it('can import the messages of a bridge that is there', async () => {
    const tree = emptyWorkspace();
    await generate(tree, 'geo', { implementedIn: 'neither' });
    const templates = {
      'contract/own.proto.template': contract(
        'import "geo/v1/geo.proto";\nservice <%= pascal %> {\n  option (grout.v1.service) = {abi_major: 1};\n  rpc Ping(geo.v1.Geo) returns (P);\n}\nmessage P {}\n',
      ),
      'go/go.mod.template': 'module <%= goModule %>\n\ngo <%= goVersion %>\n',
      'rust/Cargo.toml.template':
        '[package]\nname = "<%= rustPackage %>"\n\n[dependencies]\ngeo-rust = { path = "../../geo/rust" }\n',
    };
    await generateFrom(templates, tree);
    expect(text(tree, 'libs/pricing/contract/geo/v1/geo.proto')).toContain('libs/geo/contract/geo/v1/geo.proto');
    expect(text(tree, 'libs/pricing/go/api.gen.go')).toContain('geo "example.com/virtual/geo-go"');
    expect(text(tree, 'libs/pricing/go/go.mod')).toContain('require pgregory.net/rapid v');
    expect(text(tree, 'libs/pricing/rust/Cargo.toml')).toContain('\n[dev-dependencies]\nproptest = ');
    expect((await syncGenerator(tree)).outOfSyncDetails).toEqual(['grout.lock.json']);
  });

  it('says where their contract is wrong', async () => {
    const broken = {
      'contract/own.proto.template': contract('service Pricing {\n  rpc Ping(Pong) returns (Pong);\n}\n'),
    };
    await expect(generateFrom(broken)).rejects.toThrow(/own\.proto:5:12[^]*rpc Ping\(Pong\)/);
    const unsupported = { 'contract/own.proto.template': contract('') };
    await expect(generateFrom(unsupported)).rejects.toThrow(/contract\/no-service/);
  });
});
