import type { Span } from '#diagnostics';
import { readRustString } from './rust-strings.js';

interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  /** As written; of a string, its value. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Where the next token or comment begins: comment, string of any kind, character or lifetime, word, number, other mark. */
const START = /\/\/|\/\*|(?:[bc]?r#*|[bc])?"|b?'|(?:r#)?[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*|\d\w*|[^\s]/g;
const CLOSER_OF: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * The tokens of a Rust file by index, without comments, so also without examples in documentation. Lifetimes, characters,
 * byte and C strings are left out: none is a path. What is not closed ends with the text: the compiler reports it.
 */
export class RustTokens {
  readonly #file: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  /** By index of an opening bracket, that of the closing one. */
  readonly #closers: ReadonlyMap<number, number>;
  #lineStarts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#tokens = scan(text);
    this.#closers = pairBrackets(this.#tokens);
  }

  get length(): number {
    return this.#tokens.length;
  }

  /** Text of the word at the index; undefined for another token. */
  word(index: number): string | undefined {
    const token = this.#tokens[index];
    return token?.kind === 'word' ? token.text : undefined;
  }

  /** Value of the string at the index; undefined for another token. */
  string(index: number): string | undefined {
    const token = this.#tokens[index];
    return token?.kind === 'string' ? token.text : undefined;
  }

  /** Whether these words and marks stand there, one after the other. */
  is(index: number, ...texts: readonly string[]): boolean {
    for (let offset = 0; offset < texts.length; offset++) {
      const token = this.#tokens[index + offset];
      if (token === undefined || token.kind === 'string' || token.text !== texts[offset]) return false;
    }
    return true;
  }

  isOpening(index: number): boolean {
    return this.is(index, '(') || this.is(index, '[') || this.is(index, '{');
  }

  /** Index of the bracket that closes the one at the index; the length where none does. */
  closerOf(index: number): number {
    return this.#closers.get(index) ?? this.length;
  }

  /** Index of the first of the marks at this level of brackets, or of the bracket that ends the level. */
  findAtLevel(from: number, ...marks: readonly string[]): number {
    for (let index = from; index < this.length; index = (this.#closers.get(index) ?? index) + 1) {
      const token = this.#tokens[index];
      if (token === undefined || token.kind === 'string') continue;
      if (marks.includes(token.text) || token.text === ')' || token.text === ']' || token.text === '}') return index;
      if (CLOSER_OF.has(token.text) && !this.#closers.has(index)) break;
    }
    return this.length;
  }

  /** Index of the brace around the index that opens the innermost block; -1 outside of all. */
  blockOf(index: number): number {
    let opening = index - 1;
    while (opening >= 0 && !(this.is(opening, '{') && this.closerOf(opening) > index)) opening--;
    return opening;
  }

  /** Index of the brace that opens the body of the first function of that name without parameters. */
  bodyOf(name: string): number | undefined {
    for (let index = 0; index < this.length; index++) {
      if (!this.is(index, 'fn', name, '(', ')')) continue;
      const body = this.findAtLevel(index + 4, '{', ';');
      return this.is(body, '{') ? body : undefined;
    }
    return undefined;
  }

  /** Splits what lies between two indexes at the commas of its own level. */
  split(from: number, to: number): { readonly from: number; readonly to: number }[] {
    const parts: { from: number; to: number }[] = [];
    for (let start = from; start < to;) {
      const end = Math.min(this.findAtLevel(start, ','), to);
      parts.push({ from: start, to: end });
      start = end + 1;
    }
    return parts;
  }

  span(index: number): Span {
    const token = this.#tokens[index] ?? { start: 0, end: 0 };
    this.#lineStarts ??= lineStarts(this.#text);
    const line = lineOf(this.#lineStarts, token.start);
    const column = token.start - (this.#lineStarts[line - 1] ?? 0) + 1;
    const isOneLine = (this.#lineStarts[line] ?? Infinity) >= token.end;
    return { file: this.#file, line, column, ...(isOneLine ? { endColumn: column + token.end - token.start } : {}) };
  }
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null; match = START.exec(text)) {
    const opening = match[0];
    const start = match.index;
    let end = start + opening.length;
    if (opening === '//' || opening === '/*') {
      end = opening === '//' ? indexOrEnd(text, '\n', end) : endOfBlockComment(text, end);
    } else if (opening.endsWith('"')) {
      const { value, end: close } = readRustString(text, start, opening);
      end = close;
      if (value !== undefined) tokens.push({ kind: 'string', text: value, start, end });
    } else if (opening.endsWith("'")) {
      end = endOfCharacterOrLifetime(text, end);
    } else {
      tokens.push({ kind: /^[\w\u0080-\uFFFF]|^r#/.test(opening) ? 'word' : 'mark', text: opening, start, end });
    }
    START.lastIndex = end;
  }
  return tokens;
}

const COMMENT_EDGE = /\/\*|\*\//g;

/** Block comments nest. */
function endOfBlockComment(text: string, from: number): number {
  COMMENT_EDGE.lastIndex = from;
  for (let depth = 1; depth > 0;) {
    const edge = COMMENT_EDGE.exec(text)?.[0];
    if (edge === undefined) return text.length;
    depth += edge === '/*' ? 1 : -1;
  }
  return COMMENT_EDGE.lastIndex;
}

/** `'a'` and `'\n'` are characters, `'a` is a lifetime. `from` is behind the quote. */
function endOfCharacterOrLifetime(text: string, from: number): number {
  if (text[from] === '\\') return indexOrEnd(text, "'", from + 2) + 1;
  const width = (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
  if (text[from + width] === "'") return from + width + 1;
  let end = from;
  while (/[\w\u0080-\uFFFF]/.test(text[end] ?? '')) end++;
  return end;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? text.length : index;
}

function pairBrackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: { index: number; closer: string }[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'mark') return;
    const closer = CLOSER_OF.get(text);
    if (closer !== undefined) open.push({ index, closer });
    else if (open.at(-1)?.closer === text) closers.set(open.pop()?.index ?? 0, index);
  });
  return closers;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1))
    starts.push(newline + 1);
  return starts;
}

/** Number of the last line that begins at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
