import { parseCargoMetadata, parseUnitFeatures, splitByFeatures } from '#plan';

interface Pkg {
  readonly needs?: readonly {
    readonly name: string;
    readonly features?: readonly string[];
    readonly kind?: 'build';
    readonly optional?: true;
    readonly bare?: true;
  }[];
  readonly features?: Readonly<Record<string, readonly string[]>>;
  readonly macro?: true;
  readonly program?: true;
}

function graphOf(packages: Readonly<Record<string, Pkg>>): NonNullable<ReturnType<typeof parseCargoMetadata>> {
  const names = Object.keys(packages);
  const text = JSON.stringify({
    packages: names.map((name) => ({
      id: name,
      name,
      manifest_path: `/ws/${name}/Cargo.toml`,
      features: packages[name]?.features ?? {},
      targets: [
        { kind: [packages[name]?.macro === true ? 'proc-macro' : 'lib'] },
        ...(packages[name]?.program === true ? [{ kind: ['bin'] }] : []),
      ],
      dependencies: (packages[name]?.needs ?? []).map((need) => ({
        name: need.name,
        rename: null,
        kind: need.kind ?? null,
        target: null,
        optional: need.optional === true,
        uses_default_features: need.bare !== true,
        features: need.features ?? [],
      })),
    })),
    resolve: {
      nodes: names.map((name) => ({
        id: name,
        deps: (packages[name]?.needs ?? []).map((need) => ({
          name: need.name,
          pkg: need.name,
          dep_kinds: [{ kind: need.kind ?? null, target: null }],
        })),
      })),
    },
  });
  const graph = parseCargoMetadata(text);
  if (graph === undefined) throw new Error('no graph');
  return graph;
}

/** @param units package → features of each of its compilations */
function parts(
  packages: Readonly<Record<string, Pkg>>,
  requested: readonly string[],
  units: Readonly<Record<string, readonly (readonly string[])[]>>,
): string[][] {
  const list = Object.entries(units).flatMap(([pkg_id, sets]) => sets.map((features) => ({ pkg_id, features })));
  const said = parseUnitFeatures(JSON.stringify({ units: list })) ?? new Map<string, readonly string[]>();
  const asked = requested.map((id) => ({ id, features: ['default'] }));
  return splitByFeatures(graphOf(packages), asked, said).map((part) => [...part].sort());
}

const base = { base: { features: { quick: [], more: ['quick'], default: ['more'] } } };
const bare = { name: 'base', bare: true } as const;

describe('crates for one call of cargo', () => {
  it('are all of them where none gives another a feature', () => {
    const packages = { ...base, a: { needs: [bare] }, b: { needs: [bare] } };
    expect(parts(packages, ['a', 'b'], { base: [[]], a: [[]], b: [[]] })).toEqual([['a', 'b']]);
  });

  it('are those that ask for the same, part by part', () => {
    const packages = {
      ...base,
      a: { needs: [bare] },
      b: { needs: [bare] },
      c: { needs: [{ ...bare, features: ['quick'] }] },
      d: { needs: [{ ...bare, features: ['quick'] }] },
    };
    const units = { base: [['quick']], a: [[]], b: [[]], c: [[]], d: [[]] };
    expect(parts(packages, ['a', 'b', 'c', 'd'], units)).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });

  it('tell build scripts and macros from the rest', () => {
    const packages = {
      ...base,
      a: { needs: [bare] },
      b: { needs: [{ ...bare, kind: 'build', features: ['quick'] } as const] },
      m: { macro: true, needs: [{ ...bare, features: ['quick'] }] } as const,
      c: { needs: [{ name: 'm' }] },
    };
    const units = { base: [[], ['quick']], a: [[]], b: [[]], c: [[]], m: [[]] };
    expect(parts(packages, ['a', 'b', 'c'], units)).toEqual([['a', 'b', 'c']]);
    // `d` has the same `base` among the rest that is only a tool for the others: they are no part of one call.
    const same = { ...packages, d: { needs: [{ ...bare, features: ['quick'] }] } };
    expect(parts(same, ['d', 'b', 'c'], { base: [['quick']], b: [[]], c: [[]], d: [[]], m: [[]] })).toEqual([
      ['b', 'c'],
    ]);
    expect(parts(packages, ['b', 'c'], { base: [['quick']], b: [[]], c: [[]], m: [[]] })).toEqual([['b', 'c']]);
  });

  it('leave out macros that are asked for: these share a call of their own', () => {
    const macro = { macro: true, needs: [{ ...bare, features: ['quick'] }] } as const;
    const packages = { ...base, a: { needs: [bare] }, c: { needs: [{ name: 'm' }] }, d: {}, m: macro, n: macro };
    // With a macro, also what it needs is asked for as if it ran on the target, though nothing there is compiled for it.
    const units = { base: [['quick']], a: [[]], c: [[]], d: [[]], m: [[]], n: [[]] };
    expect(parts(packages, ['a', 'c', 'd', 'm', 'n'], units)).toEqual([
      ['a', 'c', 'd'],
      ['m', 'n'],
    ]);
    // Cargo gives a macro that is asked for the debug information of the rest, and so another name to what is made with it.
    expect(parts(packages, ['c', 'm'], { base: [['quick']], c: [[]], m: [[]] })).toEqual([]);
    expect(parts({ ...packages, n: { macro: true, needs: [{ name: 'm' }] } as const }, ['m', 'n'], units)).toEqual([]);
  });

  it('know the program of a crate of macros, which is made for the target', () => {
    const needs = [{ ...bare, features: ['quick'] }];
    const macro = { macro: true, program: true, features: { more: [] }, needs } as const;
    const asksMore = { needs: [{ name: 'm', features: ['more'] }] };
    const packages = { ...base, c: asksMore, d: asksMore, m: macro };
    expect(parts(packages, ['c', 'd', 'm'], { base: [['quick']], c: [[]], d: [[]], m: [[], ['more']] })).toEqual([
      ['c', 'd'],
    ]);
  });

  it('follow optional dependencies, and weak features only where these are on', () => {
    const packages = {
      ...base,
      a: {
        needs: [{ ...bare, optional: true } as const],
        features: { base: ['dep:base'], on: ['base', 'base?/quick'], off: ['base?/quick'] },
      },
      b: { needs: [bare, { name: 'a', features: ['off'] }] },
      c: { needs: [{ name: 'a', features: ['on'] }] },
    };
    expect(parts(packages, ['b', 'c'], { base: [['quick']], a: [['base', 'off', 'on']], b: [[]], c: [[]] })).toEqual(
      [],
    );
    expect(parts(packages, ['b', 'a'], { base: [[]], a: [['off']], b: [[]] })).toEqual([]);
  });

  it('are none where cargo says otherwise, or nothing', () => {
    const packages = { ...base, a: { needs: [bare] }, b: { needs: [bare] } };
    expect(parts(packages, ['a', 'b'], { base: [['quick']], a: [[]], b: [[]] })).toEqual([]);
    expect(parts(packages, ['a', 'b'], {})).toEqual([]);
    expect(parseCargoMetadata('no JSON')).toBeUndefined();
    expect(parseUnitFeatures('{}')).toBeUndefined();
  });
});
