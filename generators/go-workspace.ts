import type { Tree } from '@nx/devkit';
import type { Diagnostic } from '#diagnostics';
import { parseGoMod, parseGoWork, type GoMod } from '#go';
import { folderOf, joinPath, relativePath, type WorkspacePath } from '#paths';
import { goFloor } from '#scaffold';
import { foldersUpward, readText } from './tree-files.js';

/** Says so when the go.work above a folder is for an older Go than the modules of a bridge, which go refuses to mix. */
export function checkGoWork(tree: Tree, folder: WorkspacePath): Diagnostic[] {
  const path = findGoWork(tree, folder);
  const text = path && readText(tree, path);
  if (path === undefined || text === undefined) return [];
  const { value, diagnostics } = parseGoWork(path, text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const version = value.go?.version ?? '1.18';
  if (errors.length > 0 || !isOlder(version, goFloor)) return errors;
  return [
    {
      code: 'generators/go-too-old',
      severity: 'error',
      message: `${path} is for Go ${version}, but the code of a bridge needs Go ${goFloor}`,
      span: value.go?.span ?? { file: path, line: 1, column: 1 },
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

/** Folders of the modules that the go.work above a folder uses; none without a go.work. */
export function modulesOfGoWork(tree: Tree, folder: WorkspacePath): WorkspacePath[] {
  const path = findGoWork(tree, folder);
  const text = path && readText(tree, path);
  if (path === undefined || text === undefined) return [];
  return parseGoWork(path, text).value.use.map((each) => joinPath(folderOf(path), each.path));
}

/** A module of a Go workspace that others require in a version that was never published. */
export interface UnfoundModule {
  readonly path: string;
  readonly version: string;
  /** As go.work names it. */
  readonly folder: string;
}

/**
 * Modules of a Go workspace that others of it require in a version that was never published, and that nothing replaces. As
 * long as nothing comes from outside, go asks nobody for them.
 */
export function unfoundModules(tree: Tree, folder: WorkspacePath, goWork: WorkspacePath): UnfoundModule[] {
  const { replace } = parseGoWork(goWork, readText(tree, goWork) ?? '').value;
  const used = modulesOfGoWork(tree, folder).flatMap((root) => {
    const path = joinPath(root, 'go.mod');
    const mod = parseGoMod(path, readText(tree, path) ?? '').value;
    return mod === undefined ? [] : [{ root, mod }];
  });
  const replaced = [...replace, ...used.flatMap(({ mod }) => mod.replace)];
  return used.flatMap(({ root, mod }) => {
    const version = unpublishedVersion(mod.module);
    const isRequired = used.some((other) => requires(other.mod, mod.module, version));
    const isReplaced = replaced.some((it) => it.path === mod.module && (it.version ?? version) === version);
    return isRequired && !isReplaced ? [{ path: mod.module, version, folder: folderIn(goWork, root) }] : [];
  });
}

function requires({ require }: GoMod, path: string, version: string): boolean {
  return require.some((it) => it.path === path && it.version === version);
}

/** A folder as the go.work names it. */
export function folderIn(goWork: WorkspacePath, folder: WorkspacePath): string {
  const relative = relativePath(folderOf(goWork), folder);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** What modules of a workspace require of each other. One whose path ends in a major version has versions of that alone. */
export function unpublishedVersion(modulePath: string): string {
  const major = /\/(v\d+)$/.exec(modulePath)?.[1] ?? 'v0';
  return `${major}.0.0`;
}

/** Whether one Go version, such as 1.21 or 1.26.3, comes before another; release candidates count as their release. */
export function isOlder(version: string, floor: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [numbers(version), numbers(floor)];
  const index = b.findIndex((part, position) => (a[position] ?? 0) !== part);
  return index !== -1 && (a[index] ?? 0) < (b[index] ?? 0);
}
