import type { WorkspacePath } from '#paths';

/** A Go module of the workspace: its path and its folder. */
export interface PlacedModule {
  readonly modulePath: string;
  readonly folder: WorkspacePath;
}

/**
 * The module path that a new module at the root of the workspace would naturally have: what the existing modules have in
 * common, without the part that repeats their folder. `example.com/<workspace>` when they have nothing in common.
 */
export function defaultGoModulePrefix(modules: readonly PlacedModule[], workspaceName: string): string {
  const roots = modules.map((module) => rootSegments(module));
  const [first = [], ...others] = roots;
  let length = first.length;
  for (const other of others) {
    let shared = 0;
    while (shared < length && other[shared] === first[shared]) shared++;
    length = shared;
  }
  if (length > 0) return first.slice(0, length).join('/');
  const name = workspaceName.toLowerCase().replaceAll(/[^a-z0-9._~-]+/g, '-');
  return `example.com/${name.replaceAll(/^[-.]+|[-.]+$/g, '') || 'workspace'}`;
}

function rootSegments({ modulePath, folder }: PlacedModule): string[] {
  if (folder === '.') return modulePath.split('/');
  const suffix = `/${folder}`;
  if (modulePath.endsWith(suffix)) return modulePath.slice(0, -suffix.length).split('/');
  return modulePath.split('/').slice(0, -1);
}

/** Whether text can begin the path of a Go module: https://go.dev/ref/mod#module-path */
export function isGoModulePrefix(text: string): boolean {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/.test(text) && !text.endsWith('.');
}
