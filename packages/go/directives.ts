import type { GoFileHeader } from './types.js';
import { unquoteGo } from './unquote.js';

const EMBED = '//go:embed';
const GENERATE = '//go:generate';

/**
 * Patterns of the `//go:embed` comments of a whole file; text that looks like one in a string does not count. Go reads
 * them only in files that import "embed". An ill-formed line is left out: the compiler reports it.
 */
export function findEmbeds(file: string, text: string): GoFileHeader['embeds'] {
  if (!text.includes(EMBED)) return [];
  const lines = new LineCounter(text);
  return lineComments(text).flatMap(({ comment, start }) => {
    const patterns = readEmbed(comment);
    if (patterns.length === 0) return [];
    const { line, column } = lines.placeOf(start);
    return patterns.map(({ pattern, from, to }) => {
      return { pattern, span: { file, line, column: column + from, endColumn: column + to } };
    });
  });
}

/** Patterns with their places in the comment. */
function readEmbed(comment: string): { pattern: string; from: number; to: number }[] {
  if (!/^\/\/go:embed\s/.test(comment)) return [];
  const patterns: { pattern: string; from: number; to: number }[] = [];
  const rest = comment.slice(EMBED.length);
  for (let position = 0; ;) {
    while (/\s/.test(rest[position] ?? '')) position++;
    const first = rest[position];
    if (first === undefined) return patterns;
    const isQuoted = first === '"' || first === '`';
    const end = isQuoted ? skipString(rest, position, first) : nextSpace(rest, position);
    const pattern = isQuoted ? unquoteGo(rest.slice(position, end)) : rest.slice(position, end);
    if (pattern === undefined || !/^\s?$/.test(rest[end] ?? '')) return [];
    patterns.push({ pattern, from: EMBED.length + position, to: EMBED.length + end });
    position = end;
  }
}

function nextSpace(text: string, from: number): number {
  for (let end = from; ; end++) if (end >= text.length || /\s/.test(text[end] ?? '')) return end;
}

const STRING_OR_COMMENT = /["'`]|\/[/*]/g;

/** All `//` comments of a Go file, with their markers. */
function lineComments(text: string): { comment: string; start: number }[] {
  const comments: { comment: string; start: number }[] = [];
  for (let position = 0; ;) {
    STRING_OR_COMMENT.lastIndex = position;
    const match = STRING_OR_COMMENT.exec(text);
    if (match === null) return comments;
    const { 0: opening, index } = match;
    if (opening === '//') {
      position = indexOrEnd(text, '\n', index);
      comments.push({ comment: text.slice(index, position), start: index });
    } else {
      position = opening === '/*' ? indexOrEnd(text, '*/', index + 2) + 2 : skipString(text, index, opening);
    }
  }
}

/** End of the string or character literal at `from`; one that is not closed ends with its line. */
function skipString(text: string, from: number, quote: string): number {
  if (quote === '`') return Math.min(indexOrEnd(text, quote, from + 1) + 1, text.length);
  for (let end = from + 1; end < text.length; end++) {
    if (text[end] === quote) return end + 1;
    if (text[end] === '\n') return end;
    if (text[end] === '\\') end++;
  }
  return text.length;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? text.length : index;
}

/**
 * Commands of the `//go:generate` lines. As for `go generate`, which does not parse Go, a line counts that begins so,
 * wherever it stands; an indented one does not.
 */
export function findGenerates(file: string, text: string): GoFileHeader['generates'] {
  const generates: GoFileHeader['generates'][number][] = [];
  const lines = new LineCounter(text);
  for (let at = text.indexOf(GENERATE); at !== -1; at = text.indexOf(GENERATE, at + 1)) {
    const isLineStart = at === 0 || text[at - 1] === '\n';
    if (!isLineStart || !/[ \t]/.test(text[at + GENERATE.length] ?? '')) continue;
    const directive = text.slice(at, indexOrEnd(text, '\n', at)).trimEnd();
    const command = directive.slice(GENERATE.length).trim();
    if (command === '') continue;
    const { line } = lines.placeOf(at);
    generates.push({ command, span: { file, line, column: 1, endColumn: directive.length + 1 } });
  }
  return generates;
}

/** Tells lines and columns of offsets that are asked for in ascending order; each line is counted once. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  placeOf(offset: number): { line: number; column: number } {
    for (;;) {
      const newline = this.#text.indexOf('\n', this.#lineStart);
      if (newline === -1 || newline >= offset) return { line: this.#line, column: offset - this.#lineStart + 1 };
      this.#line++;
      this.#lineStart = newline + 1;
    }
  }
}
