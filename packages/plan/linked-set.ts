import type { WorkspacePath } from '#paths';

/** What a link step made, as it stands beside the libraries. */
export interface LinkedSet {
  readonly libraries: readonly {
    /** Relative to the folder. */
    readonly file: string;
    /** Roots of the crates whose functions it holds. */
    readonly crates: readonly WorkspacePath[];
  }[];
  /** Linker words for libraries of the system that they ask for, in order. */
  readonly system: readonly string[];
}

/** File of the folder that holds the {@link LinkedSet}. */
export const LINKED_SET = 'linked.json';

/** Undefined for a text that no link step wrote. */
export function parseLinkedSet(text: string): LinkedSet | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<LinkedSet> | null;
    const isComplete = Array.isArray(parsed?.libraries) && Array.isArray(parsed.system);
    return isComplete ? (parsed as LinkedSet) : undefined;
  } catch {
    return undefined;
  }
}
