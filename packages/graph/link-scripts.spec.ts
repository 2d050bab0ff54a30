import { cgoFile, crateToml, factsOf, goMod } from '#testing';
import { resolveCrates } from './crates.js';
import { indexLibraries } from './libraries.js';
import { findScriptEdges } from './link-scripts.js';
import { resolveModules } from './modules.js';

const RUST = { 'rs/Cargo.toml': crateToml('rs-core', ['staticlib']), 'rs/src/lib.rs': '' };
const MODULE = { 'g/go.mod': goMod('example.com/g'), 'g/in/g.go': cgoFile('#include "x.h"') };

/** @param folder where the script runs go */
function edgesOf(file: string, words: readonly string[], texts: Record<string, string> = MODULE, folder?: string) {
  const facts = factsOf({ ...RUST, ...texts });
  const place = folder === undefined ? {} : { folder };
  const placed = words.map((word, index) => ({ word, span: { file, line: 7, column: index + 1 }, ...place }));
  const libraries = indexLibraries(resolveCrates(facts).crates.values());
  return findScriptEdges([{ file, words: placed, protocCalls: [] }], resolveModules(facts), libraries);
}

const drawn = (...given: Parameters<typeof edgesOf>): string[] =>
  edgesOf(...given).map(({ from, to, evidence }) => `${from} -> ${to} ${evidence.line}:${evidence.column}`);

describe('a script with words for the linker', () => {
  it.each([
    [['-L../target/release', '-lrs_core'], 'g -> rs 7:2'],
    [['-l', 'm', '-l', 'rs_core'], 'g -> rs 7:4'],
    [['$(ROOT)/target/release/librs_core.a'], 'g -> rs 7:1'],
    [['/build/target/release/librs_core.a'], 'g -> rs 7:1'],
    [['-lrs_core.x86_64'], 'g -> rs 7:1'],
  ])('in a module: %j', (words, wanted) => {
    expect(drawn('g/scripts/build.sh', words)).toEqual([wanted]);
  });

  it.each([[['-lm']], [['-L../target/release']], [['/usr/lib/librs_core.a']], [['-lrs_core_tools']]])(
    'names no crate: %j',
    (words) => {
      expect(drawn('g/build.sh', words)).toEqual([]);
    },
  );

  it('above all modules belongs to the only one below that uses cgo, if there is one', () => {
    const plain = { ...MODULE, 'h/go.mod': goMod('example.com/h'), 'h/h.go': 'package h\n' };
    expect(drawn('build.sh', ['-lrs_core'], plain)).toEqual(['g -> rs 7:1']);
    expect(drawn('build.sh', ['-lrs_core'], { ...plain, 'h/h.go': cgoFile('#include "x.h"') })).toEqual([]);
    expect(drawn('build.sh', ['-lrs_core'], { 'h/go.mod': goMod('example.com/h') })).toEqual([]);
    expect(drawn('scripts/build.sh', ['-lrs_core'])).toEqual([]);
  });

  it('means the module that it builds, wherever it lies', () => {
    const texts = { ...MODULE, 'h/go.mod': goMod('example.com/h'), 'h/cmd/main.go': 'package main\n' };
    const drawnFrom = (file: string, folder: string, more: Record<string, string> = {}): string[] =>
      drawn(file, ['-lrs_core'], { ...texts, ...more }, folder);
    expect(drawnFrom('g/build.sh', '../h')).toEqual(['h -> rs 7:1']);
    expect(drawnFrom('g/build.sh', 'h/cmd')).toEqual(['h -> rs 7:1']);
    expect(drawnFrom('scripts/build.sh', '../h/cmd')).toEqual(['h -> rs 7:1']);
    expect(drawnFrom('g/build.sh', '../gone')).toEqual(['g -> rs 7:1']);
    const root = { 'go.mod': goMod('example.com/root'), 'main.go': 'package main\n' };
    expect(drawnFrom('scripts/build.sh', 'h', root)).toEqual(['h -> rs 7:1']);
  });

  it('says by its search folders which of two crates of one name is meant', () => {
    const twin = { ...MODULE, 'old/Cargo.toml': crateToml('rs-core', ['staticlib']), 'old/src/lib.rs': '' };
    expect(drawn('g/build.sh', ['-L../old/target/debug', '-lrs_core'], twin)).toEqual(['g -> old 7:2']);
    expect(drawn('g/build.sh', ['-lrs_core'], twin)).toEqual([]);
  });
});
