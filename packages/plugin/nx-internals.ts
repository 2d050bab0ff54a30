import { createRequire } from 'node:module';

/**
 * What this plugin uses of Nx that has no public name, and the only file that knows. Both modules are loaded before any
 * plugin is; `@nx/devkit/internal`, which re-exports half of it, takes longer to load than the graph takes to make.
 */
interface Internals {
  readonly 'nx/src/utils/workspace-context': {
    getAllFileDataInContext(workspaceRoot: string): Promise<readonly { readonly file: string; readonly hash: string }[]>;
  };
  readonly 'nx/src/utils/cache-directory': { workspaceDataDirectoryForWorkspace(workspaceRoot: string): string };
}

/** Undefined where this Nx has no such module. */
export function loadInternal<Name extends keyof Internals>(name: Name): Internals[Name] | undefined {
  try {
    return createRequire(import.meta.url)(name) as Internals[Name];
  } catch {
    return undefined;
  }
}
