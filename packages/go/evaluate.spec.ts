import {
  constraintTags,
  evaluateConstraint,
  lastElement,
  matchesCgoDirective,
  matchesContext,
  parseConstraint,
  splitCgoWords,
  type BuildConstraint,
  type BuildContext,
} from './index.js';

const LINUX: BuildContext = { tags: new Set(['extra']), goos: 'linux', goarch: 'amd64', cgo: true };

function constraint(expression: string): BuildConstraint {
  const parsed = parseConstraint(expression);
  if (!('constraint' in parsed)) throw new Error(`${expression}: ${parsed.problem}`);
  return parsed.constraint;
}

describe('evaluateConstraint', () => {
  it.each([
    ['linux', true],
    ['!linux', false],
    ['linux && amd64', true],
    ['windows || extra && cgo', true],
    ['(windows || extra) && !cgo', false],
    ['unix', true],
    ['gc', true],
    ['gccgo', false],
    ['race', false],
    ['go1.1', true],
    ['go1.26', true],
    ['go1.27', false],
    ['go1.0', false],
    ['ignore', false],
    ['386', false],
    ['boringcrypto', false],
    ['!(a || b)', true],
  ])('%s on linux/amd64 gives %s', (expression, wanted) => {
    expect(evaluateConstraint(constraint(expression), LINUX)).toBe(wanted);
  });

  it.each([
    ['android', 'linux && unix', true],
    ['ios', 'darwin && unix', true],
    ['illumos', 'solaris', true],
    ['windows', 'unix', false],
    ['js', 'unix || linux', false],
  ])('GOOS=%s: %s is %s', (goos, expression, wanted) => {
    expect(evaluateConstraint(constraint(expression), { ...LINUX, goos })).toBe(wanted);
  });

  it('follows cgo, release and mode tags of the context', () => {
    expect(evaluateConstraint(constraint('cgo'), { ...LINUX, cgo: false })).toBe(false);
    expect(evaluateConstraint(constraint('go1.27'), { ...LINUX, goMinor: 27 })).toBe(true);
    expect(evaluateConstraint(constraint('race'), { ...LINUX, tags: new Set(['race']) })).toBe(true);
    const boring = new Set(['goexperiment.boringcrypto']);
    expect(evaluateConstraint(constraint('boringcrypto'), { ...LINUX, tags: boring })).toBe(true);
  });
});

describe('parseConstraint', () => {
  it('binds && tighter than ||, to the left', () => {
    expect(constraint(' a||b&&c ')).toEqual({
      op: 'or',
      left: { op: 'tag', tag: 'a' },
      right: { op: 'and', left: { op: 'tag', tag: 'b' }, right: { op: 'tag', tag: 'c' } },
    });
  });

  it.each([
    ['', 'unexpected end of expression', 0],
    ['a &&', 'unexpected end of expression', 4],
    ['a & b', 'unexpected &', 2],
    ['a | b', 'unexpected |', 2],
    ['!!a', 'double negation is not allowed', 1],
    ['(a', 'missing closing parenthesis', 0],
    ['a)', 'unexpected )', 1],
    ['a,b', 'unexpected ,', 1],
    ['&& a', 'unexpected &&', 0],
    ['a && "b"', 'unexpected "', 5],
    ['('.repeat(5000), 'the expression is too large', 1000],
  ])('refuses %j', (expression, problem, offset) => {
    expect(parseConstraint(expression)).toEqual({ problem, offset });
  });
});

describe('constraintTags', () => {
  it('gives the tags that a user sets', () => {
    const expression =
      'zeta && !grout_mock && (linux || arm64 || unix || cgo || gc || gccgo || race || msan || asan || go1.21 || ' +
      'goexperiment.rangefunc || boringcrypto || amd64.v3 || ignore || extra || zeta || v1.2)';
    expect(constraintTags(constraint(expression))).toEqual(['extra', 'grout_mock', 'v1.2', 'zeta']);
  });
});

describe('matchesContext', () => {
  const plain = { fileNameConstraint: {}, importsC: false };

  it.each([
    ['nothing asked', plain, true],
    ['import "C"', { ...plain, importsC: true }, true],
    ['GOOS of the name', { ...plain, fileNameConstraint: { goos: 'windows' } }, false],
    ['GOARCH of the name', { ...plain, fileNameConstraint: { goos: 'linux', goarch: 'arm64' } }, false],
    ['a constraint', { ...plain, constraint: constraint('!extra') }, false],
  ])('%s', (_lesson, header, wanted) => {
    expect(matchesContext(header, LINUX)).toBe(wanted);
  });

  it('leaves out files that import "C" without cgo, and takes linux files on android', () => {
    expect(matchesContext({ ...plain, importsC: true }, { ...LINUX, cgo: false })).toBe(false);
    expect(matchesContext({ ...plain, fileNameConstraint: { goos: 'linux' } }, { ...LINUX, goos: 'android' })).toBe(
      true,
    );
  });
});

describe('matchesCgoDirective', () => {
  it.each([
    [[], true],
    [['windows', 'linux'], true],
    [['linux,arm64', 'darwin'], false],
    [['linux,!arm64'], true],
    [['(linux&&amd64)'], true],
    [['!(linux||darwin)'], false],
    [['linux&&'], false],
    [['!!linux'], false],
    [['a-b'], false],
  ])('%j gives %s', (constraints, wanted) => {
    expect(matchesCgoDirective({ constraints }, LINUX)).toBe(wanted);
  });
});

describe('splitCgoWords', () => {
  it.each([
    ['', []],
    [' -la  -lb\t', ['-la', '-lb']],
    [`-DX="a b" '-I c'`, ['-DX=a b', '-I c']],
    [`"it's" 'say "x"'`, ["it's", 'say "x"']],
    ['a\\ b \\"c "d\\"e"', ['a b', '"c', 'd"e']],
    [`'' x ""`, ['', 'x', '']],
    ['-L${SRCDIR}/../lib', ['-L${SRCDIR}/../lib']],
  ])('%j', (text, words) => {
    expect(splitCgoWords(text)).toEqual({ words });
  });

  it.each([`a 'b`, 'a "b', 'a \\'])('says what is wrong with %j', (text) => {
    expect(splitCgoWords(text).problem).toBeDefined();
  });
});

describe('lastElement', () => {
  it.each([
    ['example.com/shop/pricing', 'pricing'],
    ['example.com/shop/pricing/v2', 'pricing'],
    ['example.com/shop/pricing/v10', 'pricing'],
    ['example.com/shop/v1', 'v1'],
    ['example.com/shop/v0', 'v0'],
    ['gopkg.in/yaml.v3', 'yaml'],
    ['gopkg.in/user/pkg.v2-unstable', 'pkg'],
    ['example.com/yaml.v3', 'yaml.v3'],
    ['main', 'main'],
    ['v2', 'v2'],
    ['', ''],
  ])('%s → %s', (path, wanted) => {
    expect(lastElement(path)).toBe(wanted);
  });
});
