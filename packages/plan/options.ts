/**
 * The one option vocabulary of all build-like executors. Each executor takes what is its own; `features`, `profile` and
 * the platform travel to the tasks it depends on, the rest stays with the project that the user named.
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
  readonly denyWarnings?: boolean;
  /** Arguments for the tool itself, split like a shell would. */
  readonly args?: string | readonly string[];
  /** Arguments for the program that `run` starts. */
  readonly programArgs?: string | readonly string[];
}

/** Options that mean the same on both sides of the boundary and are taken by dependency tasks. */
const TRAVELLING: ReadonlySet<string> = new Set(['profile', 'features', 'defaultFeatures', 'target', 'goos', 'goarch']);

/**
 * What a task that was started for another one takes from the command line: overrides that do not travel give way to
 * the target's own static options.
 */
export function withoutForeignOverrides<T extends object>(
  options: T,
  overrides: Readonly<Record<string, unknown>>,
  staticOptions: Readonly<Record<string, unknown>>,
): T {
  const own = Object.entries(options).filter(([name]) => TRAVELLING.has(name) || !(name in overrides));
  const dropped = Object.keys(overrides).filter((name) => !TRAVELLING.has(name) && name in staticOptions);
  return Object.fromEntries([...own, ...dropped.map((name) => [name, staticOptions[name]] as const)]) as T;
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
