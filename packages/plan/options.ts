import type { Diagnostic } from '#diagnostics';

/**
 * The one option vocabulary of all build-like executors. Nx forwards every option of the command line to the tasks that
 * a task waits for, and hashes it there. So what an option means may not depend on who started a task: an option either
 * means the same everywhere (`features`, `profile`, the platform) or belongs to one tool, and the other passes it over.
 */
export interface BuildOptions {
  readonly profile?: string;
  /** Names, comma or blank separated in each element. */
  readonly features?: string | readonly string[];
  /** False: cargo's `--no-default-features`, which is also how the command line says it. */
  readonly defaultFeatures?: boolean;
  /** Rust target triple; Go's GOOS and GOARCH follow from it. */
  readonly target?: string;
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: string | readonly string[];
  readonly ldflags?: string;
  readonly race?: boolean;
  readonly buildmode?: string;
  /** Package folder of a command, relative to the module, for targets that take one. */
  readonly main?: string;
  /** Binary of the crate, for targets that take one. */
  readonly bin?: string;
  /** Folder for the Rust libraries that a link step makes, with their list; set by the graph plugin, as the two below. */
  readonly linkFolder?: string;
  /** Target of the project for which a link step makes them. */
  readonly linkFor?: string;
  /** Roots of the crates of a link step. */
  readonly linkCrates?: readonly string[];
  readonly denyWarnings?: boolean;
  /** Go build tags get `grout_mock`: bridges are their mocks, no Rust is linked. */
  readonly mock?: boolean;
  /** Arguments for the tool of the task, split like a shell would; refused where it would reach both tools. */
  readonly args?: string | readonly string[];
  /** Arguments for `go`, in whatever task of the run it is. */
  readonly goArgs?: string | readonly string[];
  /** Arguments for `cargo`, in whatever task of the run it is. */
  readonly cargoArgs?: string | readonly string[];
  /** Arguments for the program that `run` starts. */
  readonly programArgs?: string | readonly string[];
}

/** What to say when `args` would reach a second tool: to drop it there would give one hash to two different builds. */
export function ambiguousArguments(projectName: string): Diagnostic {
  return {
    code: 'plan/ambiguous-args',
    severity: 'error',
    message: `--args would reach both go and cargo: Nx forwards it to \`${projectName}\`, which another task of the run waits for`,
    help: 'use --goArgs for go and --cargoArgs for cargo; each reaches its own tool only',
  };
}

/** Names out of `a,b`, `a b` or a list of such; the order kept, each once. */
export function listNames(value: string | readonly string[] | undefined): string[] {
  const parts = typeof value === 'string' ? [value] : (value ?? []);
  return [...new Set(parts.flatMap((part) => part.split(/[\s,]+/)).filter((name) => name !== ''))];
}

/** Tool arguments: a string is split at blanks outside quotes, as a shell would; a list is taken as it is. */
export function listArguments(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? splitWords(value) : [...value];
}

/** Splits at blanks; single and double quotes keep blanks, a backslash outside single quotes keeps the next character. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\' && quote !== "'" && index + 1 < text.length) {
      word = (word ?? '') + text.charAt(++index);
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
