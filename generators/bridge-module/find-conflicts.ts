import type { Tree } from '@nx/devkit';
import type { Diagnostic } from '#diagnostics';
import type { BridgeLayout } from '#emit';
import { lastElement, parseGoWork } from '#go';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import { goFloor, type GroutToml } from '#scaffold';
import { groutTomlPath } from '../grout-facts.js';
import type { RuntimePlace } from '../runtime-files.js';
import { foldersUpward, readText } from '../tree-files.js';
import type { WorkspaceManifests } from '../workspace-manifests.js';

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
  const { layout, grout, newRuntime } = bridge;
  const known = grout.bridges[layout.name];
  const modules = [layout.go.modulePath, ...(newRuntime === undefined ? [] : [newRuntime.modulePath])];
  const crates = [layout.rust.packageName, ...(newRuntime === undefined ? [] : [newRuntime.packageName])];
  return [
    ...(known === undefined ? [] : [taken(`a bridge named ${layout.name}`, groutTomlPath, known.span)]),
    ...[layout.root, ...(newRuntime === undefined ? [] : [newRuntime.root])].flatMap((folder) =>
      folderTaken(tree, folder),
    ),
    ...modules.flatMap((modulePath) => moduleTaken(modulePath, bridge.manifests)),
    ...crates.flatMap((name) => crateTaken(name, bridge.manifests)),
    ...[...modules.map((modulePath) => lastElement(modulePath)), ...crates].flatMap((name) =>
      projectTaken(name, bridge.manifests),
    ),
    ...checkGoWork(tree, layout),
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

/** A module may not ask for a newer Go than the go.work that uses it. */
function checkGoWork(tree: Tree, layout: BridgeLayout): Diagnostic[] {
  const path = findGoWork(tree, layout.go.folder);
  const text = path && readText(tree, path);
  if (path === undefined || text === undefined) return [];
  const { value, diagnostics } = parseGoWork(path, text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const version = value?.go?.version ?? '1.18';
  if (errors.length > 0 || !isOlder(version, goFloor)) return errors;
  return [
    {
      code: 'generators/go-too-old',
      severity: 'error',
      message: `${path} is for Go ${version}, but the code of a bridge needs Go ${goFloor}`,
      span: value?.go?.span ?? { file: path, line: 1, column: 1 },
      help: `run \`go work edit -go=${goFloor}\` if every module of the workspace may be built with it`,
    },
  ];
}

/** The go.work that the go command takes for a folder: the nearest above it. */
export function findGoWork(tree: Tree, folder: WorkspacePath): WorkspacePath | undefined {
  return foldersUpward(folder)
    .map((above) => joinPath(above, 'go.work'))
    .find((path) => tree.exists(path));
}

/** Whether one Go version, such as 1.21 or 1.26.3, comes before another; release candidates count as their release. */
export function isOlder(version: string, floor: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [numbers(version), numbers(floor)];
  const index = b.findIndex((part, position) => (a[position] ?? 0) !== part);
  return index !== -1 && (a[index] ?? 0) < (b[index] ?? 0);
}
