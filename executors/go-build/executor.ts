import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runGo } from '#run';
import { execute } from '../executor-context.js';

/** `go build` for the project's module, linking the crates that its sources name. */
export default function goBuild(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runGo('build', request));
}
