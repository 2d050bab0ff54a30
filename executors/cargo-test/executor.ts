import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runCargo } from '#run';
import { execute } from '../executor-context.js';

/** `cargo test` for the project's crate. */
export default function cargoTest(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runCargo('test', request));
}
