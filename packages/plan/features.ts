import { suggest, type Diagnostic } from '#diagnostics';
import type { Project } from '#graph';

/**
 * One name on both sides: a feature is a build tag of Go files and a cargo feature of crates. A project takes a
 * requested name when it declares it; a name that nobody in the run declares is a mistake.
 */
export interface RequestedFeatures {
  readonly requested: readonly string[];
  /** Everything that some project of this run declares. */
  readonly known: ReadonlySet<string>;
}

/** Names that a project itself can switch. */
export function declaredFeatures(project: Project): readonly string[] {
  return [...new Set([...(project.rust?.features ?? []), ...(project.go?.tags ?? [])])].sort();
}

/** Requested names that nobody in the run declares. */
export function checkFeatures({ requested, known }: RequestedFeatures): Diagnostic[] {
  return requested
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = suggest(name, known);
      const list = [...known].sort().join(', ');
      return {
        code: 'plan/unknown-feature' as const,
        severity: 'error' as const,
        message: `no project of this run declares the feature \`${name}\`, neither as a cargo feature nor as a Go build tag`,
        help:
          (meant === undefined ? '' : `did you mean \`${meant}\`? `) +
          (list === '' ? 'none is declared' : `known: ${list}`),
      };
    });
}

/** Of the requested names, the cargo features of this crate. */
export function cargoFeatures(project: Project, requested: readonly string[]): string[] {
  const declared = new Set(project.rust?.features ?? []);
  return requested.filter((name) => declared.has(name) || name === 'default');
}
