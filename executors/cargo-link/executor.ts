import type { ExecutorContext } from '@nx/devkit';
import { TRAVELLING_OPTIONS } from '#graph';
import type { BuildOptions } from '#plan';
import { runLink } from '#run';
import { execute } from '../executor-context.js';

/** Makes the Rust libraries that another target of the project links. */
export default function cargoLink(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return execute({ ...optionsOfTarget(options, context), ...options }, context, runLink);
}

/** What the target that the libraries are for says of options that mean something to both tools. */
function optionsOfTarget({ linkFor = '' }: BuildOptions, context: ExecutorContext): BuildOptions {
  const { projectName = '', configurationName = '', projectGraph } = context;
  const target = projectGraph.nodes[projectName]?.data.targets?.[linkFor];
  const set = {
    ...(target?.options as BuildOptions),
    ...(target?.configurations?.[configurationName] as BuildOptions),
  };
  return Object.fromEntries(TRAVELLING_OPTIONS.flatMap((name) => (set[name] === undefined ? [] : [[name, set[name]]])));
}
