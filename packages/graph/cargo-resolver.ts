import type { CargoManifest } from '#cargo';

/**
 * The feature resolver of a Cargo workspace, as its root manifest has it in JSON; one that names none follows its edition,
 * which a virtual one has not.
 */
export function resolverOf({ rootTables, package: own, workspace }: CargoManifest): string {
  const given = rootTables?.forAll['resolver'];
  if (given !== undefined) return given;
  const edition = own === undefined ? undefined : (own.edition ?? workspace?.package.edition);
  if (edition === undefined || edition < '2021') return '"1"';
  return edition < '2024' ? '"2"' : '"3"';
}
