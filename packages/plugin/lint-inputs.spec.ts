import { emitGroutLock, lockOf } from '#graph';
import { cgoFile, crateToml, goMod, locksOf } from '#testing';
import { nodesOf } from '../testing/nodes-of.js';

type Texts = Readonly<Record<string, string>>;

const BARE: Texts = {
  'codec/Cargo.toml': crateToml('codec', ['staticlib']),
  'codec/src/lib.rs': '',
  'api/go.mod': goMod('example.com/api'),
  'api/codec.go': cgoFile('#cgo LDFLAGS: -lcodec'),
  'apart/go.mod': goMod('example.com/apart'),
  'apart/apart.go': 'package apart\n',
};

const allow = (from: string, to: string): string =>
  `[[lint.allow]]\nlink = { from = "${from}", to = "${to}" }\nwhy = "measured"\n`;

/** Where nx sync has run: otherwise all of grout.toml counts for its features. */
function inputsOf(texts: Texts, root: string, target = 'lint'): unknown[] {
  const lock = emitGroutLock(lockOf(locksOf(texts), new Map()));
  return nodesOf({ ...texts, 'grout.lock.json': lock })[root]?.targets?.[target]?.inputs ?? [];
}

const GROUT_TOML = '{workspaceRoot}/grout.toml';

describe('grout.toml', () => {
  it.each([
    ['is bare', {}],
    ['is allowed', { 'grout.toml': allow('api', 'codec') }],
    ['is nothing to speak of', { 'grout.toml': '[lint]\nbare-cgo-link = "off"\n' }],
  ])('is an input of lint where a link %s, also before it is there', (_, more) => {
    expect(inputsOf({ ...BARE, ...more }, 'api')).toContain(GROUT_TOML);
  });

  it('is one where its list names a project that links nothing', () => {
    expect(inputsOf({ ...BARE, 'grout.toml': allow('apart', 'codec') }, 'apart')).toContain(GROUT_TOML);
  });

  it('is none of other projects, and of no other target', () => {
    const texts = { ...BARE, 'grout.toml': allow('api', 'codec') };
    expect(inputsOf(texts, 'apart')).not.toContain(GROUT_TOML);
    expect(inputsOf(texts, 'codec')).not.toContain(GROUT_TOML);
    for (const target of ['build', 'test']) expect(inputsOf(texts, 'api', target)).not.toContain(GROUT_TOML);
  });
});

describe('a link', () => {
  const MANIFEST = '{workspaceRoot}/codec/Cargo.toml';
  const BY_SCRIPT: Texts = {
    ...BARE,
    'api/codec.go': 'package api\n',
    'build.sh': 'cd api && CGO_LDFLAGS=-lcodec go build .\n',
  };

  it('that is reported counts by its place and by the manifest that names the crate', () => {
    expect(inputsOf(BY_SCRIPT, 'api')).toEqual(
      expect.arrayContaining([GROUT_TOML, '{workspaceRoot}/build.sh', MANIFEST]),
    );
  });

  it('that is allowed counts by its place, so that lint looks again when a file far away takes it away', () => {
    const inputs = inputsOf({ ...BARE, 'grout.toml': allow('api', 'codec') }, 'api');
    expect(inputs).toEqual(expect.arrayContaining([GROUT_TOML, '{workspaceRoot}/api/codec.go']));
    expect(inputs).not.toContain(MANIFEST);
    expect(inputsOf(BARE, 'api')).toContain(MANIFEST);
  });

  it('of a crate counts for its lint by the manifest of the module', () => {
    const texts = {
      'score/go.mod': goMod('example.com/score'),
      'score/main.go': 'package main\n',
      'player/Cargo.toml': crateToml('player'),
      'player/build.rs':
        'fn main() {\n    println!("cargo:rustc-link-search=native={}/../dist/score", env!("CARGO_MANIFEST_DIR"));\n}\n',
      'grout.toml': '[lint]\nbare-go-library = "warn"\n',
    };
    expect(inputsOf(texts, 'player')).toEqual(expect.arrayContaining([GROUT_TOML, '{workspaceRoot}/score/go.mod']));
  });
});

it('counts for the lint of the folder and of each language where both share one', () => {
  const texts = {
    'both/Cargo.toml': crateToml('both', ['staticlib']),
    'both/src/lib.rs': '',
    'both/go.mod': goMod('example.com/both'),
    'both/both.go': cgoFile('#cgo LDFLAGS: -lboth'),
  };
  for (const target of ['lint', 'lint-go', 'lint-rust']) expect(inputsOf(texts, 'both', target)).toContain(GROUT_TOML);
});
