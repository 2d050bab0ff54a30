import type { Diagnosed } from '#diagnostics';
import { readDependencies, readDependencyTable, readPatches } from './dependencies.js';
import { readInherited, readRootTables } from './root-tables.js';
import { parseToml } from './toml.js';
import { TomlView } from './toml-view.js';
import type { CargoBin, CargoLib, CargoManifest, CargoPackage, CargoWorkspace } from './types.js';

/**
 * Reads a Cargo.toml. Undefined only when the text is no TOML (`cargo/broken-toml`, `cargo/merge-conflict`); a wrong
 * field is reported (`cargo/wrong-type`, `cargo/missing-name`, `cargo/no-package`) and the rest stands.
 */
export function parseCargoManifest(file: string, text: string): Diagnosed<CargoManifest | undefined> {
  const toml = parseToml(file, text);
  if (toml.value === undefined) return { value: undefined, diagnostics: toml.diagnostics };
  const view = TomlView.open(file, text, toml.value);
  return { value: readManifest(file, view), diagnostics: view.diagnostics };
}

function readManifest(file: string, view: TomlView): CargoManifest {
  const bins = view.tables('bin').flatMap(readBin);
  const cargoPackage = readPackage(view, bins.length > 0);
  const lib = view.table('lib');
  const workspace = view.table('workspace');
  if (!view.has('package') && !view.has('project') && !view.has('workspace')) reportEmpty(file, view);
  const features = view.table('features');
  const featureNames = features?.keys() ?? [];
  const rootTables = readRootTables(view);
  return {
    file,
    ...(cargoPackage === undefined ? {} : { package: cargoPackage }),
    ...(lib === undefined ? {} : { lib: readLib(lib) }),
    bins,
    features: Object.fromEntries(featureNames.map((name) => [name, features?.strings(name) ?? []])),
    featureSpans: Object.fromEntries(featureNames.map((name) => [name, view.span('features', name)])),
    dependencies: readDependencies(view),
    ...(workspace === undefined ? {} : { workspace: readWorkspace(workspace) }),
    patches: readPatches(view),
    ...(rootTables === undefined ? {} : { rootTables }),
    inherited: readInherited(view),
  };
}

function reportEmpty(file: string, view: TomlView): void {
  view.report({
    code: 'cargo/no-package',
    severity: 'error',
    message: `${file} has neither [package] nor [workspace]`,
    span: { file, line: 1, column: 1 },
    help: 'add a [package] with a name, or a [workspace] with members, or remove the file',
  });
}

function readPackage(manifest: TomlView, hasExplicitBins: boolean): CargoPackage | undefined {
  // `[project]` is cargo's former name of `[package]`, read in editions before 2024.
  const view = manifest.table(manifest.has('package') ? 'package' : 'project');
  if (view === undefined) return undefined;
  const name = readName(view, '[package]');
  if (name === undefined) return undefined;
  const rustVersion = view.inheritable('rust-version');
  return {
    name,
    nameSpan: view.span('name'),
    ...(rustVersion === undefined ? {} : { rustVersion, rustVersionSpan: view.span('rust-version') }),
    ...readVersions(view),
    ...readDiscovery(view, hasExplicitBins),
    ...optional('workspaceRoot', view.string('workspace')),
    ...optional('defaultRun', view.string('default-run')),
  };
}

function readName(view: TomlView, table: string): string | undefined {
  const isGiven = view.has('name');
  const name = view.string('name');
  if (name !== undefined && name !== '') return name;
  if (isGiven && name === undefined) return undefined; // the wrong type has been reported
  view.report({
    code: 'cargo/missing-name',
    severity: 'error',
    message: `${table} has no name`,
    span: view.span(...(isGiven ? ['name'] : [])),
    help: `add \`name = "…"\` to ${table}`,
  });
  return undefined;
}

function readVersions(view: TomlView): Pick<CargoPackage, 'version' | 'edition'> {
  const version = view.inheritable('version');
  const edition = view.inheritable('edition');
  return {
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof edition === 'string' ? { edition } : {}),
  };
}

function readDiscovery(view: TomlView, hasExplicitBins: boolean): Pick<CargoPackage, 'autobins' | 'autolib' | 'build'> {
  // Edition 2015, which is also the one of a package that names none, discovers no binaries beside explicit ones.
  const edition = view.raw('edition');
  const isEdition2015 = edition === undefined || edition === '2015';
  return {
    autobins: view.boolean('autobins') ?? !(isEdition2015 && hasExplicitBins),
    ...(view.boolean('autolib') === false ? { autolib: false } : {}),
    ...readBuild(view),
  };
}

function readBuild(view: TomlView): Pick<CargoPackage, 'build'> {
  const build = view.raw('build');
  if (build === undefined) return {};
  if (typeof build === 'string' || build === false) return { build };
  if (build === true) return { build: 'build.rs' };
  view.rejectType('build', 'a path or false');
  return {};
}

function readLib(view: TomlView): CargoLib {
  return {
    ...optional('name', view.string('name')),
    ...optional('path', view.string('path')),
    crateTypes: view.strings(view.has('crate-type') ? 'crate-type' : 'crate_type'),
    procMacro: view.boolean('proc-macro') ?? view.boolean('proc_macro') ?? false,
  };
}

function readBin(view: TomlView): CargoBin[] {
  const name = readName(view, '[[bin]]');
  if (name === undefined) return [];
  return [{ name, ...optional('path', view.string('path')), requiredFeatures: view.strings('required-features') }];
}

function readWorkspace(view: TomlView): CargoWorkspace {
  const shared = view.table('package');
  return {
    members: view.strings('members'),
    exclude: view.strings('exclude'),
    defaultMembers: view.strings('default-members'),
    dependencies: readDependencyTable(view.table('dependencies'), 'normal'),
    package: {
      ...optional('version', shared?.string('version')),
      ...optional('edition', shared?.string('edition')),
      ...optional('rustVersion', shared?.string('rust-version')),
    },
  };
}

/** A property that is there only when it has a value. */
function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
