import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runLint } from '#run';
import { execute } from '../executor-context.js';

/** `cargo clippy` for the project's crate, and a look at the libraries of Go that it takes in. */
export default function cargoLint(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runLint('rust', request));
}
