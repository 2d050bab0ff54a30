import { createRequire } from 'node:module';

/**
 * What this plugin uses of Nx that has no public name, and the only file that knows. The first two are loaded before any
 * plugin is; `@nx/devkit/internal`, which re-exports them with half of Nx, takes longer to load than the graph to make.
 */
interface Internals {
  readonly 'nx/src/utils/workspace-context': {
    getAllFileDataInContext(
      workspaceRoot: string,
    ): Promise<readonly { readonly file: string; readonly hash: string }[]>;
  };
  readonly 'nx/src/utils/cache-directory': { workspaceDataDirectoryForWorkspace(workspaceRoot: string): string };
  readonly 'nx/src/project-graph/utils/project-configuration-utils': {
    readonly findMatchingConfigFiles: (
      files: readonly string[],
      include: readonly string[],
      exclude: readonly string[],
    ) => string[];
  };
}

/** Nx's own instance as loaded in this process, so that the workspace is not walked again. */
export function loadInternal<Name extends keyof Internals>(name: Name): Internals[Name] {
  return createRequire(import.meta.url)(name) as Internals[Name];
}
