import { availableParallelism } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runGoBatch } from '#run';
import { executeBatch } from '../executor-context.js';

/** `go build` for the modules of many tasks. */
export default function goBuildBatch(
  tasks: TaskGraph,
  inputs: Readonly<Record<string, BuildOptions>>,
  _overrides: BuildOptions,
  context: ExecutorContext,
): ReturnType<typeof executeBatch> {
  return executeBatch(tasks, inputs, context, (batch) => runGoBatch(batch, availableParallelism()));
}
