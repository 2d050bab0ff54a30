import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runGo } from '#run';
import { execute } from '../executor-context.js';

/** The benchmarks of the project's module, `go test -bench=.`, linking the crates that its sources name. */
export default function goBench(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runGo('bench', request));
}
