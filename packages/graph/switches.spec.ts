import { findOneSided, findSwitches, findUnsetTags, warnOfUnsetTags } from '#graph';
import { cgoFile, crateToml, factsOf, goMod, modelOf } from '#testing';

const FILES = {
  'bridge/go.mod': goMod('example.com/bridge'),
  'bridge/bridge.go': cgoFile('#cgo LDFLAGS: -lffi'),
  'ffi/Cargo.toml': crateToml('ffi', ['staticlib']),
  'ffi/src/lib.rs': '',
};
const tagged = (expression: string): string => `//go:build ${expression}\n\npackage bridge\n`;

function said(texts: Readonly<Record<string, string>>, named: readonly string[] = []): string[] {
  const facts = factsOf({ ...FILES, ...texts });
  const { projects } = modelOf({ ...FILES, ...texts });
  const switches = findSwitches(facts, projects);
  const { featureRules: rules } = facts;
  return [
    ...findOneSided(rules, projects, switches),
    ...warnOfUnsetTags(findUnsetTags(switches, { rules, projects, named })),
  ].map(
    ({ code, message, span, help }) => `${span?.file ?? ''}:${String(span?.line)} ${code} ${message} (${help ?? ''})`,
  );
}

const RULE = '[features.simd]\ncargo = ["avx"]\ngo-tags = ["simd_go"]\n';
const CARGO = { 'ffi/Cargo.toml': `${FILES['ffi/Cargo.toml']}[features]\navx = []\n` };

describe('a feature of a bridge', () => {
  it('is nothing to speak of where both sides know it, or neither does', () => {
    expect(said({ 'grout.toml': RULE })).toEqual([]);
    expect(said({ 'grout.toml': RULE, ...CARGO, 'bridge/s.go': tagged('!simd_go') })).toEqual([]);
  });

  it('is told of at the place of the one side that knows it', () => {
    expect(said({ 'grout.toml': RULE, ...CARGO })).toEqual([
      expect.stringMatching(
        /^ffi\/Cargo\.toml:\d+ graph\/one-sided-feature the crate `ffi` knows the feature `simd`, and the Go module `bridge` that links it does not \(write \/\/go:build simd_go in a file of bridge, or .*go-tags = \[\]\)$/,
      ),
    ]);
    expect(said({ 'grout.toml': RULE, 'bridge/s.go': tagged('simd_go') })).toEqual([
      'bridge/s.go:1 graph/one-sided-feature the Go module `bridge` knows the feature `simd`, and the crate `ffi` that it links does not (declare `avx` in [features] of ffi/Cargo.toml, or say in grout.toml that one side has no part in it: cargo = [])',
    ]);
  });

  it('may be of one side alone where grout.toml says so', () => {
    expect(said({ 'grout.toml': RULE.replace('"simd_go"', ''), ...CARGO })).toEqual([]);
  });
});

describe('a build tag that nothing sets', () => {
  it('is warned of where it looks like a slip', () => {
    expect(said({ ...CARGO, 'bridge/s.go': tagged('linux && avz') })).toEqual([
      'bridge/s.go:1 graph/unset-tag nothing sets the build tag `avz` (did you mean `avx`? where `avz` is right, declare it: [features.avz] in grout.toml)',
    ]);
  });

  it.each([
    ['a feature of a crate', { ...CARGO, 'bridge/s.go': tagged('avx') }],
    ['what grout.toml names', { 'grout.toml': RULE, ...CARGO, 'bridge/s.go': tagged('simd_go') }],
    ['what a target asks for', { ...CARGO, 'bridge/s.go': tagged('avc') }],
    ['for the tests alone', { ...CARGO, 'bridge/s_test.go': tagged('avz') }],
    ['where go does not look', { ...CARGO, 'bridge/testdata/s.go': tagged('avz') }],
    ['a word of its own', { ...CARGO, 'bridge/s.go': tagged('integration') }],
    ['the fake of a bridge', { ...CARGO, 'bridge/s.go': tagged('grout_mock') }],
  ])('is none: %s', (_what, texts) => {
    expect(said(texts, ['avc'])).toEqual([]);
  });
});
