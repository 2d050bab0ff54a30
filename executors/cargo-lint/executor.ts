import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runCargo } from '#run';
import { execute } from '../executor-context.js';

/** `cargo clippy` for the project's crate. */
export default function cargoLint(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runCargo('clippy', request));
}
