import { crateToml, factsOf, goMod } from '#testing';
import { resolveCrates } from './crates.js';
import { findEmbedEdges } from './go-embed.js';
import type { Edge } from './model.js';
import { resolveModules } from './modules.js';

const CRATES = {
  'rs/Cargo.toml': crateToml('rs-core', ['cdylib', 'staticlib']),
  'rs/src/lib.rs': '',
  'rs/src/main.rs': '',
};

function edgesOf(pattern: string, texts: Record<string, string> = {}, file = 'g/in/g.go'): Edge[] {
  const source = `package p\n\nimport _ "embed"\n\n//go:embed ${pattern}\nvar s []byte\n`;
  const facts = factsOf({ 'g/go.mod': goMod('example.com/g'), ...CRATES, [file]: source, ...texts });
  return findEmbedEdges(resolveCrates(facts).crates, resolveModules(facts), facts.files, {});
}

const found = (pattern: string, texts?: Record<string, string>): string[] =>
  edgesOf(pattern, texts).map(({ to }) => to);

describe('//go:embed', () => {
  it.each(['librs_core.so', 'bin/librs_core.a', 'librs_core.dylib', 'all:rs_core.wasm', '"rs-core"', 'rs-core.exe'])(
    'of %s names the crate that makes it',
    (pattern) => {
      expect(found(pattern)).toEqual(['rs']);
    },
  );

  it.each([
    ['a file that is committed', 'rs_core.wasm', { 'g/in/rs_core.wasm': '' }],
    ['a folder of committed files', 'rs-core', { 'g/in/rs-core/index.html': '' }],
    ['a file that nothing here makes', 'other.wasm', {}],
    ['a name with a wildcard', '*.wasm', {}],
    ['a file that only begins alike', 'librs_core.so.txt', {}],
    ['a file that two crates make', 'rs-core', { 'b/Cargo.toml': crateToml('b', [], '[[bin]]\nname = "rs-core"\n') }],
    ['a program of Go', 'rs-core', { 'g/cmd/rs-core/main.go': 'package main\n' }],
    ['an rlib', 'libplain.rlib', { 'b/Cargo.toml': crateToml('plain'), 'b/src/lib.rs': '' }],
  ])('of %s names none', (_, pattern, texts) => {
    expect(found(pattern, texts)).toEqual([]);
  });

  it('in a file that no build takes, or in a string, names none', () => {
    const text = 'package p\n\nimport _ "embed"\n\nvar s = `\n//go:embed rs_core.wasm\n`\n';
    expect(found('', { 'g/in/g.go': text })).toEqual([]);
    const ignored = '//go:build ignore\n\npackage p\n\nimport _ "embed"\n\n//go:embed rs_core.wasm\nvar s []byte\n';
    expect(found('', { 'g/in/g.go': ignored })).toEqual([]);
  });

  it('gives an edge with its package and place; that of a test file is for tests', () => {
    const edge = { from: 'g', to: 'rs', kind: 'go-embed', fromPackage: 'in' };
    const place = { line: 5, column: 19, endColumn: 31 };
    expect(edgesOf('"x y.txt" rs_core.wasm')[0]?.evidence).toEqual({
      ...place,
      file: 'g/in/g.go',
      column: 22,
      endColumn: 34,
    });
    expect(edgesOf('a.txt  rs_core.wasm', {}, 'g/in/g_test.go')).toEqual([
      { ...edge, evidence: { file: 'g/in/g_test.go', ...place }, testOnly: true },
    ]);
  });
});
