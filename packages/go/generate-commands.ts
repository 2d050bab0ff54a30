import type { Span } from '#diagnostics';
import { baseName } from '#paths';
import { splitShellCommands } from './shell-commands.js';
import type { GoFileHeader } from './types.js';
import { unquoteGo } from './unquote.js';

/** One program that a `//go:generate` line starts. */
export interface GenerateCommand {
  /** Program and arguments; those with a `$` are only known when it runs. */
  readonly words: readonly string[];
  /** Folder it runs in, relative to the one of the file; absent when a variable decides. */
  readonly folder?: string;
  readonly span: Span;
}

/** The programs of a file's `//go:generate` lines, those behind `env`, `sh -c` and the file's own abbreviations included. */
export function parseGenerateCommands(generates: GoFileHeader['generates']): GenerateCommand[] {
  const abbreviations = new Map<string, readonly string[]>();
  return generates.flatMap(({ command, span }) => {
    const [program = '', ...rest] = splitGenerateWords(command) ?? [];
    const [name, ...replacement] = rest;
    if (program === '-command') {
      if (name !== undefined) abbreviations.set(name, replacement);
      return [];
    }
    const words = [...(abbreviations.get(program) ?? [program]), ...rest];
    return unwrap(words, '.').map((found) => ({ ...found, span }));
  });
}

/** Words as `go generate` splits them: at white space, a Go string in double quotes kept as one. Undefined: it refuses them. */
function splitGenerateWords(command: string): string[] | undefined {
  const words: string[] = [];
  for (const [, quoted, plain] of command.matchAll(/("(?:[^"\\]|\\.)*"?(?=[ \t]|$))|([^ \t]+)/g)) {
    const word = quoted === undefined ? plain : unquoteGo(quoted);
    if (word === undefined || (quoted === undefined && word.startsWith('"'))) return undefined;
    words.push(word);
  }
  return words;
}

type Unwrapped = Omit<GenerateCommand, 'span'>;

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh']);
/** Programs that start what follows their options. */
const STARTERS: ReadonlySet<string> = new Set(['env', 'time', 'nice', 'exec', 'command', 'nohup']);
/** Options of those that take a word. */
const STARTER_OPTIONS: ReadonlySet<string> = new Set(['-u', '-n']);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Wrappers in wrappers, and no more of them. */
const MAX_DEPTH = 4;

function unwrap(words: readonly string[], folder: string | undefined, depth = 0): Unwrapped[] {
  const start = words.findIndex((word) => !ASSIGNMENT.test(word));
  const [program = '', ...rest] = start === -1 ? [] : words.slice(start);
  if (program === '' || depth > MAX_DEPTH) return [];
  const script = SHELLS.has(baseName(program)) ? scriptOf(rest) : undefined;
  if (script !== undefined) return unwrapScript(script, folder, depth + 1);
  if (STARTERS.has(baseName(program))) return unwrap(withoutOptions(rest), folder, depth + 1);
  return [{ words: [program, ...rest], ...(folder === undefined ? {} : { folder }) }];
}

function scriptOf(words: readonly string[]): string | undefined {
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return flag === -1 ? undefined : words[flag + 1];
}

function withoutOptions(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word, index) => !word.startsWith('-') && !STARTER_OPTIONS.has(words[index - 1] ?? ''));
  return start === -1 ? [] : words.slice(start);
}

function unwrapScript(script: string, start: string | undefined, depth: number): Unwrapped[] {
  let folder = start;
  return splitShellCommands(script).flatMap((words) => {
    if (words[0] !== 'cd') return unwrap(words, folder, depth);
    const target = words.find((word, index) => index > 0 && !word.startsWith('-'));
    const isKnown = target !== undefined && folder !== undefined && !/^[/~]|[$`]/.test(target);
    folder = isKnown ? `${folder}/${target}` : undefined;
    return [];
  });
}
