import { changedLocks, randomFrom } from '#testing';

const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

interface Locked {
  readonly dependencies?: readonly string[];
  readonly source?: string | null;
}

function lock(packages: Readonly<Record<string, Locked>>): string {
  const blocks = Object.entries(packages).map(([id, { dependencies = [], source = REGISTRY }]) => {
    const [name = '', version = ''] = id.split(' ');
    const from = source === null ? '' : `source = "${source}"\nchecksum = "sum of ${id} from ${source}"\n`;
    const list = dependencies.map((each) => ` "${each}",\n`).join('');
    return `[[package]]\nname = "${name}"\nversion = "${version}"\n${from}dependencies = [\n${list}]\n`;
  });
  return `version = 4\n\n${blocks.join('\n')}`;
}

const crate = (name: string, rest = ''): string => `[package]\nname = "${name}"\nversion = "0.1.0"\n${rest}`;
const local = (...dependencies: string[]): Locked => ({ source: null, dependencies });

/**
 * a needs itoa 1, mid needs a and serde, top needs mid; old needs itoa 0.4 under another name, and itoa 1 for tests
 * alone; lone needs nothing.
 */
const PACKAGES = {
  'a 0.1.0': local('itoa 1.0.9'),
  'itoa 0.4.8': {},
  'itoa 1.0.9': {},
  'lone 0.1.0': local(),
  'mid 0.1.0': local('a', 'serde'),
  'old 0.1.0': local('itoa 0.4.8', 'itoa 1.0.9', 'ryu'),
  'ryu 1.0.0': {},
  'serde 1.0.200': { dependencies: ['serde_derive'] },
  'serde_derive 1.0.200': {},
  'top 0.1.0': local('mid'),
} satisfies Readonly<Record<string, Locked>>;

const ROOT = `[workspace]
members = ["*"]
resolver = "2"
[workspace.package]
license = "MIT"
[workspace.dependencies]
serde = "1"
[profile.release]
lto = true
`;

const WORKSPACE = {
  'Cargo.toml': ROOT,
  'Cargo.lock': lock(PACKAGES),
  'a/Cargo.toml': crate('a', '[dependencies]\nitoa = "1"\n'),
  'mid/Cargo.toml': crate('mid', '[dependencies]\na = { path = "../a" }\nserde.workspace = true\n'),
  'top/Cargo.toml': crate('top', 'license.workspace = true\n[dependencies]\nmid = { path = "../mid" }\n'),
  'old/Cargo.toml': crate(
    'old',
    '[dependencies]\nolder = { package = "itoa", version = "0.4" }\n[target."cfg(windows)".build-dependencies]\nryu = { version = "1", optional = true }\n[dev-dependencies]\nitoa = "1.0"\n',
  ),
  'lone/Cargo.toml': crate('lone'),
};

const both = (...roots: string[]): string[] =>
  roots.flatMap((root) => [`${root} rustBuild`, `${root} rustTest`]).sort();

/** The workspace with other packages in its lockfile: undefined takes one out. */
function relocked(changes: Readonly<Record<string, Locked | undefined>>, texts: Record<string, string> = WORKSPACE) {
  const packages: Record<string, Locked | undefined> = { ...PACKAGES, ...changes };
  const kept = Object.entries(packages).filter((entry): entry is [string, Locked] => entry[1] !== undefined);
  return { ...texts, 'Cargo.lock': lock(Object.fromEntries(kept)) };
}

describe('a bumped crate', () => {
  it('changes what its users, their dependents and no one else are made from', () => {
    const bumped = relocked({
      'itoa 1.0.9': undefined,
      'itoa 1.0.10': {},
      'a 0.1.0': local('itoa 1.0.10'),
      'old 0.1.0': local('itoa 0.4.8', 'itoa 1.0.10', 'ryu'),
    });
    expect(changedLocks(WORKSPACE, bumped)).toEqual([...both('a', 'mid', 'top'), 'old rustTest'].sort());
  });

  it('is told from another version of the same crate', () => {
    const bumped = relocked({
      'itoa 0.4.8': undefined,
      'itoa 0.4.9': {},
      'old 0.1.0': local('itoa 0.4.9', 'itoa 1.0.9', 'ryu'),
    });
    expect(changedLocks(WORKSPACE, bumped)).toEqual(both('old'));
  });

  it('counts where two crates swap versions, and a third has both of them', () => {
    const state = (a: string, old: string) => ({
      ...relocked({
        'a 0.1.0': local(`itoa ${a}`),
        'old 0.1.0': local(`itoa ${old}`),
        'top 0.1.0': local('a', 'old'),
      }),
      'a/Cargo.toml': crate('a', '[dependencies]\nitoa = "*"\n'),
      'old/Cargo.toml': crate('old', '[dependencies]\nitoa = "*"\n'),
      'top/Cargo.toml': crate('top', '[dependencies]\na = { path = "../a" }\nold = { path = "../old" }\n'),
    });
    expect(changedLocks(state('1.0.9', '0.4.8'), state('0.4.8', '1.0.9'))).toEqual(expect.arrayContaining(both('top')));
  });

  it('counts through other crates from outside', () => {
    const bumped = relocked({ 'serde_derive 1.0.200': undefined, 'serde_derive 1.0.201': {} });
    expect(changedLocks(WORKSPACE, bumped)).toEqual(both('mid', 'top'));
  });

  it('counts for builds where it is optional, for one target or for the build script', () => {
    const bumped = relocked({ 'ryu 1.0.0': undefined, 'ryu 1.0.1': {} });
    expect(changedLocks(WORKSPACE, bumped)).toEqual(both('old'));
  });

  it('counts by its content: another commit of a repository, another checksum', () => {
    const at = (commit: string) =>
      relocked({ 'ryu 1.0.0': { source: `git+https://example.com/ryu?branch=main#${commit}` } });
    expect(changedLocks(at('aaaa'), at('bbbb'))).toEqual(both('old'));
  });
});

describe('a lockfile', () => {
  it('that gains a member, or a dependency of another member, changes nothing else', () => {
    const grown = {
      ...relocked({ 'new 0.1.0': local('libc'), 'libc 0.2.0': {}, 'lone 0.1.0': local('libc') }),
      'new/Cargo.toml': crate('new', '[dependencies]\nlibc = "0.2"\n'),
      'lone/Cargo.toml': crate('lone', '[dependencies]\nlibc = "0.2"\n'),
    };
    expect(changedLocks(WORKSPACE, grown)).toEqual(both('lone', 'new'));
  });

  it('that names a dependency more closely, since it holds two versions now, says the same', () => {
    const before = relocked({ 'mid 0.1.0': local('a', 'serde'), 'lone 0.1.0': local() });
    const after = relocked({
      'mid 0.1.0': local('a', 'serde 1.0.200'),
      'lone 0.1.0': local('serde 0.9.0'),
      'serde 0.9.0': {},
      'serde 1.0.200': { dependencies: [`serde_derive 1.0.200 (${REGISTRY})`] },
    });
    expect(
      changedLocks(before, { ...after, 'lone/Cargo.toml': crate('lone', '[dependencies]\nserde = "0.9"\n') }),
    ).toEqual(both('lone'));
  });

  it.each([
    ['lacks the crate', { 'lone 0.1.0': undefined }, {}],
    ['lacks a dependency', {}, { 'lone/Cargo.toml': crate('lone', '[dependencies]\nitoa = "1"\n') }],
    [
      'lacks an optional one',
      {},
      { 'lone/Cargo.toml': crate('lone', '[dependencies]\nitoa = { version = "1", optional = true }\n') },
    ],
  ])('that %s counts as a whole for it, as cargo will change it', (_, packages, manifests) => {
    const before = relocked(packages, { ...WORKSPACE, ...manifests });
    const after = relocked({ ...packages, 'ryu 1.0.0': undefined, 'ryu 1.0.1': {} }, { ...WORKSPACE, ...manifests });
    expect(changedLocks(before, after)).toEqual(both('lone', 'old'));
  });

  it('that is not there is something else than one that gives nothing', () => {
    const bare = Object.fromEntries(Object.entries(WORKSPACE).filter(([path]) => path !== 'Cargo.lock'));
    expect(changedLocks(WORKSPACE, bare)).toEqual(both('a', 'lone', 'mid', 'old', 'top'));
  });

  it('with a cycle through crates that are not ours is read all the same, and loses nothing', () => {
    const cyclic = (version: string) =>
      relocked({
        'outer 0.1.0': local('inner'),
        'inner 0.1.0': local('outer', 'libc'),
        [`libc ${version}`]: {},
        'lone 0.1.0': local('outer'),
        'top 0.1.0': local('mid', 'inner'),
      });
    const manifests = {
      'lone/Cargo.toml': crate('lone', '[dependencies]\nouter = { path = "../../outer" }\n'),
      'top/Cargo.toml': crate('top', '[dependencies]\nmid = { path = "../mid" }\ninner = { path = "../../inner" }\n'),
    };
    const changed = changedLocks({ ...cyclic('0.2.0'), ...manifests }, { ...cyclic('0.2.1'), ...manifests });
    expect(changed).toEqual(both('lone', 'top'));
  });
});

describe('a root manifest', () => {
  const edited = (from: string, to: string) => ({ ...WORKSPACE, 'Cargo.toml': ROOT.replace(from, to) });
  const all = both('a', 'lone', 'mid', 'old', 'top');

  it.each<[string, string, string, string[]]>([
    ['members', 'members = ["*"]', 'members = ["a", "mid", "top", "old", "lone"]', []],
    ['a comment and another order', 'lto = true', '# why\nlto = true', []],
    ['metadata', 'resolver = "2"', 'resolver = "2"\nmetadata.release = { tag = "v1" }', []],
    ['a dependency that no one inherits', 'serde = "1"', 'serde = "1"\nlibc = "0.2"', []],
    ['an inherited dependency', 'serde = "1"', 'serde = { version = "1", features = ["derive"] }', both('mid', 'top')],
    ['an inherited field', '"MIT"', '"Apache-2.0"', both('top')],
    ['the resolver', 'resolver = "2"', 'resolver = "1"', all],
    ['a profile', 'lto = true', 'lto = false', all],
    [
      'a patch of a used crate',
      '[profile',
      '[patch.crates-io]\nserde_derive = { git = "https://example.com/x" }\n[profile',
      both('mid', 'top'),
    ],
    [
      'a patch of an unused crate',
      '[profile',
      '[patch.crates-io]\nunused = { git = "https://example.com/x" }\n[profile',
      [],
    ],
    ['a replace', '[profile', '[replace]\n"ryu:1.0.0" = { git = "https://example.com/x" }\n[profile', both('old')],
  ])('counts as far as it matters: %s', (_, from, to, changed) => {
    expect(changedLocks(WORKSPACE, edited(from, to))).toEqual(changed);
  });

  it('that is also a crate follows its edition where it names no resolver', () => {
    const single = (fields: string) => ({
      'Cargo.toml': crate('one', fields),
      'Cargo.lock': lock({ 'one 0.1.0': local() }),
    });
    expect(changedLocks(single('edition = "2021"\n'), single('edition = "2024"\n'))).toEqual(both('.'));
    expect(changedLocks(single('edition = "2021"\n'), single('edition = "2018"\nresolver = "2"\n'))).toEqual([]);
  });
});

describe('a crate of another Cargo workspace', () => {
  const apart = (helperVersion: string, ownVersion: string) => ({
    'app/Cargo.toml': `${crate('app', '[dependencies]\nhelper = { path = "../tools/helper" }\n')}[workspace]\n`,
    'app/Cargo.lock': lock({
      'app 0.1.0': local('helper'),
      'helper 0.1.0': local('itoa'),
      [`itoa ${helperVersion}`]: {},
    }),
    'tools/Cargo.toml': '[workspace]\nmembers = ["helper"]\n',
    'tools/Cargo.lock': lock({ 'helper 0.1.0': local('itoa'), [`itoa ${ownVersion}`]: {} }),
    'tools/helper/Cargo.toml': crate(
      'helper',
      '[dependencies]\nitoa = "1"\nrare = { version = "1", optional = true }\n',
    ),
  });

  it('takes the versions of the workspace that builds it', () => {
    expect(changedLocks(apart('1.0.0', '1.0.0'), apart('1.0.1', '1.0.0'))).toEqual(both('app'));
    expect(changedLocks(apart('1.0.0', '1.0.0'), apart('1.0.0', '1.0.1'))).toEqual(both('tools/helper'));
  });
});

it('reads the lockfiles of older cargos alike: checksums in [metadata], a [root] package, dependencies with sources', () => {
  const old = (checksum: string) => ({
    'Cargo.toml': crate('one', '[dependencies]\nitoa = "1"\n'),
    'Cargo.lock': `[root]\nname = "one"\nversion = "0.1.0"\ndependencies = [\n "itoa 1.0.0 (${REGISTRY})",\n]\n\n[[package]]\nname = "itoa"\nversion = "1.0.0"\nsource = "${REGISTRY}"\n\n[metadata]\n"checksum itoa 1.0.0 (${REGISTRY})" = "${checksum}"\n`,
  });
  const now = {
    'Cargo.toml': crate('one', '[dependencies]\nitoa = "1"\n'),
    'Cargo.lock': `version = 4\n\n[[package]]\nname = "itoa"\nversion = "1.0.0"\nsource = "${REGISTRY}"\nchecksum = "abc"\n\n[[package]]\nname = "one"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n`,
  };
  expect(changedLocks(old('abc'), now)).toEqual([]);
  expect(changedLocks(old('abd'), now)).toEqual(both('.'));
});

describe('on random lockfiles', () => {
  const SIZE = 25;

  /** Crates and packages from outside by number; each needs only what has a higher one. */
  function draw(seed: number): { readonly own: number[][]; readonly path: number[][]; readonly outside: number[][] } {
    const random = randomFrom(seed);
    const some = (from: number, count: number): number[] =>
      [...new Set(Array.from({ length: random(count + 1) }, () => from + random(SIZE - from + 1)))].filter(
        (n) => n < SIZE,
      );
    const rows = Array.from({ length: SIZE }, (_, index) => index);
    return {
      own: rows.map(() => some(0, 2)),
      path: rows.map((n) => some(n + 1, 2)),
      outside: rows.map((n) => some(n + 1, 3)),
    };
  }

  function texts({ own, path, outside }: ReturnType<typeof draw>, bumped?: number): Record<string, string> {
    const version = (n: number): string => (n === bumped ? '1.0.1' : '1.0.0');
    const crates = own.map((needs, n): [string, Locked] => [
      `c${n} 0.1.0`,
      local(...needs.map((each) => `x${each}`), ...(path[n] ?? []).map((each) => `c${each}`)),
    ]);
    const packages = outside.map((needs, n): [string, Locked] => [
      `x${n} ${version(n)}`,
      { dependencies: needs.map((each) => `x${each}`) },
    ]);
    const manifests = own.map((needs, n): [string, string] => {
      const paths = (path[n] ?? []).map((each) => `c${each} = { path = "../c${each}" }\n`);
      return [
        `c${n}/Cargo.toml`,
        crate(`c${n}`, `[dependencies]\n${needs.map((each) => `x${each} = "1"\n`).join('')}${paths.join('')}`),
      ];
    });
    return {
      'Cargo.toml': '[workspace]\nmembers = ["*"]\n',
      'Cargo.lock': lock(Object.fromEntries([...crates, ...packages])),
      ...Object.fromEntries(manifests),
    };
  }

  function reached(starts: readonly number[], next: readonly (readonly number[])[]): Set<number> {
    const found = new Set(starts);
    for (const each of found) for (const other of next[each] ?? []) found.add(other);
    return found;
  }

  it.each([1, 2, 3])('a bump changes exactly the crates that reach the package (seed %d)', (seed) => {
    const drawn = draw(seed);
    const before = texts(drawn);
    for (let bumped = 0; bumped < SIZE; bumped += 4) {
      const users = drawn.own.flatMap((_, n) => {
        const taken = [...reached([n], drawn.path)].flatMap((each) => drawn.own[each] ?? []);
        return reached(taken, drawn.outside).has(bumped) ? [`c${n}`] : [];
      });
      expect(changedLocks(before, texts(drawn, bumped))).toEqual(both(...users));
    }
  });
});

it('walks a chain of any length', () => {
  const length = 20_000;
  const chain = (last: string): Record<string, string> => {
    const links = Array.from({ length }, (_, n): [string, Locked] => [`x${n} 1.0.0`, { dependencies: [`x${n + 1}`] }]);
    return {
      'Cargo.toml': crate('one', '[dependencies]\nx0 = "1"\n'),
      'Cargo.lock': lock({ 'one 0.1.0': local('x0'), ...Object.fromEntries(links), [`x${length} ${last}`]: {} }),
    };
  };
  expect(changedLocks(chain('1.0.0'), chain('1.0.1'))).toEqual(both('.'));
});
