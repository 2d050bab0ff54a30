/**
 * Branded path types and the pure arithmetic on them. A `WorkspacePath` is what leaves a machine (hashes, messages,
 * generated files); an `AbsolutePath` never does.
 */

/** Posix path relative to the workspace root, normalized, without a leading `./`; the root itself is `.`. */
export type WorkspacePath = string & { readonly __brand: 'WorkspacePath' };

/** Absolute path in the host's own notation. */
export type AbsolutePath = string & { readonly __brand: 'AbsolutePath' };

/** No empty segment, no `.` or `..`, no backslash: nothing to normalize. Most paths are so. */
const IS_NORMAL = /^(?!\.{0,2}(?:\/|$))[^\\/]+(?:\/(?!\.{0,2}(?:\/|$))[^\\/]+)*$/;

/** Normalizes separators, `.` and `..`. A path that climbs out of the workspace keeps its leading `..`. */
export function workspacePath(path: string): WorkspacePath {
  if (IS_NORMAL.test(path)) return path as WorkspacePath;
  const segments: string[] = [];
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return (segments.length === 0 ? '.' : segments.join('/')) as WorkspacePath;
}

/** Joins and normalizes; an absolute later part is taken as relative, as manifests under the workspace mean it. */
export function joinPath(base: WorkspacePath, ...parts: string[]): WorkspacePath {
  return workspacePath([base, ...parts].join('/'));
}

/** The folder that holds the file; `.` for a file at the root. */
export function folderOf(path: WorkspacePath): WorkspacePath {
  const slash = path.lastIndexOf('/');
  return (slash === -1 ? '.' : path.slice(0, slash)) as WorkspacePath;
}

/** Last segment of the path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(path: WorkspacePath, folder: WorkspacePath): boolean {
  return folder === '.' ? !path.startsWith('..') : path === folder || path.startsWith(`${folder}/`);
}

/** Whether the path climbs out of the workspace. */
export function leavesWorkspace(path: WorkspacePath): boolean {
  return path === '..' || path.startsWith('../');
}

/** Posix relative path from one workspace folder to a path, e.g. from `apps/a` to `dist/x.a` gives `../../dist/x.a`. */
export function relativePath(fromFolder: WorkspacePath, to: WorkspacePath): string {
  if (fromFolder === '.') return to;
  if (to.startsWith(`${fromFolder}/`)) return to.slice(fromFolder.length + 1);
  const from = fromFolder.split('/');
  const target = to === '.' ? [] : to.split('/');
  let shared = 0;
  while (shared < from.length && shared < target.length && from[shared] === target[shared]) shared++;
  const steps = [...from.slice(shared).map(() => '..'), ...target.slice(shared)];
  return steps.length === 0 ? '.' : steps.join('/');
}
