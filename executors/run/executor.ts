import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runBinary } from '#run';
import { execute } from '../executor-context.js';

/** Starts the binary that the project's build placed in dist. */
export default function run(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, async (request) => (await runBinary(request)) === 0);
}
