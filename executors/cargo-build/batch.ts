import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runCargoBatch } from '#run';
import { executeBatch } from '../executor-context.js';

/** `cargo build` for the crates of many tasks. */
export default function cargoBuildBatch(
  tasks: TaskGraph,
  inputs: Readonly<Record<string, BuildOptions>>,
  _overrides: BuildOptions,
  context: ExecutorContext,
): ReturnType<typeof executeBatch> {
  return executeBatch(tasks, inputs, context, runCargoBatch);
}
