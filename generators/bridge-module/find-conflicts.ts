import type { Tree } from '@nx/devkit';
import type { Diagnostic } from '#diagnostics';
import type { BridgeLayout } from '#emit';
import { lastElement } from '#go';
import { workspacePath, type WorkspacePath } from '#paths';
import type { GroutToml } from '#scaffold';
import { groutTomlPath } from '../grout-facts.js';
import type { RuntimePlace } from '../runtime-files.js';
import type { WorkspaceManifests } from '../workspace-manifests.js';
import { checkGoWork } from '../go-workspace.js';

/** What a new bridge would bring to a workspace. */
export interface NewBridge {
  readonly layout: BridgeLayout;
  readonly manifests: WorkspaceManifests;
  readonly grout: GroutToml;
  /** Set when the runtimes come with the bridge. */
  readonly newRuntime: RuntimePlace | undefined;
}

/** Finds every name and folder of a new bridge that is taken, and a Go workspace too old for it. */
export function findConflicts(tree: Tree, bridge: NewBridge): Diagnostic[] {
  const { layout, manifests, grout, newRuntime } = bridge;
  const known = grout.bridges[layout.name];
  if (known !== undefined) return [taken(`a bridge named ${layout.name}`, groutTomlPath, known.span)];
  const runtimes = newRuntime === undefined ? [] : [newRuntime];
  const modules = [layout.go.modulePath, ...runtimes.map(({ modulePath }) => modulePath)];
  const crates = [layout.rust.packageName, ...runtimes.map(({ packageName }) => packageName)];
  const projects = [...modules.map((modulePath) => lastElement(modulePath)), ...crates];
  return [
    ...[layout.root, ...runtimes.map(({ root }) => root)].flatMap((folder) => folderTaken(tree, folder)),
    ...modules.flatMap((modulePath) => moduleTaken(modulePath, manifests)),
    ...crates.flatMap((name) => crateTaken(name, manifests)),
    ...projects.flatMap((name) => projectTaken(name, manifests)),
    ...checkGoWork(tree, layout.go.folder),
  ];
}

function taken(what: string, where: WorkspacePath, span?: Diagnostic['span']): Diagnostic {
  return {
    code: 'generators/taken',
    severity: 'error',
    message: `there is already ${what}, in ${where}`,
    ...(span && { span }),
    help: 'choose another name for the bridge, or another --directory',
  };
}

function folderTaken(tree: Tree, folder: WorkspacePath): Diagnostic[] {
  return tree.exists(folder) && (tree.isFile(folder) || tree.children(folder).length > 0)
    ? [taken(tree.isFile(folder) ? 'a file' : 'a folder with files', folder)]
    : [];
}

function moduleTaken(modulePath: string, { modules }: WorkspaceManifests): Diagnostic[] {
  const name = lastElement(modulePath);
  const same = modules.find(({ mod }) => mod.module === modulePath || lastElement(mod.module) === name);
  return same === undefined
    ? []
    : [taken(`a Go module ${same.mod.module}`, workspacePath(same.mod.file), same.mod.moduleSpan)];
}

function crateTaken(name: string, { crates }: WorkspaceManifests): Diagnostic[] {
  const plain = name.replaceAll('_', '-');
  return crates.flatMap(({ manifest: { package: crate, file } }) =>
    crate?.name.replaceAll('_', '-') === plain
      ? [taken(`a crate ${crate.name}`, workspacePath(file), crate.nameSpan)]
      : [],
  );
}

function projectTaken(name: string, { projectNames }: WorkspaceManifests): Diagnostic[] {
  const path = projectNames.get(name);
  return path === undefined ? [] : [taken(`a project ${name}`, path)];
}
