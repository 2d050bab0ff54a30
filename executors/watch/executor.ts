import { once } from 'node:events';
import process from 'node:process';
import type { ExecutorContext } from '@nx/devkit';
import { workspacePath, type AbsolutePath } from '#paths';
import { listArguments } from '#plan';
import { NodeProcesses, watchPaths } from '#workspace';

interface WatchOptions {
  /** Target to run again; default `build`. */
  readonly target?: string;
  /** Nx configuration of that target. */
  readonly configuration?: string;
  /** Further options for that target, as on the command line of Nx. */
  readonly args?: string | readonly string[];
}

/** Files at the root that every build reads. */
const ROOT_FILES = ['Cargo.toml', 'Cargo.lock', 'go.work', 'go.work.sum', 'grout.toml', 'rust-toolchain.toml'];

/**
 * Runs a target once, then again after each change to the project or to what it depends on. Each run is a run of Nx,
 * so dependencies, cache and options are those of `nx <target> <project>`.
 */
export default async function watchProject(
  options: WatchOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const root = context.root as AbsolutePath;
  const processes = new NodeProcesses();
  const { target = 'build', configuration } = options;
  const task = [context.projectName ?? '', target, ...(configuration === undefined ? [] : [configuration])].join(':');
  let running: Promise<unknown> = Promise.resolve();
  let isQueued = false;
  let isStopped = false;
  const runAgain = (): void => {
    if (isQueued) return;
    isQueued = true;
    running = running.then(() => {
      isQueued = false;
      if (isStopped) return undefined;
      return processes.run({
        program: 'npx',
        args: ['nx', 'run', task, ...listArguments(options.args)],
        cwd: root,
        env: { NX_DAEMON: 'false' },
      });
    });
  };
  runAgain();
  const stop = await watchPaths(root, [...watchedFolders(context), ...ROOT_FILES].map(workspacePath), (changed) => {
    process.stdout.write(`changed: ${changed.join(', ')}\n`);
    runAgain();
  });
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  isStopped = true;
  await stop();
  await running;
  return { success: true };
}

/** Folders of the project and of everything it depends on. */
function watchedFolders(context: ExecutorContext): string[] {
  const { nodes, dependencies } = context.projectGraph;
  const seen = new Set([context.projectName ?? '']);
  for (const name of seen) for (const { target } of dependencies[name] ?? []) seen.add(target);
  return [...seen].flatMap((name) => nodes[name]?.data.root ?? []);
}
