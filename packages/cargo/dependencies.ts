import type { TomlView } from './toml-view.js';
import type { CargoDependency } from './types.js';

type Kind = CargoDependency['kind'];

/** Table names by kind; cargo still reads the names with underscores, except in edition 2024. */
const TABLES: readonly (readonly [string, Kind])[] = [
  ['dependencies', 'normal'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
];

/** All dependencies of a manifest: the plain tables, then those under `[target.*]`. */
export function readDependencies(manifest: TomlView): CargoDependency[] {
  const targets = manifest.table('target');
  const perTarget = (targets?.keys() ?? []).flatMap((selector) => {
    const table = targets?.table(selector);
    return table === undefined ? [] : readTables(table, selector);
  });
  return [...readTables(manifest), ...perTarget];
}

function readTables(parent: TomlView, target?: string): CargoDependency[] {
  return TABLES.flatMap(([table, kind]) => readDependencyTable(parent.table(table), kind, target));
}

/** One table of dependencies, e.g. `[workspace.dependencies]`. */
export function readDependencyTable(table: TomlView | undefined, kind: Kind, target?: string): CargoDependency[] {
  return (table?.keys() ?? []).flatMap((key) => (table === undefined ? [] : readDependency(table, key, kind, target)));
}

/** `[patch.<registry>]` and `[replace]` entries that point at a folder. */
export function readPatches(manifest: TomlView): CargoDependency[] {
  const patch = manifest.table('patch');
  const patches = (patch?.keys() ?? []).flatMap((registry) => readDependencyTable(patch?.table(registry), 'normal'));
  const replaced = readDependencyTable(manifest.table('replace'), 'normal').map((entry) => ({
    ...entry,
    package: entry.package === entry.key ? packageOfSpec(entry.key) : entry.package,
  }));
  return [...patches, ...replaced].filter((entry) => entry.path !== undefined);
}

/** `[replace]` is keyed by package id specs: `name:1.0.0`, `name@1.0.0` or `https://host/path#name:1.0.0`. */
export function packageOfSpec(spec: string): string {
  const afterUrl = spec.slice(spec.lastIndexOf('#') + 1);
  return afterUrl.split(/[:@]/)[0] ?? afterUrl;
}

function readDependency(table: TomlView, key: string, kind: Kind, target?: string): CargoDependency[] {
  const common = { key, kind, span: table.span(key), ...(target === undefined ? {} : { target }) };
  const version = table.raw(key);
  if (typeof version === 'string') {
    return [
      { ...common, package: key, version, workspace: false, optional: false, defaultFeatures: true, features: [] },
    ];
  }
  const detail = table.table(key);
  return detail === undefined ? [] : [{ ...common, ...readDetail(detail, key) }];
}

function readDetail(detail: TomlView, key: string): Omit<CargoDependency, 'key' | 'kind' | 'target' | 'span'> {
  const path = detail.string('path');
  const version = detail.string('version');
  const git = detail.string('git');
  return {
    package: detail.string('package') ?? key,
    ...(path === undefined ? {} : { path }),
    ...(version === undefined ? {} : { version }),
    ...(git === undefined ? {} : { git }),
    workspace: detail.boolean('workspace') ?? false,
    optional: detail.boolean('optional') ?? false,
    defaultFeatures: detail.boolean('default-features') ?? detail.boolean('default_features') ?? true,
    features: detail.strings('features'),
  };
}
