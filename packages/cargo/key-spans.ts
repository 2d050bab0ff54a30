import type { Span } from '#diagnostics';

/** Path of a key from the root of the document; an array's element adds its index, e.g. `bin`, `0`, `name`. */
export type KeyPath = readonly string[];

/** Where the keys of a TOML document stand. */
export interface KeySpans {
  /** Place of the key's first mention, or the nearest parent's that has one, or the start of the file. */
  find(path: KeyPath): Span;
}

interface KeyPart {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the places that the TOML library does not tell. It expects text which that library has accepted; on anything
 * else it still ends, in linear time, with fewer or odd spans.
 */
export function indexKeys(file: string, text: string): KeySpans {
  const places = new KeyScanner(file, text).scan();
  return {
    find(path) {
      for (let length = path.length; length > 0; length--) {
        const span = places.get(keyOf(path.slice(0, length)));
        if (span !== undefined) return span;
      }
      return { file, line: 1, column: 1 };
    },
  };
}

function keyOf(path: KeyPath): string {
  return path.join('\u0000');
}

/** Deeper keys than any manifest has are not told apart: it keeps the scan linear. */
const MAX_PATH_LENGTH = 16;

const BARE_KEY = /[\w-]+/y;
const SPACE = /[ \t]+/y;
const SPACE_NEWLINES_COMMAS = /[ \t\r\n\uFEFF,]+/y;
const COMMENT = /#[^\n]*/y;
const SCALAR = /[^,\]}#\n]+/y;

class KeyScanner {
  readonly #file: string;
  readonly #text: string;
  readonly #places = new Map<string, Span>();
  readonly #tableCounts = new Map<string, number>();
  #position = 0;
  #table: string[] = [];
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#lineEnd = this.#endOfLine(0);
  }

  scan(): ReadonlyMap<string, Span> {
    for (;;) {
      this.#skipVoid();
      if (this.#position >= this.#text.length) return this.#places;
      const before = this.#position;
      if (this.#text[before] === '[') this.#readHeader();
      else this.#readAssignment(this.#table);
      if (this.#position === before) this.#position++;
    }
  }

  #readHeader(): void {
    const isElement = this.#text.startsWith('[[', this.#position);
    this.#position += isElement ? 2 : 1;
    const path = this.#record([], this.#readKey());
    if (isElement) path.push(String(this.#countTable(path)));
    this.#table = path;
    while (this.#text[this.#position] === ']') this.#position++;
  }

  #countTable(path: KeyPath): number {
    const key = keyOf(path);
    const index = this.#tableCounts.get(key) ?? 0;
    this.#tableCounts.set(key, index + 1);
    return index;
  }

  #readAssignment(table: KeyPath): void {
    const path = this.#record(table, this.#readKey());
    if (this.#text[this.#position] !== '=') return;
    this.#position++;
    this.#take(SPACE);
    this.#skipValue(path, 0);
  }

  #readKey(): KeyPart[] {
    const parts: KeyPart[] = [];
    for (;;) {
      this.#take(SPACE);
      const start = this.#position;
      const name = this.#readKeyPart();
      if (this.#position === start) return parts;
      parts.push({ name, start, end: this.#position });
      this.#take(SPACE);
      if (this.#text[this.#position] !== '.') return parts;
      this.#position++;
    }
  }

  #readKeyPart(): string {
    const start = this.#position;
    const quote = this.#text[start];
    if (quote !== '"' && quote !== "'") return this.#take(BARE_KEY);
    this.#skipString(quote);
    const inner = this.#text.slice(start + 1, this.#position - 1);
    return quote === '"' ? unescapeBasic(inner) : inner;
  }

  /** Remembers the first place of each prefix of the key: of `a` and `a.b` for `a.b`; arrays of tables add an index. */
  #record(table: KeyPath, parts: readonly KeyPart[]): string[] {
    const path = [...table];
    for (const [index, { name, start, end }] of parts.entries()) {
      if (path.length >= MAX_PATH_LENGTH) break;
      path.push(name);
      const key = keyOf(path);
      if (!this.#places.has(key)) this.#places.set(key, this.#spanOf(start, end));
      const count = this.#tableCounts.get(key);
      if (count !== undefined && index < parts.length - 1) path.push(String(count - 1));
    }
    return path;
  }

  #spanOf(start: number, end: number): Span {
    while (this.#lineEnd < start) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#endOfLine(this.#lineStart);
    }
    const column = start - this.#lineStart + 1;
    return { file: this.#file, line: this.#line, column, endColumn: column + end - start };
  }

  #skipValue(path: KeyPath, depth: number): void {
    const next = this.#text[this.#position];
    if (next === '"' || next === "'") this.#skipString(next);
    else if (next === '{' && depth < 1000) this.#skipInlineTable(path, depth);
    else if (next === '[' && depth < 1000) this.#skipArray(path, depth);
    else this.#take(SCALAR);
  }

  #skipString(quote: string): void {
    const fence = this.#text.startsWith(quote.repeat(3), this.#position) ? quote.repeat(3) : quote;
    this.#position += fence.length;
    while (this.#position < this.#text.length && !this.#text.startsWith(fence, this.#position)) {
      if (fence.length === 1 && this.#text[this.#position] === '\n') return;
      this.#position += quote === '"' && this.#text[this.#position] === '\\' ? 2 : 1;
    }
    this.#position = Math.min(this.#position + fence.length, this.#text.length);
    // A multi-line string may end in up to two quotes of its own before the closing three.
    if (fence.length === 3) for (let i = 0; i < 2 && this.#text[this.#position] === quote; i++) this.#position++;
  }

  #skipInlineTable(path: KeyPath, depth: number): void {
    this.#position++;
    for (;;) {
      this.#skipVoid();
      const before = this.#position;
      if (before >= this.#text.length) return;
      if (this.#text[before] === '}') break;
      const key = this.#record(path, this.#readKey());
      if (this.#text[this.#position] === '=') {
        this.#position++;
        this.#take(SPACE);
        this.#skipValue(key, depth + 1);
      }
      if (this.#position === before) this.#position++;
    }
    this.#position++;
  }

  #skipArray(path: KeyPath, depth: number): void {
    this.#position++;
    for (let index = 0; ; index++) {
      this.#skipVoid();
      const before = this.#position;
      if (before >= this.#text.length) return;
      if (this.#text[before] === ']') break;
      this.#skipValue(path.length < MAX_PATH_LENGTH ? [...path, String(index)] : path, depth + 1);
      if (this.#position === before) this.#position++;
    }
    this.#position++;
  }

  #skipVoid(): void {
    while (this.#take(SPACE_NEWLINES_COMMAS) !== '' || this.#take(COMMENT) !== '') continue;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#position += taken.length;
    return taken;
  }

  #endOfLine(from: number): number {
    const newline = this.#text.indexOf('\n', from);
    return newline === -1 ? this.#text.length : newline;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B' };
const ESCAPE_SEQUENCE = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([^]))/g;

function unescapeBasic(inner: string): string {
  return inner.replace(
    ESCAPE_SEQUENCE,
    (whole: string, short?: string, long?: string, byte?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? letter;
      const code = Number.parseInt(short ?? long ?? byte ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
