import type { CargoDependency, CargoManifest } from '#cargo';
import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from '../facts.js';
import type { Project } from '../model.js';

/** A crate of this workspace with the manifests that say what it takes from outside. */
export interface LockCrate {
  readonly manifest: CargoManifest;
  /** Folder of the Cargo.lock of its builds. */
  readonly cargoWorkspace: WorkspacePath;
  /** Manifest in that folder, from which it inherits. */
  readonly rootManifest: CargoManifest;
  /** `[workspace.dependencies]` of it, by key. */
  readonly inheritable: ReadonlyMap<string, CargoDependency>;
}

/** The crates of the projects, by root. */
export function indexLockCrates(
  facts: Pick<WorkspaceFacts, 'cargoManifests'>,
  projects: readonly Project[],
): ReadonlyMap<WorkspacePath, LockCrate> {
  const manifests = new Map(facts.cargoManifests.map((manifest) => [folderOf(workspacePath(manifest.file)), manifest]));
  const inheritable = new Map<CargoManifest, ReadonlyMap<string, CargoDependency>>();
  const crates = new Map<WorkspacePath, LockCrate>();
  for (const { root, rust } of projects) {
    const manifest = manifests.get(root);
    if (rust === undefined || manifest === undefined) continue;
    const { cargoWorkspace } = rust;
    const rootManifest = manifests.get(cargoWorkspace) ?? manifest;
    let shared = inheritable.get(rootManifest);
    if (shared === undefined) inheritable.set(rootManifest, (shared = sharedDependencies(rootManifest)));
    crates.set(root, { manifest, cargoWorkspace, rootManifest, inheritable: shared });
  }
  return crates;
}

function sharedDependencies({ workspace }: CargoManifest): ReadonlyMap<string, CargoDependency> {
  return new Map(workspace?.dependencies.map((dependency) => [dependency.key, dependency]));
}
