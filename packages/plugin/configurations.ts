import type { TargetConfiguration } from '@nx/devkit';
import type { InputSurroundings } from './input-surroundings.js';

type Configurations = NonNullable<TargetConfiguration['configurations']>;

/**
 * Nx configurations of every inferred target; one travels to the dependency tasks that have it too. `production` means
 * release on both sides, and each feature of grout.toml is one by its own name.
 */
export function configurationsOf({ features }: Pick<InputSurroundings, 'features'>): Configurations {
  return { ...Object.fromEntries(features.map((name) => [name, { features: [name] }])), ...PRODUCTION };
}

/** The same for a target without a command, which only passes them on. */
export function emptyConfigurations(around: Pick<InputSurroundings, 'features'>): Configurations {
  return Object.fromEntries(Object.keys(configurationsOf(around)).map((name) => [name, {}]));
}

const PRODUCTION = { production: { profile: 'release' } };
