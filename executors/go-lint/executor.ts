import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from '#plan';
import { runLint } from '#run';
import { execute } from '../executor-context.js';

/** `go vet` for the project's module, and a look at the crates that it links; needs no library to be built. */
export default function goLint(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute(options, context, (request) => runLint('go', request));
}
