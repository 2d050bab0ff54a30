import { cgoFile, crateToml, factsOf, goMod } from '#testing';
import { resolveCrates } from './crates.js';
import type { Edge } from './model.js';
import { resolveModules } from './modules.js';
import { findPkgConfigEdges } from './pkg-config.js';

function edgesOf(line: string, texts: Record<string, string>): Edge[] {
  const facts = factsOf({ 'g/go.mod': goMod('example.com/g'), 'g/in/g.go': cgoFile(line), ...texts });
  return findPkgConfigEdges(resolveModules(facts), resolveCrates(facts).crates, facts.files, {});
}

const found = (line: string, texts: Record<string, string>): string[] => edgesOf(line, texts).map(({ to }) => to);

describe('#cgo pkg-config', () => {
  const crate = { 'rs/Cargo.toml': crateToml('rs-core', ['cdylib']), 'rs/src/lib.rs': '' };
  const rlib = { 'rs/Cargo.toml': crateToml('rs-core'), 'rs/src/lib.rs': '' };

  it.each([
    ['the library of a crate', 'rs_core', crate],
    ['the package of a crate', 'rs-core', crate],
    ['one of several, with options and versions', '--static zlib >= 1.2 rs-core', crate],
    ['a .pc file of a crate', 'other', { ...rlib, 'rs/other.pc': '' }],
    ['the template of a .pc file', 'other', { ...rlib, 'rs/pkg/other.pc.in': '' }],
    ['the path of a .pc file', '${SRCDIR}/../../rs/other.pc', { ...rlib, 'rs/other.pc.in': '' }],
  ])('names %s', (_, words, texts) => {
    expect(found(`#cgo pkg-config: ${words}`, texts)).toEqual(['rs']);
  });

  it.each([
    ['a library of the system', 'zlib', crate],
    ['a crate that only Rust can link', 'rs-core', rlib],
    ['a .pc file beside no crate', 'other', { ...crate, 'etc/other.pc': '' }],
    ['a .pc file of a copy of other code', 'zlib', { ...crate, 'rs/vendor/zlib/zlib.pc.in': '' }],
    ['a version', 'zlib >= rs-core', crate],
    ['two crates at once', 'other', { ...rlib, 'rs/other.pc': '', 'b/Cargo.toml': crateToml('b'), 'b/other.pc': '' }],
  ])('does not name %s', (_, words, texts) => {
    expect(found(`#cgo pkg-config: ${words}`, texts)).toEqual([]);
  });

  it('in a comment or under a condition that cannot hold says nothing', () => {
    expect(found('// #cgo pkg-config: rs-core', crate)).toEqual([]);
    expect(found('#cgo ignore pkg-config: rs-core', crate)).toEqual([]);
  });

  it('gives an edge with its package and its line; the .pc file goes before the name', () => {
    const other = { 'b/Cargo.toml': crateToml('b'), 'b/rs-core.pc.in': '' };
    expect(edgesOf('#cgo pkg-config: rs-core', { ...crate, ...other })).toEqual([
      {
        from: 'g',
        to: 'b',
        kind: 'cgo-pkg-config',
        evidence: { file: 'g/in/g.go', line: 4, column: 1, endColumn: 25 },
        fromPackage: 'in',
      },
    ]);
  });
});
