import type { Tree } from '@nx/devkit';
import type { Diagnostic } from '#diagnostics';
import { parseGoWork } from '#go';
import { folderOf, joinPath, type WorkspacePath } from '#paths';
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

/** Whether one Go version, such as 1.21 or 1.26.3, comes before another; release candidates count as their release. */
export function isOlder(version: string, floor: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [numbers(version), numbers(floor)];
  const index = b.findIndex((part, position) => (a[position] ?? 0) !== part);
  return index !== -1 && (a[index] ?? 0) < (b[index] ?? 0);
}
