import type { NxJsonConfiguration } from '@nx/devkit';

/** Names of Nx configurations by name of the target, or of the executor. */
export type DefaultConfigurations = Readonly<Record<string, readonly string[]>>;

/**
 * What `targetDefaults` of nx.json add to the configurations of targets, whatever their filters let through. Asked for
 * each look at the workspace, so it loads no parser.
 */
export function defaultConfigurations({ targetDefaults = {} }: NxJsonConfiguration): DefaultConfigurations {
  return Object.fromEntries(
    Object.entries(targetDefaults).flatMap(([key, value]) => {
      const names = [value].flat().flatMap((entry) => Object.keys(entry.configurations ?? {}));
      return names.length === 0 ? [] : [[key, [...new Set(names)]]];
    }),
  );
}
