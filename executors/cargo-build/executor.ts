import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runCargo } from '#run';
import { execute } from '../executor-context.js';

/** `cargo build` for the project's crate. */
export default function cargoBuild(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runCargo('build', request));
}
