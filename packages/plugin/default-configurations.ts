import type { NxJsonConfiguration } from '@nx/devkit';
import { readTargetSettings } from '#facts';

/** Names of Nx configurations by name of the target, or of the executor. */
export type DefaultConfigurations = Readonly<Record<string, readonly string[]>>;

/** What `targetDefaults` of nx.json add to the configurations of targets, whatever their filters let through. */
export function defaultConfigurations({ targetDefaults = {} }: NxJsonConfiguration): DefaultConfigurations {
  return Object.fromEntries(
    Object.entries(targetDefaults).flatMap(([key, value]) => {
      const names = [value].flat().flatMap((entry) => readTargetSettings(entry).configurations);
      return names.length === 0 ? [] : [[key, [...new Set(names)]]];
    }),
  );
}
