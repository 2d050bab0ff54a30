import { parseCargoManifest } from './index.js';

const FILE = 'crates/engine/Cargo.toml';

function parse(text: string) {
  const { value, diagnostics } = parseCargoManifest(FILE, text);
  if (value === undefined) throw new Error(`no manifest: ${JSON.stringify(diagnostics)}`);
  return { manifest: value, diagnostics };
}

/** `code line:column message` of each diagnostic. */
function summary(text: string): string[] {
  return parseCargoManifest(FILE, text).diagnostics.map(
    ({ code, span, message }) => `${code} ${span?.line ?? 0}:${span?.column ?? 0} ${message}`,
  );
}

describe('parseCargoManifest', () => {
  it('reads a bridge crate', () => {
    const { manifest, diagnostics } = parse(`[package]
name = "pricing-rust" # the seam
version.workspace = true
edition = "2024"
rust-version = "1.95"
build = "gen/build.rs"
default-run = "price"
workspace = "../.."

[lib]
name = "pricing"
crate-type = ["staticlib", "rlib"]

[[bin]]
name = "price"
path = "src/cli.rs"
required-features = ["cli"]

[features]
default = []
cli = ["dep:clap"]
`);
    expect(diagnostics).toEqual([]);
    expect(manifest.package).toEqual({
      name: 'pricing-rust',
      nameSpan: { file: FILE, line: 2, column: 1, endColumn: 5 },
      edition: '2024',
      rustVersion: '1.95',
      rustVersionSpan: { file: FILE, line: 5, column: 1, endColumn: 13 },
      build: 'gen/build.rs',
      autobins: true,
      workspaceRoot: '../..',
      defaultRun: 'price',
    });
    expect(manifest.lib).toEqual({ name: 'pricing', crateTypes: ['staticlib', 'rlib'], procMacro: false });
    expect(manifest.bins).toEqual([{ name: 'price', path: 'src/cli.rs', requiredFeatures: ['cli'] }]);
    expect(manifest.features).toEqual({ default: [], cli: ['dep:clap'] });
    expect(manifest.featureSpans['cli']).toEqual({ file: FILE, line: 21, column: 1, endColumn: 4 });
  });

  it('reads every kind of dependency, with its place', () => {
    const { manifest, diagnostics } = parse(`[package]
name = "a"
[dependencies]
serde = "1"
engine = { path = "../engine", version = "0.2", features = ["fast"], default-features = false }
alias = { package = "real-name", git = "https://example.com/x", optional = true }
shared.workspace = true
[dev-dependencies]
tester = { path = "../tester" }
[build_dependencies]
gobuild = "0.1"
[target.'cfg(unix)'.dependencies.nix]
path = "../nix"
`);
    expect(diagnostics).toEqual([]);
    const plain = { workspace: false, optional: false, defaultFeatures: true, features: [] };
    const at = (line: number, column: number, endColumn: number) => ({ file: FILE, line, column, endColumn });
    expect(manifest.dependencies).toEqual([
      { ...plain, key: 'serde', package: 'serde', kind: 'normal', version: '1', span: at(4, 1, 6) },
      {
        ...plain,
        ...{ key: 'engine', package: 'engine', kind: 'normal', path: '../engine', version: '0.2' },
        ...{ features: ['fast'], defaultFeatures: false, span: at(5, 1, 7) },
      },
      {
        ...plain,
        ...{ key: 'alias', package: 'real-name', kind: 'normal', git: 'https://example.com/x' },
        ...{ optional: true, span: at(6, 1, 6) },
      },
      { ...plain, key: 'shared', package: 'shared', kind: 'normal', workspace: true, span: at(7, 1, 7) },
      { ...plain, key: 'tester', package: 'tester', kind: 'dev', path: '../tester', span: at(9, 1, 7) },
      { ...plain, key: 'gobuild', package: 'gobuild', kind: 'build', version: '0.1', span: at(11, 1, 8) },
      {
        ...plain,
        ...{ key: 'nix', package: 'nix', kind: 'normal', target: 'cfg(unix)', path: '../nix', span: at(12, 34, 37) },
      },
    ]);
  });

  it('reads a virtual workspace with what its members inherit', () => {
    const { manifest, diagnostics } = parse(`[workspace]
members = ["crates/*", "libs/pricing/rust"]
exclude = ["crates/old"]
default-members = ["crates/app"]
[workspace.package]
version = "1.2.3"
edition = "2021"
rust-version = "1.80"
[workspace.dependencies]
engine = { path = "crates/engine" }
`);
    expect(diagnostics).toEqual([]);
    expect(manifest.package).toBeUndefined();
    expect(manifest.workspace).toMatchObject({
      members: ['crates/*', 'libs/pricing/rust'],
      exclude: ['crates/old'],
      defaultMembers: ['crates/app'],
      package: { version: '1.2.3', edition: '2021', rustVersion: '1.80' },
      dependencies: [{ key: 'engine', path: 'crates/engine', span: { line: 10, column: 1 } }],
    });
  });

  it('keeps only the patches that point at a folder', () => {
    const { manifest } = parse(`[workspace]
[patch.crates-io]
itoa = { path = "third_party/itoa" }
ryu = { git = "https://example.com/ryu" }
[patch."https://example.com/x"]
real = { package = "renamed", path = "x" }
[replace]
"old:0.1.0" = { path = "third_party/old" }
"https://example.com/y#named@0.2.0" = { path = "third_party/named" }
`);
    expect(manifest.patches.map(({ package: name, path }) => [name, path])).toEqual([
      ['itoa', 'third_party/itoa'],
      ['renamed', 'x'],
      ['old', 'third_party/old'],
      ['named', 'third_party/named'],
    ]);
  });

  it('reads what a root manifest says to its crates, whatever its order, layout and comments', () => {
    const { manifest, diagnostics } = parse(`cargo-features = ["profile-rustflags"]
[workspace]
resolver = "2"
members = ["a"]
[workspace.metadata.docs]
x = 1
[workspace.package]
version = "1.2.3" # of all
authors = ["a", "b"]
[workspace.dependencies]
serde = { version = "1", features = ["derive"] }
[workspace.lints.rust]
unsafe_code = "forbid"
[profile.release]
lto = true
codegen-units = 1
[patch.crates-io]
serde = { git = "https://example.com/serde" }
mine = { path = "x", package = "itoa" }
[replace]
"ryu:0.1.0" = { path = "third_party/ryu" }
`);
    expect(diagnostics).toEqual([]);
    expect(manifest.rootTables).toEqual({
      forAll: {
        'cargo-features': '["profile-rustflags"]',
        'profile.release': '{"codegen-units":1,"lto":true}',
        resolver: '"2"',
      },
      overrides: [
        { package: 'serde', entry: 'patch.crates-io {"git":"https://example.com/serde"}' },
        { package: 'itoa', entry: 'patch.crates-io {"package":"itoa","path":"x"}' },
        { package: 'ryu', entry: 'replace ryu:0.1.0 {"path":"third_party/ryu"}' },
      ],
      inheritable: {
        'package.version': '"1.2.3"',
        'package.authors': '["a","b"]',
        'dependencies.serde': '{"features":["derive"],"version":"1"}',
        lints: '{"rust":{"unsafe_code":"forbid"}}',
      },
    });
    const other = '[profile.release]\n# why\ncodegen-units = 1\nlto = true\n[workspace]\n';
    expect(parse(other).manifest.rootTables?.forAll).toEqual({ 'profile.release': '{"codegen-units":1,"lto":true}' });
  });

  it('tells what a crate inherits', () => {
    const { manifest } = parse(
      '[package]\nname = "a"\nversion.workspace = true\nlicense = { workspace = true }\n[lints]\nworkspace = true\n',
    );
    expect(manifest.inherited).toEqual(['package.version', 'package.license', 'lints']);
    expect(manifest.rootTables).toBeUndefined();
    expect(parse('[package]\nname = "a"\n[lints.rust]\nworkspace = "warn"\n').manifest.inherited).toEqual([]);
  });

  it.each([
    ['edition 2015 by default, with explicit binaries', '', false],
    ['edition 2015 with autobins', 'autobins = true', true],
    ['edition 2021', 'edition = "2021"', true],
    ['an inherited edition', 'edition.workspace = true', true],
    ['autobins off', 'edition = "2021"\nautobins = false', false],
  ])('decides on autobins: %s', (_lesson, fields, autobins) => {
    const { manifest } = parse(`[package]\nname = "a"\n${fields}\n[[bin]]\nname = "b"\n`);
    expect(manifest.package?.autobins).toBe(autobins);
  });

  it.each([
    ['build = false', false],
    ['build = true', 'build.rs'],
    ['', undefined],
  ])('reads %j as build script %j', (field, build) => {
    expect(parse(`[package]\nname = "a"\n${field}\n`).manifest.package?.build).toBe(build);
  });

  it('reads cargo’s older spellings', () => {
    const { manifest, diagnostics } = parse(`[project]
name = "old"
[lib]
crate_type = ["cdylib"]
proc_macro = false
[dev_dependencies]
a = { path = "a", default_features = false }
`);
    expect(diagnostics).toEqual([]);
    expect(manifest.package?.name).toBe('old');
    expect(manifest.lib?.crateTypes).toEqual(['cdylib']);
    expect(manifest.dependencies[0]).toMatchObject({ kind: 'dev', defaultFeatures: false });
  });

  it('is not confused by keys that objects have of their own', () => {
    const { manifest } = parse('[package]\nname = "a"\n[features]\n__proto__ = ["x"]\nconstructor = []\n');
    expect(Object.keys(manifest.features)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(manifest.features)).toBe(Object.prototype);
  });
});

describe('diagnostics of parseCargoManifest', () => {
  it.each([
    ['name = 3', 'cargo/wrong-type 2:1 `package.name` must be a string, but is an integer'],
    ['name = "a"\nedition = 2021', 'cargo/wrong-type 3:1 `package.edition` must be a string, but is an integer'],
    ['name = "a"\nrust-version = 1.70', 'cargo/wrong-type 3:1 `package.rust-version` must be a string, but is a float'],
    ['name = "a"\nautobins = "no"', 'cargo/wrong-type 3:1 `package.autobins` must be true or false, but is a string'],
    ['name = "a"\nbuild = 1979-05-27', 'cargo/wrong-type 3:1 `package.build` must be a path or false, but is a date'],
    ['name = "a"\n[features]\nx = "y"', 'cargo/wrong-type 4:1 `features.x` must be a list of strings, but is a string'],
    [
      'name = "a"\n[features]\nx = ["y", 3]',
      'cargo/wrong-type 4:1 `features.x` must be a list of strings, but has an element that is an integer',
    ],
    ['name = "a"\n[dependencies]\nx = true', 'cargo/wrong-type 4:1 `dependencies.x` must be a table, but is a boolean'],
    [
      'name = "a"\n[dependencies]\nx = { version = "1", optional = "yes" }',
      'cargo/wrong-type 4:22 `dependencies.x.optional` must be true or false, but is a string',
    ],
    [
      'name = "a"\n[bin]\nname = "b"',
      'cargo/wrong-type 3:2 `bin` must be an array of tables ([[bin]]), but is a table',
    ],
    [
      'name = "a"\n[[bin]]\nname = "b"\n[[bin]]\nname = ["c"]',
      'cargo/wrong-type 6:1 `bin[1].name` must be a string, but is a list',
    ],
    [
      'name = "a"\n[target."cfg(unix)"]\ndependencies = 9999999999999999999',
      'cargo/wrong-type 4:1 `target."cfg(unix)".dependencies` must be a table, but is an integer',
    ],
    ['version = "1"', 'cargo/missing-name 1:2 [package] has no name'],
    ['name = ""', 'cargo/missing-name 2:1 [package] has no name'],
    ['name = "a"\n[[bin]]\npath = "x.rs"', 'cargo/missing-name 3:3 [[bin]] has no name'],
  ])('[package] %j', (fields, wanted) => {
    expect(summary(`[package]\n${fields}\n`)).toEqual([wanted]);
  });

  it('keeps the rest of a manifest with a wrong field', () => {
    const { manifest } = parse(`[package]
name = "a"
version = 1
[lib]
crate-type = "cdylib"
[features]
x = ["y", 3]
[dependencies]
bad = 1
good = { path = "../good", features = "x" }
`);
    expect(manifest.package?.name).toBe('a');
    expect(manifest.lib?.crateTypes).toEqual([]);
    expect(manifest.features).toEqual({ x: ['y'] });
    expect(manifest.dependencies.map(({ key, path }) => [key, path])).toEqual([['good', '../good']]);
  });

  it('says that a manifest is empty', () => {
    expect(summary('# nothing\n')).toEqual([`cargo/no-package 1:1 ${FILE} has neither [package] nor [workspace]`]);
  });

  it.each([
    ['[package\nname = "a"', 1],
    ['[package]\nname = "a\n', 2],
    ['[package]\nname = "a"\nname = "b"\n', 3],
    ['[package]\r\nname = \r\n', 2],
  ])('places broken TOML %j on line %d', (text, line) => {
    const { value, diagnostics } = parseCargoManifest(FILE, text);
    expect(value).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: 'cargo/broken-toml', severity: 'error', span: { file: FILE, line } });
    expect(diagnostics[0]?.message).toMatch(/^crates\/engine\/Cargo\.toml is not valid TOML: [^\n]+$/);
    expect(diagnostics[0]?.help).toBeDefined();
  });

  it('names a merge conflict as such', () => {
    const text = '[package]\n<<<<<<< HEAD\nname = "a"\n=======\nname = "b"\n>>>>>>> other\n';
    expect(summary(text)).toEqual([`cargo/merge-conflict 2:1 ${FILE} has an unresolved merge conflict`]);
  });
});
