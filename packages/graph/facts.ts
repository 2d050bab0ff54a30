import type { CargoLock, CargoManifest } from '#cargo';
import type { Diagnostic } from '#diagnostics';
import type { GoFileHeader, GoMod, GoWork } from '#go';
import type { WorkspacePath } from '#paths';

/** What the files of a workspace say, one parsed record per file; the input of resolution. */
export interface WorkspaceFacts {
  readonly cargoManifests: readonly CargoManifest[];
  /** Lockfiles by folder; a Cargo workspace may have none. */
  readonly cargoLocks?: ReadonlyMap<WorkspacePath, CargoLock>;
  /** Rust sources that cargo finds by their place: src/lib.rs, src/main.rs, src/bin/…; workspace paths. */
  readonly rustEntryFiles: readonly WorkspacePath[];
  readonly goMods: readonly GoMod[];
  readonly goWorks: readonly GoWork[];
  readonly goFiles: readonly GoFileHeader[];
  /** Names pinned in project.json files, by root. */
  readonly pinnedNames: ReadonlyMap<WorkspacePath, string>;
  /** What reading and parsing found. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How projects are named: after their manifest where that is unique, or always after their folder. */
export type ProjectNaming = 'manifest' | 'path';
