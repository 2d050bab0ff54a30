import { canBuild, canUseDirective, parseGoFileHeader, type GoFileHeader, type PossibleBuilds } from './index.js';

function header(constraint: string, file = 'a.go', imports = ''): GoFileHeader {
  const text = `${constraint === '' ? '' : `//go:build ${constraint}\n\n`}package a\n\n${imports}`;
  const { value } = parseGoFileHeader(file, text);
  if (value === undefined) throw new Error(text);
  return value;
}

const ANY: PossibleBuilds = { cgo: 'any' };
const WITH_CGO: PossibleBuilds = { cgo: 'on' };

describe('canBuild', () => {
  it.each([
    ['', true],
    ['extra', true],
    ['!extra', true],
    ['linux && extra || windows', true],
    ['ignore', false],
    ['ignore && linux', false],
    ['ignore || linux', true],
    ['!ignore', true],
    ['extra && !extra', false],
    ['(a || b) && !a && !b', false],
    ['linux && windows', false],
    ['linux && android', true],
    ['linux && ios', false],
    ['unix && windows', false],
    ['unix && darwin', true],
    ['!unix && !windows', true],
    ['amd64 && arm64', false],
    ['gccgo', false],
    ['!gc', false],
    ['race && !msan', true],
    ['boringcrypto && !goexperiment.boringcrypto', false],
    ['go1.18', true],
    ['!go1.18', false],
    ['go1.99', true],
    ['go1.30 && !go1.29', false],
    ['go1.29 && !go1.30', true],
  ])('a file with the constraint %j: %s', (constraint, wanted) => {
    expect(canBuild(header(constraint), ANY)).toBe(wanted);
  });

  it.each([
    ['a_linux.go', 'windows', false],
    ['a_linux.go', '!android', true],
    ['a_linux_arm64.go', 'amd64', false],
    ['a_windows.go', 'unix', false],
    ['a_linux.go', '!cgo', true],
  ])('a file called %s with the constraint %j: %s', (file, constraint, wanted) => {
    expect(canBuild(header(constraint, file), ANY)).toBe(wanted);
  });

  it('takes a file for builds without cgo only where such builds are possible', () => {
    const files = [header('!cgo'), header('cgo'), header(''), header('!cgo', 'a.go', 'import "C"\n')];
    expect(files.map((file) => canBuild(file, ANY))).toEqual([true, true, true, false]);
    expect(files.map((file) => canBuild(file, WITH_CGO))).toEqual([false, true, true, false]);
  });

  it('takes the files of the platforms that are built for, and no others', () => {
    const builds: PossibleBuilds = { cgo: 'on', platforms: [{ goos: 'linux', goarch: 'arm64' }] };
    const files = [header('', 'a_linux.go'), header('', 'a_windows.go'), header('amd64'), header('unix || amd64')];
    expect(files.map((file) => canBuild(file, builds))).toEqual([true, false, false, true]);
  });

  it('takes the files of the tags that may be set, set or not, and those of modes and machines', () => {
    const builds: PossibleBuilds = { cgo: 'on', tags: new Set(['extra']) };
    const constraints = ['extra', '!extra', 'other', '!other', 'race', 'goexperiment.synctest', 'amd64.v3'];
    expect(constraints.map((constraint) => canBuild(header(constraint), builds))).toEqual([
      ...[true, true, false, true],
      ...[true, true, true],
    ]);
  });

  it('gives up on a constraint of many tags: the file may be built', () => {
    const tags = Array.from({ length: 400 }, (_, index) => `t${index}`);
    expect(canBuild(header(`${tags.join(' && ')} && !t0`), ANY)).toBe(true);
  });
});

describe('canUseDirective', () => {
  it.each([
    [[], 'linux', true],
    [['windows'], '', true],
    [['windows'], 'linux', false],
    [['windows', 'linux,amd64'], 'linux', true],
    [['linux,amd64'], 'arm64', false],
    [['!extra'], 'extra', false],
    [['(darwin||linux)'], 'unix', true],
    [['linux&&'], '', false],
    [[], 'ignore', false],
  ])('a #cgo line with the options %j in a file with the constraint %j: %s', (constraints, constraint, wanted) => {
    const file = header(constraint, 'a.go', 'import "C"\n');
    expect(canUseDirective(file, { constraints }, WITH_CGO)).toBe(wanted);
  });
});
