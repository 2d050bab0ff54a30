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
}

function graphOf(packages: Readonly<Record<string, Pkg>>): NonNullable<ReturnType<typeof parseCargoMetadata>> {
  const names = Object.keys(packages);
  const text = JSON.stringify({
    packages: names.map((name) => ({
      id: name,
      name,
      manifest_path: `/ws/${name}/Cargo.toml`,
      features: packages[name]?.features ?? {},
      targets: [{ kind: [packages[name]?.macro === true ? 'proc-macro' : 'lib'] }],
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
    // `a` has `base` among the rest, for the others it is only a tool: they are no part of one call.
    expect(parts(packages, ['a', 'b', 'c'], units)).toEqual([['b', 'c']]);
    expect(parts(packages, ['b', 'c'], { base: [['quick']], b: [[]], c: [[]], m: [[]] })).toEqual([['b', 'c']]);
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
