import type { TargetConfiguration } from '@nx/devkit';
import type { GoSide, MainPackage, Project } from '#graph';
import { emptyConfigurations } from './configurations.js';
import type { InputSurroundings } from './input-surroundings.js';
import type { Inputs } from './inputs.js';
import type { PluginShape } from './options.js';

export interface CommandTarget {
  readonly name: string;
  readonly main: MainPackage;
}

/**
 * The build of each command of a module that has several, so that a change rebuilds only the commands whose packages it
 * is in. Empty where one build makes all: a single command, or granularity `module`.
 */
export function commandTargets({ go }: Pick<Project, 'go'>, shape: PluginShape, suffix: string): CommandTarget[] {
  const build = shape.targets.build;
  if (build === undefined || go === undefined || !hasCommandTargets(go, shape)) return [];
  return go.mains.map((main) => ({ name: `${build.name}${suffix}-${main.name}`, main }));
}

function hasCommandTargets({ mains }: GoSide, { goCommands }: PluginShape): boolean {
  return goCommands === 'targets' && mains.length > 1;
}

/** Waits for the builds of all commands; has no command of its own. */
export function allCommands(
  targets: readonly CommandTarget[],
  module: string,
  inputs: Inputs,
  around: Pick<InputSurroundings, 'features'>,
): TargetConfiguration {
  return {
    executor: 'nx:noop',
    cache: true,
    // What it waits for would not make it affected: it has to depend on the same things itself.
    inputs,
    // Nx takes the project's whole dist folder where none are named, and would restore old artifacts over new ones.
    outputs: [],
    dependsOn: targets.map(({ name }) => ({ target: name, params: 'forward' })),
    configurations: emptyConfigurations(around),
    metadata: { technologies: ['go'], description: `Builds every command of ${module}` },
  };
}
