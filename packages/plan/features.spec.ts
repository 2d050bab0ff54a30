import type { FeatureRule, FeatureRules } from '#graph';
import { checkFeatureRules, checkFeatures, resolveFeatures, sharedFeatures } from '#plan';
import { modelOf } from '#testing';

const span = (line: number) => ({ file: 'grout.toml', line, column: 1 });
const rule = (name: string, line: number, more: Partial<FeatureRule> = {}): FeatureRule => ({
  ...{ cargo: [name], goTags: [name], isDefault: false, requires: [], conflicts: [], span: span(line) },
  ...more,
});
const RULES: FeatureRules = {
  simd: rule('simd', 1, { cargo: ['avx', 'sse'], goTags: ['simd_go'] }),
  fast: rule('fast', 2, { cargo: [], goTags: [], requires: ['simd', 'lto'] }),
  small: rule('small', 3, { conflicts: ['simd'] }),
  tracing: rule('tracing', 4, { isDefault: true }),
};
const resolve = (requested: readonly string[], withDefaults = false, rules = RULES) =>
  resolveFeatures({ requested, withDefaults }, rules);

describe('resolveFeatures', () => {
  it('takes a name that has no rule for one on both sides', () => {
    expect(resolve(['x', 'y']).value).toEqual({ names: ['x', 'y'], cargo: ['x', 'y'], goTags: ['x', 'y'] });
  });

  it('spells a feature as each side calls it, with all that it requires', () => {
    expect(resolve(['fast']).value).toEqual({
      names: ['fast', 'simd', 'lto'],
      cargo: ['avx', 'sse', 'lto'],
      goTags: ['simd_go', 'lto'],
    });
  });

  it('has what is on by default unless a build asks for none of it', () => {
    expect(resolve([], true).value.names).toEqual(['tracing']);
    expect(resolve([], false).value.names).toEqual([]);
  });

  it('keeps cargo’s own name for a crate’s defaults away from Go', () => {
    expect(resolve(['default']).value).toMatchObject({ cargo: ['default'], goTags: [] });
  });

  it('refuses two that conflict, and says how each came in and where that is written', () => {
    expect(resolve(['small', 'fast']).diagnostics).toEqual([
      {
        code: 'plan/conflicting-features',
        severity: 'error',
        message: 'the features `small` (asked for) and `simd` (required by `fast`) cannot be built together',
        span: span(3),
        help: 'ask for one of them; --no-default-features leaves out those that are on by default',
      },
    ]);
  });

  it('tells a conflict once where both sides say so, and ends where features require each other', () => {
    const both = { a: rule('a', 1, { conflicts: ['b'] }), b: rule('b', 2, { conflicts: ['a'] }) };
    expect(resolve(['b', 'a'], false, both).diagnostics.map((each) => each.span?.line)).toEqual([2]);
    const ring = { a: rule('a', 1, { requires: ['b'] }), b: rule('b', 2, { requires: ['a'] }) };
    expect(resolve(['a'], false, ring)).toMatchObject({ value: { names: ['a', 'b'] }, diagnostics: [] });
  });
});

describe('checkFeatures', () => {
  it('refuses names that nobody declares, with the known ones and a guess', () => {
    const [problem] = checkFeatures(['exrta', 'tag'], new Set(['extra', 'tag']), {});
    expect(problem?.message).toContain('`exrta`');
    expect(problem?.help).toBe('did you mean `extra`? known: extra, tag');
    expect(checkFeatures(['x'], new Set(), {})[0]?.help).toBe('none is declared');
  });

  it('knows a feature by any name that it stands for, and shows the rule of one that stands for nothing here', () => {
    expect(checkFeatures(['simd', 'default'], new Set(['sse']), RULES)).toEqual([]);
    expect(checkFeatures(['fast'], new Set(['simd_go']), RULES)).toEqual([]);
    expect(checkFeatures(['simd'], new Set(['other']), RULES)[0]?.span).toEqual(span(1));
  });
});

describe('checkFeatureRules', () => {
  const { projects } = modelOf({
    'a/Cargo.toml': '[package]\nname = "a"\n[features]\navx = []\nlto = []\n',
    'a/src/lib.rs': '',
    'm/go.mod': 'module example.com/m\n',
    'm/m.go': '//go:build simd_go\n\npackage m\n',
  });
  const told = (rules: FeatureRules) =>
    checkFeatureRules(rules, projects).map(({ severity, message, span: place }) => [severity, place?.line, message]);

  it('finds nothing where every name is declared', () => {
    const simd = rule('simd', 1, { cargo: ['avx'], goTags: ['simd_go'], requires: ['lto'] });
    expect(told({ simd })).toEqual([]);
  });

  it('tells of names that only grout.toml knows, and of a feature that can never be built', () => {
    expect(
      told({
        simd: rule('simd', 1, { cargo: ['axv'], goTags: [] }),
        tags: rule('tags', 2, { cargo: [], goTags: ['simd_og'] }),
        near: rule('near', 3, { cargo: [], goTags: [], requires: ['ltoo'] }),
        never: rule('never', 4, { cargo: [], goTags: [], requires: ['lto'], conflicts: ['lto'] }),
      }),
    ).toEqual([
      ['warning', 1, 'the feature `simd` stands for the cargo feature `axv`, which no crate declares'],
      ['warning', 2, 'the feature `tags` stands for the build tag `simd_og`, which no Go file asks for'],
      ['warning', 3, 'the feature `near` names `ltoo`, which nobody declares'],
      ['error', 4, 'the features `never` (asked for) and `lto` (required by `never`) cannot be built together'],
    ]);
  });
});

describe('what both sides of a bridge can be built with', () => {
  it('are the features of its crate, by the rules or by their own name', () => {
    expect(sharedFeatures(['default', 'avx', 'gpu', 'tracing', 'small'], RULES)).toEqual([
      { name: 'gpu', cargo: ['gpu'], goTags: ['gpu'] },
      { name: 'simd', cargo: ['avx'], goTags: ['simd_go'] },
      { name: 'small', cargo: ['small'], goTags: ['small'] },
      { name: 'tracing', cargo: ['tracing'], goTags: ['tracing'] },
    ]);
  });

  it('are none that Go cannot name, or sets by itself', () => {
    expect(sharedFeatures(['two-words', 'linux', 'cgo', 'race', 'go1.20'], {})).toEqual([]);
    expect(sharedFeatures(['x'], { x: rule('x', 1, { goTags: [] }) })).toEqual([]);
  });
});
