import { isDeepStrictEqual } from 'node:util';
import type { CreateNodesContext } from '@nx/devkit';
import type { PluginOptions } from './options.js';

type Entries = NonNullable<CreateNodesContext['nxJsonConfiguration']['plugins']>;

/** `include` and `exclude` of an entry in nx.json. */
export interface Scope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface Entry extends Scope {
  readonly options: PluginOptions;
}

/** What one call of the plugin makes projects of, empty for the whole workspace; and the entries that make the rest. */
export interface CallScopes {
  readonly own: readonly Scope[];
  readonly others: readonly Entry[];
}

/** What the entries of this plugin let in; empty where one of them takes the whole workspace. */
export function scopesOf(entries: Entries): readonly Scope[] {
  return merged(ownEntries(entries));
}

/**
 * Nx does not say for which entry it calls the plugin; it hands over the entry's options, and entries with the same options make the same projects, whichever is meant.
 */
export function scopesOfCall(entries: Entries, options: object | undefined): CallScopes {
  const all = ownEntries(entries);
  const own = all.filter((entry) => isDeepStrictEqual(entry.options, options ?? {}));
  return { own: merged(own), others: all.filter((entry) => !own.includes(entry)) };
}

function ownEntries(entries: Entries): Entry[] {
  return entries
    .map((entry) => (typeof entry === 'string' ? { plugin: entry } : entry))
    .filter(({ plugin }) => plugin === 'nx-grout')
    .map(({ include = [], exclude = [], options = {} }) => ({ include, exclude, options: options as PluginOptions }));
}

function merged(scopes: readonly Scope[]): readonly Scope[] {
  if (scopes.some(({ include, exclude }) => include.length + exclude.length === 0)) return [];
  return scopes.map(({ include, exclude }) => ({ include, exclude }));
}
