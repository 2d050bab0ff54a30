import type { Tree } from '@nx/devkit';
import { folderOf, isInside, joinPath, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { addBridge, addCargoMembers, addGoModules, goFloor, parseGroutToml } from '#scaffold';
import { valueOf } from '../fail.js';
import { groutTomlPath } from '../grout-facts.js';
import { foldersUpward, readText, writeText } from '../tree-files.js';
import type { WorkspaceManifests } from '../workspace-manifests.js';
import { findGoWork, isOlder } from '../go-workspace.js';
import type { BridgePlan } from './plan-bridge.js';

/** Makes the bridge and the runtimes known: to cargo, to go and to this plugin. */
export function registerMembers(tree: Tree, plan: BridgePlan): void {
  registerCrates(tree, plan);
  registerModules(tree, plan);
  const { name, root, propertyTests = false } = plan.layout;
  const bridge = { name, directory: root, propertyTests };
  const text = addBridge(readText(tree, groutTomlPath), bridge, plan.runtime.root);
  valueOf(tree, parseGroutToml(groutTomlPath, text));
  tree.write(groutTomlPath, text);
}

function registerCrates(tree: Tree, { layout, manifests }: BridgePlan): void {
  const root = cargoWorkspaceAbove(layout.rust.folder, manifests) ?? workspacePath('.');
  const path = joinPath(root, 'Cargo.toml');
  const folders = [layout.rust.runtimeFolder, layout.rust.folder].filter((folder) => isInside(folder, root));
  const members = folders.map((folder) => relativePath(root, folder));
  const change = { members, standalone: standaloneCrates(root, manifests) };
  writeText(tree, path, valueOf(tree, addCargoMembers(path, readText(tree, path), change)));
}

/** The Cargo workspace that cargo finds from a folder: the nearest manifest above it that has one. */
function cargoWorkspaceAbove(folder: WorkspacePath, { crates }: WorkspaceManifests): WorkspacePath | undefined {
  const roots = new Set(crates.filter(({ manifest }) => manifest.workspace !== undefined).map((crate) => crate.folder));
  return foldersUpward(folder).find((above) => roots.has(above));
}

/** Crates below a folder that has no workspace yet; they would belong to a new one unless it excludes them. */
function standaloneCrates(root: WorkspacePath, { crates }: WorkspaceManifests): string[] {
  const below = crates.map(({ folder }) => folder).filter((folder) => folder !== root && isInside(folder, root));
  const outermost = below.filter((folder) => !below.some((other) => other !== folder && isInside(folder, other)));
  return outermost.map((folder) => relativePath(root, folder));
}

function registerModules(tree: Tree, { layout, runtime, manifests }: BridgePlan): void {
  const path = findGoWork(tree, layout.go.folder) ?? workspacePath('go.work');
  const root = folderOf(path);
  const isNew = !tree.exists(path);
  const others = isNew ? manifests.modules : [];
  const folders = [...others.map(({ folder }) => folder), joinPath(runtime.root, 'go'), layout.go.folder];
  const versions = others.map(({ mod }) => mod.go?.version ?? '1.16');
  const version = versions.reduce((newest, next) => (isOlder(newest, next) ? next : newest), goFloor);
  const modules = folders.map((folder) => relativePath(root, folder));
  writeText(tree, path, addGoModules(readText(tree, path), modules, version));
}
