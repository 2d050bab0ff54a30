import { changedLocks } from '#testing';

type Texts = Readonly<Record<string, string>>;

const UUID = 'github.com/google/uuid';
const TEXT = 'golang.org/x/text';
const TOOLS = 'golang.org/x/tools';

const mod = (path: string, lines = '', go = '1.26'): string => `module example.com/${path}\n\ngo ${go}\n${lines}`;
const go = (name: string, ...imports: string[]): string =>
  `package ${name}\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join('')})\n`;
const sum = (...modules: string[]): string =>
  modules.map((module) => `${module} h1:content-of-${module.replace(' ', '@')}=\n${module}/go.mod h1:x=\n`).join('');

const builds = (...roots: string[]): string[] => roots.flatMap((root) => [`${root} goBuild`, `${root} goTest`]).sort();

/** lib/ids imports uuid, lib/words imports text; app takes ids, web takes words, checks takes words for its tests; bare takes nothing. */
const GO_WORK: Texts = {
  'go.work': 'go 1.26\n\nuse (\n\t./ids\n\t./words\n\t./app\n\t./web\n\t./checks\n\t./bare\n)\n',
  'ids/go.mod': mod('ids', `require ${UUID} v1.5.0\n`),
  'ids/go.sum': sum(`${UUID} v1.5.0`),
  'ids/ids.go': go('ids', UUID, 'fmt'),
  'words/go.mod': mod('words', `require ${TEXT} v0.14.0\nrequire ${TOOLS} v0.6.0 // indirect\n`),
  'words/go.sum': sum(`${TEXT} v0.14.0`, `${TOOLS} v0.6.0`),
  'words/words.go': go('words', `${TEXT}/cases`),
  'words/plain/plain.go': go('plain', 'strings'),
  'app/go.mod': mod('app', 'require example.com/ids v0.0.0\n'),
  'app/main.go': go('main', 'example.com/ids'),
  'web/go.mod': mod('web', 'require example.com/words v0.0.0\n'),
  'web/main.go': go('main', 'example.com/words'),
  'checks/go.mod': mod('checks', 'require example.com/words v0.0.0\n'),
  'checks/checks.go': go('checks', 'example.com/words/plain'),
  'checks/checks_test.go': go('checks', 'example.com/words'),
  'bare/go.mod': mod('bare'),
  'bare/bare.go': go('bare', 'fmt'),
};
const WORDS_USERS = [...builds('web', 'words'), 'checks goTest'].sort();

function edited(texts: Texts, file: string, from: string, to: string): Texts {
  const text = texts[file] ?? '';
  expect(text).toContain(from);
  return { ...texts, [file]: text.replaceAll(from, to) };
}

function bumped(texts: Texts, folder: string, from: string, to: string): Texts {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return edited(edited(texts, `${prefix}go.mod`, from, to), `${prefix}go.sum`, from, to);
}

describe('a bumped Go module', () => {
  it.each([
    ['its users and their dependents', 'ids', 'v1.5.0', 'v1.6.0', builds('app', 'ids')],
    ['tests where only tests use it', 'words', 'v0.14.0', 'v0.15.0', WORDS_USERS],
    ['all that use a module which may need it, where it is indirect', 'words', 'v0.6.0', 'v0.7.0', WORDS_USERS],
  ])('changes %s', (_, folder, from, to, changed) => {
    expect(changedLocks(GO_WORK, bumped(GO_WORK, folder, from, to))).toEqual(changed);
  });

  it('changes users elsewhere in the Go workspace: the highest version is built for all', () => {
    const shared = { ...GO_WORK, 'bare/go.mod': mod('bare', `require ${UUID} v1.4.0\n`) };
    expect(changedLocks(shared, edited(shared, 'bare/go.mod', 'v1.4.0', 'v1.5.0'))).toEqual([]);
    expect(changedLocks(shared, edited(shared, 'bare/go.mod', 'v1.4.0', 'v1.6.0'))).toEqual(builds('app', 'ids'));
  });

  it('changes its users by its content alone', () => {
    expect(changedLocks(GO_WORK, edited(GO_WORK, 'ids/go.sum', '@v1.5.0', '@other'))).toEqual(builds('app', 'ids'));
  });

  it('that the module of a package needs without listing it may be any of the build list', () => {
    const untidy = { ...GO_WORK, 'ids/go.mod': mod('ids') };
    const listed = { ...untidy, 'bare/go.mod': mod('bare', `require ${UUID} v1.5.0\n`) };
    expect(changedLocks(listed, edited(listed, 'words/go.mod', 'v0.6.0', 'v0.7.0'))).toEqual(
      [...builds('app', 'ids'), ...WORDS_USERS].sort(),
    );
  });

  it('that only a go.sum knows counts for the module it lies in', () => {
    const extra = (version: string) => ({
      ...GO_WORK,
      'ids/go.sum': sum(`${UUID} v1.5.0`, `github.com/hidden/x ${version}`),
    });
    expect(changedLocks(extra('v1.0.0'), extra('v1.1.0'))).toEqual(builds('app', 'ids'));
  });

  it('that only go.work.sum knows counts for all that use modules from outside', () => {
    const extra = (version: string) => ({ ...GO_WORK, 'go.work.sum': sum(`github.com/hidden/x ${version}`) });
    expect(changedLocks(extra('v1.0.0'), extra('v1.1.0'))).toEqual([...builds('app', 'ids'), ...WORDS_USERS].sort());
  });

  it('may be anywhere in the go.sum of a module older than Go 1.17, whose go.mod lists no indirect ones', () => {
    const old = {
      'go.mod': mod('old', `require ${UUID} v1.5.0\n`, '1.16'),
      'go.sum': sum(`${UUID} v1.5.0`, `${TOOLS} v0.6.0`),
      'old.go': go('old', UUID),
    };
    expect(changedLocks(old, edited(old, 'go.sum', 'v0.6.0', 'v0.7.0'))).toEqual(builds('.'));
  });
});

describe('lines of go.mod and go.work', () => {
  it.each<[string, string, string, string, string[]]>([
    ['a comment', 'ids/go.mod', 'require', '// why\nrequire', []],
    ['the used folders', 'go.work', '\t./bare\n', '', builds('bare')],
    ['go of go.work', 'go.work', 'go 1.26', 'go 1.26.1', [...builds('app', 'bare', 'checks', 'ids', 'web', 'words')]],
    [
      'godebug of go.work',
      'go.work',
      'use (',
      'godebug panicnil=1\n\nuse (',
      builds('app', 'bare', 'checks', 'ids', 'web', 'words'),
    ],
    ['go of a module', 'ids/go.mod', 'go 1.26', 'go 1.25', builds('app', 'ids')],
    ['toolchain of a module in a workspace', 'ids/go.mod', 'go 1.26', 'go 1.26\ntoolchain go1.26.3', []],
    ['tool', 'ids/go.mod', 'require', 'tool golang.org/x/tools/cmd/stringer\nrequire', []],
    ['retract', 'ids/go.mod', 'require', 'retract v1.0.0\nrequire', []],
    ['exclude of a used module', 'ids/go.mod', 'require', `exclude ${UUID} v1.5.1\nrequire`, builds('app', 'ids')],
    ['exclude of another one', 'ids/go.mod', 'require', `exclude github.com/a/b v1.5.1\nrequire`, []],
    [
      'replace of a used module',
      'ids/go.mod',
      'require',
      `replace ${UUID} => github.com/fork/uuid v1.0.0\nrequire`,
      builds('app', 'ids'),
    ],
    [
      'replace in another module, which counts for all',
      'bare/go.mod',
      'go 1.26',
      `go 1.26\nreplace ${UUID} => github.com/fork/uuid v1.0.0`,
      builds('app', 'ids'),
    ],
    ['replace of an unused module', 'go.work', 'use (', 'replace github.com/a/b => github.com/c/d v1.0.0\nuse (', []],
  ])('count as far as they matter: %s', (_, file, from, to, changed) => {
    expect(changedLocks(GO_WORK, edited(GO_WORK, file, from, to))).toEqual(changed.sort());
  });

  it('take the checksum of the module that replaces', () => {
    const forked = (hash: string) => ({
      'go.mod': mod('a', `require ${UUID} v1.5.0\nreplace ${UUID} => github.com/fork/uuid v1.0.0\n`),
      'go.sum': `github.com/fork/uuid v1.0.0 h1:${hash}=\n`,
      'a.go': go('a', UUID),
    });
    expect(changedLocks(forked('a'), forked('b'))).toEqual(builds('.'));
  });
});

describe('a module without go.work', () => {
  const ALONE: Texts = {
    'app/go.mod': mod(
      'app',
      `require example.com/lib v0.0.0\nrequire ${UUID} v1.6.0 // indirect\nreplace example.com/lib => ../lib\n`,
    ),
    'app/go.sum': sum(`${UUID} v1.6.0`),
    'app/main.go': go('main', 'example.com/lib'),
    'lib/go.mod': mod('lib', `require ${UUID} v1.5.0\n`),
    'lib/go.sum': sum(`${UUID} v1.5.0`),
    'lib/lib.go': go('lib', UUID),
  };

  it('has versions and checksums of its own, also for modules that a replace takes from a folder', () => {
    expect(changedLocks(ALONE, bumped(ALONE, 'app', 'v1.6.0', 'v1.7.0'))).toEqual(builds('app'));
    expect(changedLocks(ALONE, bumped(ALONE, 'lib', 'v1.5.0', 'v1.5.1'))).toEqual(builds('lib'));
    expect(changedLocks(ALONE, edited(ALONE, 'lib/go.mod', 'v1.5.0', 'v1.9.0'))).toEqual(builds('app', 'lib'));
  });

  it('has a toolchain and GODEBUG of its own', () => {
    expect(changedLocks(ALONE, edited(ALONE, 'app/go.mod', 'go 1.26', 'go 1.26\ntoolchain go1.26.3'))).toEqual(
      builds('app'),
    );
    expect(changedLocks(ALONE, edited(ALONE, 'lib/go.mod', 'go 1.26', 'go 1.26\ngodebug panicnil=1'))).toEqual(
      builds('lib'),
    );
  });
});

it('tells the commands of one module apart by what they import', () => {
  const commands: Texts = {
    'go.mod': mod('m', `require ${UUID} v1.5.0\n`),
    'go.sum': sum(`${UUID} v1.5.0`),
    'cmd/a/main.go': go('main', 'example.com/m/internal/ids'),
    'cmd/b/main.go': go('main', 'fmt'),
    'internal/ids/ids.go': go('ids', UUID),
  };
  const changed = changedLocks(commands, bumped(commands, '.', 'v1.5.0', 'v1.6.0'));
  expect(changed).toEqual(['. goBuild', '. goBuild:cmd/a', '. goTest']);
});

it('leaves out files that no build takes', () => {
  const ignored = { ...GO_WORK, 'bare/gen.go': `//go:build ignore\n\n${go('main', UUID)}` };
  expect(changedLocks(ignored, bumped(ignored, 'ids', 'v1.5.0', 'v1.6.0'))).toEqual(builds('app', 'ids'));
});

describe('requirements of modules from outside', () => {
  const SPEW = 'github.com/davecgh/go-spew';
  const ERRORS = 'github.com/pkg/errors';
  const known = (modules: Readonly<Record<string, readonly string[]>>): Texts => ({
    'grout.lock.json': JSON.stringify({ version: 1, projects: {}, goModules: modules }),
  });
  const ALL: Readonly<Record<string, readonly string[]>> = {
    [`${UUID} v1.5.0`]: [],
    [`${TEXT} v0.14.0`]: [TOOLS, 'golang.org/x/unbuilt'],
    [`${TOOLS} v0.6.0`]: [TEXT],
    [`${SPEW} v1.1.0`]: [],
  };
  const keyed = (modules: Readonly<Record<string, readonly string[]>>): Texts =>
    known(Object.fromEntries(Object.entries(modules).map(([module, paths]) => [module.replace(' ', '@'), paths])));

  /** One module, three commands: a imports uuid, b imports text, which needs tools, c imports both. */
  const commands = (modules: Readonly<Record<string, readonly string[]>>): Texts => ({
    'go.mod': mod(
      'm',
      Object.keys(ALL)
        .map((module) => `require ${module}\n`)
        .join(''),
    ),
    'go.sum': sum(...Object.keys(ALL)),
    'cmd/a/main.go': go('main', UUID),
    'cmd/b/main.go': go('main', `${TEXT}/cases`),
    'cmd/c/main.go': go('main', UUID, TEXT),
    ...keyed(modules),
  });
  const whole = ['. goBuild', '. goTest'];

  it.each<[string, string, string, string[]]>([
    ['its importers', UUID, 'v1.5.0', ['. goBuild:cmd/a', '. goBuild:cmd/c']],
    ['importers of what requires it', TOOLS, 'v0.6.0', ['. goBuild:cmd/b', '. goBuild:cmd/c']],
    ['nobody where nothing imports it', SPEW, 'v1.1.0', []],
  ])('narrow a bump down to %s', (_, path, version, changed) => {
    const before = commands(ALL);
    const after = {
      ...edited(
        edited(before, 'go.mod', `${path} ${version}`, `${path} v9.9.9`),
        'go.sum',
        `${path} ${version}`,
        `${path} v9.9.9`,
      ),
      ...keyed({ ...ALL, [`${path} v9.9.9`]: ALL[`${path} ${version}`] ?? [] }),
    };
    expect(changedLocks(before, after)).toEqual(changed.length === 0 ? [] : [...whole, ...changed].sort());
  });

  it.each<[string, string]>([
    ['imported', `${TEXT} v0.14.0`],
    ['required', `${TOOLS} v0.6.0`],
  ])('count as unknown where one is missing that is %s: then all that go.mod lists may take part', (_, missing) => {
    const some = Object.fromEntries(Object.entries(ALL).filter(([module]) => module !== missing));
    const before = commands(some);
    expect(changedLocks(before, bumped(before, '.', 'v1.1.0', 'v1.2.0'))).toEqual(
      [...whole, '. goBuild:cmd/b', '. goBuild:cmd/c'].sort(),
    );
  });

  it('must be known of every version that may be built: one that another go.sum has, one that replaces', () => {
    const before = commands(ALL);
    const other = { ...before, 'go.sum': `${before['go.sum'] ?? ''}${sum(`${TEXT} v0.15.0`)}` };
    const replaced = edited(before, 'go.mod', '\n\n', `\n\nreplace ${TEXT} => ${ERRORS} v1.0.0\n`);
    for (const each of [other, replaced]) {
      expect(changedLocks(each, bumped(each, '.', 'v1.1.0', 'v1.2.0'))).toContain('. goBuild:cmd/b');
      expect(changedLocks(each, bumped(each, '.', 'v1.1.0', 'v1.2.0'))).not.toContain('. goBuild:cmd/a');
    }
    const known = { ...replaced, ...keyed({ ...ALL, [`${ERRORS} v1.0.0`]: [] }) };
    expect(changedLocks(known, bumped(known, '.', 'v1.1.0', 'v1.2.0'))).toEqual([]);
  });

  it('make up for a go.mod in a Go workspace that lacks what its packages import', () => {
    const untidy = {
      ...GO_WORK,
      'ids/go.mod': mod('ids'),
      'bare/go.mod': mod('bare', `require ${UUID} v1.5.0\n`),
      ...keyed(ALL),
    };
    expect(changedLocks(untidy, bumped(untidy, 'words', 'v0.6.0', 'v0.7.0'))).toEqual(WORDS_USERS);
  });
});
