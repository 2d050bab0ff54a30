import { parseGroutToml, validateBridgeName } from '#scaffold';
import { renderDiagnostic } from '#diagnostics';
import { cgoFile, crateToml, goMod, modelOf } from '#testing';
import { checkLinks } from './bare-links.js';
import type { BuildOptions } from './options.js';

type Texts = Readonly<Record<string, string>>;

function said(texts: Texts, root: string, side: 'go' | 'rust', options: BuildOptions = {}) {
  const projects = new Map(modelOf(texts).projects.map((project) => [project.root, project]));
  const project = [...projects.values()].find((candidate) => candidate.root === root);
  if (project === undefined) throw new Error(`no project in ${root}`);
  return checkLinks(project, side, projects, options);
}

const linking = (crate: string, file = cgoFile('#cgo LDFLAGS: -lcodec')): Texts => ({
  'libs/codec/Cargo.toml': crateToml(crate, ['staticlib']).replace('[lib]', '[lib]\nname = "codec"'),
  'libs/codec/src/lib.rs': '',
  'apps/api/go.mod': goMod('example.com/api'),
  'apps/api/codec.go': file,
});

it('says where a bare link is, what it links, why that matters, and the two ways out', () => {
  const [found, ...others] = said(linking('codec'), 'apps/api', 'go');
  expect(others).toEqual([]);
  expect(found && renderDiagnostic(found))
    .toBe(`warning[lint/bare-cgo-link]: this \`#cgo LDFLAGS\` line links the crate \`codec\` (libs/codec) without a bridge: no contract says what crosses, no handshake notices sides that were built apart, and nothing stops a panic at the boundary
  --> apps/api/codec.go:4:1
  help: scaffold a bridge with \`npx nx g nx-grout:bridge-module codec-bridge\`, let its Rust side call \`codec\`, and call its Go side here; or allow the link in grout.toml:
    [[lint.allow]]
    link = { from = "apps/api", to = "libs/codec" }
    why = "…"`);
});

it('shows an entry that allows what it complains of', () => {
  const [{ help = '' } = {}] = said(linking('codec'), 'apps/api', 'go');
  const entry = help.slice(help.indexOf('[[lint.allow]]'));
  expect(parseGroutToml('grout.toml', entry).diagnostics).toEqual([]);
  expect(said({ ...linking('codec'), 'grout.toml': entry }, 'apps/api', 'go')).toEqual([]);
});

it.each([
  ['codec', 'codec-bridge'],
  ['codec-rs', 'codec-bridge'],
  ['Codec_FFI', 'codec-bridge'],
  ['codec-bridge', 'codec-bridge'],
  ['core', 'core-bridge'],
  ['_9p', 'p-bridge'],
])('offers for the crate %s a bridge that may be called so', (crate, bridge) => {
  const [{ help = '' } = {}] = said(linking(crate), 'apps/api', 'go');
  expect(help).toContain(`nx-grout:bridge-module ${bridge}\``);
  expect(validateBridgeName(bridge)).toEqual([]);
});

it.each([
  [
    'cgo-pkg-config',
    linking('codec', cgoFile('#cgo pkg-config: codec')),
    'this `#cgo pkg-config` line links the crate `codec`',
  ],
  [
    'cgo-script',
    { ...linking('codec', 'package api\n'), 'apps/api/build.sh': 'CGO_LDFLAGS=-lcodec go build .\n' },
    'linker flags in this script link the crate `codec`',
  ],
])('says by what it is linked: %s', (_, texts, words) => {
  expect(said(texts, 'apps/api', 'go')).toEqual([
    expect.objectContaining({ message: expect.stringContaining(words) as unknown }),
  ]);
});

it('sends those who go around a bridge to the bridge', () => {
  const texts = {
    'grout.toml': '[bridges.pricing]\ndirectory = "libs/pricing"\n',
    'libs/pricing/rust/Cargo.toml': crateToml('pricing-rust', ['staticlib']),
    'libs/pricing/rust/src/lib.rs': '',
    'libs/pricing/go/go.mod': goMod('example.com/pricing-go'),
    'apps/api/go.mod': goMod('example.com/api'),
    'apps/api/api.go': cgoFile('#cgo LDFLAGS: -lpricing_rust'),
  };
  const [found] = said(texts, 'apps/api', 'go');
  expect(found?.message).toContain('(libs/pricing/rust) beside the bridge that is there for it');
  expect(found?.help).toContain('call the Go side of the bridge, which is in libs/pricing/go; or allow');
});

const LIBRARY: Texts = {
  'score/go.mod': goMod('example.com/score'),
  'score/main.go': 'package main\n',
  'player/Cargo.toml': crateToml('player'),
  'player/src/main.rs': '',
};

it.each([
  [
    'this build script links the Go module `example.com/score` (score)',
    'fn main() {\n    println!("cargo:rustc-link-search=native={}/../dist/score", env!("CARGO_MANIFEST_DIR"));\n}\n',
  ],
  [
    'this build script builds and links the Go module `example.com/score` (score)',
    'fn main() {\n    std::process::Command::new("go").args(["build", "-buildmode=c-archive", "."]).current_dir("../score").status();\n}\n',
  ],
])('says of a crate where it is asked to: %s', (words, script) => {
  const texts = { ...LIBRARY, 'player/build.rs': script, 'grout.toml': '[lint]\nbare-go-library = "error"\n' };
  const [found, ...others] = said(texts, 'player', 'rust');
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: 'lint/bare-go-library', severity: 'error', span: { line: 2 } });
  expect(found?.message).toContain(words);
  expect(found?.help).toContain('`npx nx g nx-grout:bridge-module player-bridge` where Go can be the one that calls');
  expect(found?.help).toContain('link = { from = "player", to = "score" }');
});

describe('an entry of the allow-list that allows nothing', () => {
  const unused = '\n[[lint.allow]]\nlink = { from = "api", to = "libs/codec" }\nwhy = "measured"\n';

  it('is told at its place', () => {
    const texts = { ...linking('codec', 'package api\n'), 'grout.toml': unused };
    expect(said(texts, 'apps/api', 'go').map((found) => renderDiagnostic(found))).toEqual([
      `warning[lint/unused-allowance]: nothing in \`api\` links \`libs/codec\` without a bridge, so this entry allows nothing
  --> grout.toml:2:1
  help: remove it, so that a link that comes later is noticed`,
    ]);
  });

  it('is told once in a folder with both languages', () => {
    const texts = {
      'both/Cargo.toml': crateToml('both'),
      'both/src/lib.rs': '',
      'both/go.mod': goMod('example.com/both'),
      'other/Cargo.toml': crateToml('other'),
      'other/src/lib.rs': '',
      'grout.toml': '[[lint.allow]]\nlink = { from = "both", to = "other" }\nwhy = "measured"\n',
    };
    expect([said(texts, 'both', 'go').length, said(texts, 'both', 'rust').length]).toEqual([1, 0]);
  });
});

it('makes errors of warnings that are denied', () => {
  const severities = said(linking('codec'), 'apps/api', 'go', { denyWarnings: true }).map(({ severity }) => severity);
  expect(severities).toEqual(['error']);
});
