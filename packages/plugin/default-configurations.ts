import type { NxJsonConfiguration } from '@nx/devkit';
import { readTargetSettings } from '#facts';

export type TargetDefaults = NonNullable<NxJsonConfiguration['targetDefaults']>;

/** Names of Nx configurations by name of the target, or of the executor. */
export type DefaultConfigurations = Readonly<Record<string, readonly string[]>>;

/**
 * What `targetDefaults` of nx.json add to the configurations of targets, whatever their filters let through.
 */
export function defaultConfigurations(targetDefaults: TargetDefaults): DefaultConfigurations {
  return Object.fromEntries(
    Object.entries(targetDefaults).flatMap(([key, value]) => {
      const names = [value].flat().flatMap((entry) => Object.keys(entry.configurations ?? {}));
      return names.length === 0 ? [] : [[key, [...new Set(names)]]];
    }),
  );
}

/** Build tags and features that they ask for. */
export function defaultSwitches(targetDefaults: TargetDefaults): string[] {
  return Object.values(targetDefaults).flatMap((value) =>
    [value].flat().flatMap((entry) => readTargetSettings(entry).names),
  );
}
