import type { GoFileHeader } from './types.js';
import { unquoteGo } from './unquote.js';

const EMBED = '//go:embed';
const GENERATE = '//go:generate';

/**
 * Patterns of the `//go:embed` comments of a whole file; text that looks like one in a string does not count. Go reads
 * them only in files that import "embed". An ill-formed line is left out: the compiler reports it.
 */
export function findEmbeds(text: string): string[] {
  return text.includes(EMBED) ? lineComments(text).flatMap(readEmbed) : [];
}

function readEmbed(comment: string): string[] {
  if (!/^\/\/go:embed\s/.test(comment)) return [];
  const patterns: string[] = [];
  const rest = comment.slice(EMBED.length);
  for (let position = 0; ;) {
    while (/\s/.test(rest[position] ?? '')) position++;
    const first = rest[position];
    if (first === undefined) return patterns;
    const isQuoted = first === '"' || first === '`';
    const end = isQuoted ? skipString(rest, position, first) : nextSpace(rest, position);
    const pattern = isQuoted ? unquoteGo(rest.slice(position, end)) : rest.slice(position, end);
    if (pattern === undefined || !/^\s?$/.test(rest[end] ?? '')) return [];
    patterns.push(pattern);
    position = end;
  }
}

function nextSpace(text: string, from: number): number {
  for (let end = from; ; end++) if (end >= text.length || /\s/.test(text[end] ?? '')) return end;
}

const STRING_OR_COMMENT = /["'`]|\/[/*]/g;

/** All `//` comments of a Go file, with their markers. */
function lineComments(text: string): string[] {
  const comments: string[] = [];
  for (let position = 0; ;) {
    STRING_OR_COMMENT.lastIndex = position;
    const match = STRING_OR_COMMENT.exec(text);
    if (match === null) return comments;
    const { 0: opening, index } = match;
    if (opening === '//') {
      position = indexOrEnd(text, '\n', index);
      comments.push(text.slice(index, position));
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
  let line = 1;
  let counted = 0;
  for (let at = text.indexOf(GENERATE); at !== -1; at = text.indexOf(GENERATE, at + 1)) {
    const isLineStart = at === 0 || text[at - 1] === '\n';
    if (!isLineStart || !/[ \t]/.test(text[at + GENERATE.length] ?? '')) continue;
    for (let newline = text.indexOf('\n', counted); newline !== -1 && newline < at;) {
      line++;
      counted = newline + 1;
      newline = text.indexOf('\n', counted);
    }
    const directive = text.slice(at, indexOrEnd(text, '\n', at)).trimEnd();
    const command = directive.slice(GENERATE.length).trim();
    if (command !== '') generates.push({ command, span: { file, line, column: 1, endColumn: directive.length + 1 } });
  }
  return generates;
}
