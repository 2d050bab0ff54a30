import { canonicalJson } from './canonical-json.js';
import { packageOfSpec } from './dependencies.js';
import type { TomlView } from './toml-view.js';
import type { CargoRootTables } from './types.js';

/** What the manifest says to the crates of the workspace that it is the root of; undefined when it says nothing. */
export function readRootTables(manifest: TomlView): CargoRootTables | undefined {
  const forAll = Object.fromEntries([...readProfiles(manifest), ...readResolver(manifest)]);
  const overrides = [...readPatchTables(manifest), ...readReplaceTable(manifest)];
  const inheritable = Object.fromEntries(readInheritable(manifest));
  const isEmpty = [forAll, overrides, inheritable].every((part) => Object.keys(part).length === 0);
  return isEmpty ? undefined : { forAll, overrides, inheritable };
}

/** What a crate inherits besides dependencies: `package.version` for `version.workspace = true`, and `lints`. */
export function readInherited(manifest: TomlView): string[] {
  const view = manifest.has('package') ? tableAt(manifest, 'package') : undefined;
  const fields = (view?.keys() ?? []).filter((key) => inherits(view?.raw(key))).map((key) => `package.${key}`);
  return inherits(manifest.raw('lints')) ? [...fields, 'lints'] : fields;
}

function inherits(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'workspace' in value && value.workspace === true;
}

type Entry = readonly [name: string, json: string];

function readProfiles(manifest: TomlView): Entry[] {
  const unstable = manifest.raw('cargo-features');
  return [
    ...entriesOf(manifest, 'profile'),
    ...(unstable === undefined ? [] : [['cargo-features', canonicalJson(unstable)] as const]),
  ];
}

function readResolver(manifest: TomlView): Entry[] {
  const given = tableAt(manifest, 'workspace')?.raw('resolver') ?? tableAt(manifest, 'package')?.raw('resolver');
  return given === undefined ? [] : [['resolver', canonicalJson(given)]];
}

function readPatchTables(manifest: TomlView): CargoRootTables['overrides'] {
  const patch = tableAt(manifest, 'patch');
  return (patch?.keys() ?? []).flatMap((registry) => {
    const table = patch === undefined ? undefined : tableAt(patch, registry);
    return (table?.keys() ?? []).map((key) => ({
      package: (table === undefined ? undefined : renamed(table, key)) ?? key,
      entry: `patch.${registry} ${canonicalJson(table?.raw(key))}`,
    }));
  });
}

function readReplaceTable(manifest: TomlView): CargoRootTables['overrides'] {
  const table = tableAt(manifest, 'replace');
  return (table?.keys() ?? []).map((spec) => ({
    package: packageOfSpec(spec),
    entry: `replace ${spec} ${canonicalJson(table?.raw(spec))}`,
  }));
}

function renamed(table: TomlView, key: string): string | undefined {
  const name = tableAt(table, key)?.raw('package');
  return typeof name === 'string' ? name : undefined;
}

function readInheritable(manifest: TomlView): Entry[] {
  const workspace = tableAt(manifest, 'workspace');
  if (workspace === undefined) return [];
  const lints = workspace.raw('lints');
  return [
    ...entriesOf(workspace, 'package'),
    ...entriesOf(workspace, 'dependencies'),
    ...(lints === undefined ? [] : [['lints', canonicalJson(lints)] as const]),
  ];
}

function entriesOf(parent: TomlView, name: string): Entry[] {
  const table = tableAt(parent, name);
  return (table?.keys() ?? []).map((key) => [`${name}.${key}`, canonicalJson(table?.raw(key))]);
}

/** A table, or undefined without a word: what has the wrong type is reported where it is read for its own sake, or by cargo. */
function tableAt(view: TomlView, key: string): TomlView | undefined {
  const value = view.raw(key);
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return isTable ? view.table(key) : undefined;
}
