import { isDeepStrictEqual } from 'node:util';
import type { CreateNodesContext } from '@nx/devkit';

type Entries = NonNullable<CreateNodesContext['nxJsonConfiguration']['plugins']>;

/** `include` and `exclude` of an entry in nx.json. */
export interface Scope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What the entries of this plugin let in; empty where one of them takes the whole workspace. */
export function scopesOf(entries: Entries): readonly Scope[] {
  return merged(ownEntries(entries));
}

/**
 * What one call of the plugin makes projects of. Nx does not say for which entry it calls; it hands over the entry's
 * options, and entries with the same options make the same projects, whichever is meant.
 */
export function scopesOfCall(entries: Entries, options: object | undefined): readonly Scope[] {
  return merged(ownEntries(entries).filter((entry) => isDeepStrictEqual(entry.options, options ?? {})));
}

function ownEntries(entries: Entries): (Scope & { readonly options: unknown })[] {
  return entries
    .map((entry) => (typeof entry === 'string' ? { plugin: entry } : entry))
    .filter(({ plugin }) => plugin === 'nx-grout')
    .map(({ include = [], exclude = [], options = {} }) => ({ include, exclude, options }));
}

function merged(scopes: readonly Scope[]): readonly Scope[] {
  if (scopes.some(({ include, exclude }) => include.length + exclude.length === 0)) return [];
  return scopes.map(({ include, exclude }) => ({ include, exclude }));
}
