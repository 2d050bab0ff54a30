import type { Diagnosed } from '#diagnostics';
import { scanLock } from './lock-scan.js';
import { findMergeConflict } from './merge-conflict.js';
import { parseToml } from './toml.js';
import { TomlView } from './toml-view.js';
import type { CargoLock, LockedCrate } from './types.js';

/**
 * Reads a Cargo.lock, of any version. Cargo writes it in one fixed shape, which a scan over its lines reads many times
 * faster than a TOML parser; a file of another shape is read as TOML. Undefined when it is no TOML either
 * (`cargo/broken-toml`) or has conflict markers (`cargo/merge-conflict`).
 */
export function parseCargoLock(file: string, text: string): Diagnosed<CargoLock | undefined> {
  const conflict = findMergeConflict(file, text);
  if (conflict !== undefined) return { value: undefined, diagnostics: [conflict] };
  const scanned = scanLock(text);
  return scanned === undefined ? parseLockAsToml(file, text) : { value: scanned, diagnostics: [] };
}

function parseLockAsToml(file: string, text: string): Diagnosed<CargoLock | undefined> {
  const toml = parseToml(file, text);
  if (toml.value === undefined) return { value: undefined, diagnostics: toml.diagnostics };
  const view = TomlView.open(file, text, toml.value);
  const root = view.table('root');
  const packages = [...(root === undefined ? [] : [root]), ...view.tables('package')].flatMap(readLockedCrate);
  const version = view.number('version');
  return { value: { version: version ?? 2, packages }, diagnostics: view.diagnostics };
}

function readLockedCrate(view: TomlView): LockedCrate[] {
  const name = view.string('name');
  const version = view.string('version');
  const source = view.string('source');
  const checksum = view.string('checksum');
  if (name === undefined || version === undefined) {
    reportNameless(view);
    return [];
  }
  return [
    {
      name,
      version,
      ...(source === undefined ? {} : { source }),
      ...(checksum === undefined ? {} : { checksum }),
      dependencies: view.strings('dependencies'),
    },
  ];
}

function reportNameless(view: TomlView): void {
  view.report({
    code: 'cargo/broken-lock',
    severity: 'error',
    message: 'a [[package]] of the lock file has no name or no version',
    span: view.span(),
    help: 'run `cargo generate-lockfile` to write the lock file anew',
  });
}
