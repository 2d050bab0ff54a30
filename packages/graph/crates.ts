import {
  artifactFileNames,
  binaries,
  hasLibrary,
  isExcluded,
  libraryName,
  type CargoDependency,
  type CargoManifest,
} from '#cargo';
import { findTemplateMark } from '#diagnostics';
import { folderOf, joinPath, leavesWorkspace, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import type { Edge, OutsideInput, RustSide } from './model.js';
import { namedByManifests } from './named-crates.js';

/** A crate of this workspace with the manifest it came from and the Cargo workspace it belongs to. */
export interface Crate {
  readonly root: WorkspacePath;
  readonly manifest: CargoManifest;
  readonly workspaceManifest: CargoManifest;
  readonly side: RustSide;
}

export interface ResolvedCrates {
  readonly crates: ReadonlyMap<WorkspacePath, Crate>;
  readonly edges: readonly Edge[];
  /** Manifests that dependencies name by path where none lies. */
  readonly missing: readonly OutsideInput[];
}

/** All crates by root, and the paths between them. */
export function resolveCrates(facts: WorkspaceFacts): ResolvedCrates {
  const manifests = new Map(facts.cargoManifests.map((manifest) => [folderOf(workspacePath(manifest.file)), manifest]));
  const isNamed = namedByManifests(facts.cargoManifests);
  const entryFiles = groupEntryFiles(facts.files, manifests);
  const crates = new Map<WorkspacePath, Crate>();
  for (const [root, manifest] of manifests) {
    if (manifest.package === undefined) continue;
    const isData = isSetAside(root) || findTemplateMark(manifest.package.name) !== undefined;
    if (isData && !isNamed(root)) continue;
    const workspaceRoot = cargoWorkspaceOf(root, manifest, manifests);
    const workspaceManifest = manifests.get(workspaceRoot) ?? manifest;
    const side = rustSide(manifest, workspaceManifest, workspaceRoot, entryFiles.get(root) ?? []);
    if (side !== undefined) crates.set(root, { root, manifest, workspaceManifest, side });
  }
  const all = [...crates.values()];
  return {
    crates,
    edges: all.flatMap((crate) => dependencyEdges(crate, crates)),
    missing: all.flatMap((crate) => missingManifests(crate, manifests)),
  };
}

/** Sources in the places where cargo looks for libraries, binaries and build scripts. */
const ENTRY_FILE = /(?:^|\/)(?:src\/(?:lib|main|bin\/[^/]+|bin\/[^/]+\/main)|build)\.rs$/;

function groupEntryFiles(
  files: Iterable<WorkspacePath>,
  manifests: ReadonlyMap<WorkspacePath, CargoManifest>,
): ReadonlyMap<WorkspacePath, string[]> {
  const byRoot = new Map<WorkspacePath, string[]>();
  for (const file of files) {
    if (!ENTRY_FILE.test(file)) continue;
    const root = foldersUpwards(folderOf(file)).find((folder) => manifests.get(folder)?.package !== undefined);
    if (root === undefined) continue;
    const list = byRoot.get(root) ?? [];
    list.push(relativePath(root, file));
    byRoot.set(root, list);
  }
  return byRoot;
}

/** Cargo's own search: `package.workspace`, else the nearest manifest above with `[workspace]` that does not exclude it. */
function cargoWorkspaceOf(
  root: WorkspacePath,
  manifest: CargoManifest,
  manifests: ReadonlyMap<WorkspacePath, CargoManifest>,
): WorkspacePath {
  const named = manifest.package?.workspaceRoot;
  if (named !== undefined) return joinPath(root, named);
  if (manifest.workspace !== undefined) return root;
  for (const folder of foldersUpwards(root).slice(1)) {
    const workspace = manifests.get(folder)?.workspace;
    if (workspace === undefined) continue;
    return isExcluded(relativePath(folder, root), workspace) ? root : folder;
  }
  return root;
}

function rustSide(
  manifest: CargoManifest,
  workspaceManifest: CargoManifest,
  cargoWorkspace: WorkspacePath,
  files: readonly string[],
): RustSide | undefined {
  const cargoPackage = manifest.package;
  if (cargoPackage === undefined) return undefined;
  const version = cargoPackage.version ?? workspaceManifest.workspace?.package.version;
  const inherited = typeof cargoPackage.rustVersion === 'object';
  const floor = inherited ? workspaceManifest.workspace?.package.rustVersion : cargoPackage.rustVersion;
  const library = hasLibrary(manifest, files) ? libraryName(manifest) : undefined;
  return {
    manifest: workspacePath(manifest.file),
    package: cargoPackage.name,
    cargoWorkspace,
    ...(version === undefined ? {} : { version }),
    ...(library === undefined ? {} : { library: { name: library, crateTypes: manifest.lib?.crateTypes ?? [] } }),
    binaries: binaries(manifest, files).map((binary) => binary.name),
    features: Object.keys(manifest.features)
      .filter((feature) => feature !== 'default')
      .sort(),
    artifacts: artifactFileNames(manifest, files),
    ...(typeof floor === 'string'
      ? { toolchainFloor: { version: floor, span: cargoPackage.rustVersionSpan ?? cargoPackage.nameSpan } }
      : {}),
  };
}

function dependencyEdges(crate: Crate, crates: ReadonlyMap<WorkspacePath, Crate>): Edge[] {
  return crate.manifest.dependencies.flatMap((dependency): Edge[] => {
    const to = folderOfDependency(crate, dependency);
    if (to === undefined || to === crate.root || !crates.has(to)) return [];
    const edge = { from: crate.root, to, evidence: dependency.span };
    return dependency.kind === 'dev'
      ? [{ ...edge, kind: 'cargo-dev-dependency', testOnly: true }]
      : [{ ...edge, kind: 'cargo-dependency' }];
  });
}

/** Whoever depends on a crate has to be affected by its removal, when there is no project left to have an edge to. */
function missingManifests(crate: Crate, manifests: ReadonlyMap<WorkspacePath, unknown>): OutsideInput[] {
  return crate.manifest.dependencies.flatMap((dependency): OutsideInput[] => {
    const folder = folderOfDependency(crate, dependency);
    if (folder === undefined || leavesWorkspace(folder) || manifests.has(folder)) return [];
    const path = joinPath(folder, 'Cargo.toml');
    const evidence = dependency.span;
    const input = { from: crate.root, path, isFolder: false, isUnlisted: true, kind: 'dependency', evidence } as const;
    return [dependency.kind === 'dev' ? { ...input, testOnly: true } : input];
  });
}

/** Where a dependency's sources lie in this workspace: its own path, the inherited one, or a `[patch]` with a path. */
function folderOfDependency(crate: Crate, dependency: CargoDependency): WorkspacePath | undefined {
  if (dependency.path !== undefined) return joinPath(crate.root, dependency.path);
  const { cargoWorkspace } = crate.side;
  const inherited = dependency.workspace
    ? crate.workspaceManifest.workspace?.dependencies.find((shared) => shared.key === dependency.key)
    : undefined;
  if (inherited?.path !== undefined) return joinPath(cargoWorkspace, inherited.path);
  const name = inherited?.package ?? dependency.package;
  const patch = crate.workspaceManifest.patches.find((entry) => entry.package === name && entry.path !== undefined);
  return patch?.path === undefined ? undefined : joinPath(cargoWorkspace, patch.path);
}
