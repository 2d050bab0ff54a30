import { modelOf } from '#testing';

const crate = (name: string, dependencies: string): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\n[dependencies]\n${dependencies}`;
const locked = (name: string, source: string, ...dependencies: string[]): string =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}dependencies = [\n${dependencies.map((dependency) => ` "${dependency}",\n`).join('')}]\n\n`;
const REGISTRY = 'source = "registry+https://example.com/index"\n';

const MANIFESTS = {
  'Cargo.toml':
    '[workspace]\nmembers = ["*"]\n\n[patch.crates-io]\nbase = { path = "third_party/base" }\nrenamed = { package = "fork", path = "fork" }\n',
  'through/Cargo.toml': crate('through', 'middle = "1"\n'),
  'beyond/Cargo.toml': crate('beyond', 'through = { path = "../through" }\n'),
  'apart/Cargo.toml': crate('apart', ''),
  'fork/Cargo.toml': crate('fork', ''),
  'third_party/base/Cargo.toml': crate('base', ''),
};
const LOCK =
  'version = 4\n\n' +
  locked('through', '', 'middle') +
  locked('beyond', '', 'through') +
  locked('apart', '') +
  locked('fork', '') +
  locked('base', '') +
  locked('middle', REGISTRY, 'inner 1.0.0') +
  locked('inner', REGISTRY, 'base');

function edgesOf(texts: Readonly<Record<string, string>>): string[] {
  return modelOf(texts).edges.map(({ from, to, evidence }) => `${from} -> ${to} (${evidence.file}:${evidence.line})`);
}

describe('a [patch] with a path of a crate that only crates from outside use', () => {
  it('is an edge from the members that get it through them, as Cargo.lock says', () => {
    expect(edgesOf({ ...MANIFESTS, 'Cargo.lock': LOCK })).toEqual([
      'beyond -> through (beyond/Cargo.toml:5)',
      'through -> third_party/base (Cargo.toml:5)',
    ]);
  });

  it('follows the lockfile, not the manifests, when only that changes', () => {
    const without = LOCK.replace(' "base",\n', '');
    expect(edgesOf({ ...MANIFESTS, 'Cargo.lock': without })).toEqual(['beyond -> through (beyond/Cargo.toml:5)']);
  });

  it('is an edge from every member with dependencies from outside where the lockfile says nothing', () => {
    const cautious = [
      'through -> third_party/base (Cargo.toml:5)',
      'through -> fork (Cargo.toml:6)',
      'beyond -> through (beyond/Cargo.toml:5)',
    ];
    expect(edgesOf(MANIFESTS).sort()).toEqual(cautious.sort());
    const stale = LOCK.replace('name = "through"', 'name = "former"');
    expect(edgesOf({ ...MANIFESTS, 'Cargo.lock': stale }).sort()).toEqual(cautious.sort());
  });
});
