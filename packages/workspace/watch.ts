import type { AbsolutePath, WorkspacePath } from '#paths';
import { join, relative } from 'node:path';

/** Time without a further change after which a burst of edits counts as done, milliseconds. */
const SETTLE_MS = 200;

/** Segments below which tools write: watching them would answer a build with a build. */
const NOT_SOURCES = new Set(['target', 'dist', 'node_modules', '.git', '.nx']);

/**
 * Calls back with the changed paths once a burst of edits of the files, or below the folders, has settled.
 * @returns stops watching
 */
export async function watchPaths(
  root: AbsolutePath,
  paths: readonly WorkspacePath[],
  onChange: (changed: readonly string[]) => void,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(
    paths.map((path) => join(root, path)),
    {
      ignoreInitial: true,
      ignored: (path) =>
        relative(root, path)
          .split(/[\\/]/)
          .some((segment) => NOT_SOURCES.has(segment)),
    },
  );
  watcher.on('all', (_event, path) => {
    changed.add(relative(root, path).replaceAll('\\', '/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const batch = [...changed];
      changed.clear();
      onChange(batch);
    }, SETTLE_MS);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
