/** One `key = value` line of a TOML text, with where it stands. Offsets are UTF-16 units from the start of the text. */
export interface TomlPair {
  /** Full key from the root of the document, e.g. `workspace`, `members`. */
  readonly path: readonly string[];
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A `[table]` header. */
interface TomlHeader {
  readonly path: readonly string[];
  readonly start: number;
  /** Just after the closing bracket. */
  readonly end: number;
}

/** The statements of a TOML text in order: enough to edit it in place without losing comments or formatting. */
export interface TomlStatements {
  readonly pairs: readonly TomlPair[];
  readonly headers: readonly TomlHeader[];
}

const blank = /(?:[\s,\uFEFF]|#[^\n]*)+/y;
const keyPart = /[ \t]*([\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*/y;
const string = /"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const plain = /[^,[\]{}"'#\n]+/y;

/** Lists the statements of a text that a TOML parser has accepted. On other text it still ends, with fewer of them. */
export function parseTomlStatements(text: string): TomlStatements {
  return new StatementScanner(text).scan();
}

class StatementScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): TomlStatements {
    const pairs: TomlPair[] = [];
    const headers: TomlHeader[] = [];
    let table: readonly string[] = [];
    for (;;) {
      this.#take(blank);
      const start = this.#position;
      if (start >= this.#text.length) return { pairs, headers };
      if (this.#text[start] === '[') {
        table = this.#scanHeader();
        headers.push({ path: table, start, end: this.#position });
      } else {
        const pair = this.#scanPair(table);
        if (pair !== undefined) pairs.push(pair);
      }
      if (this.#position === start) this.#position++;
    }
  }

  #scanHeader(): readonly string[] {
    this.#take(/\[+/y);
    const path = this.#scanKey();
    this.#take(/\]+/y);
    return path;
  }

  #scanPair(table: readonly string[]): TomlPair | undefined {
    const keyStart = this.#position;
    const path = [...table, ...this.#scanKey()];
    const keyEnd = keyStart + this.#text.slice(keyStart, this.#position).trimEnd().length;
    if (this.#text[this.#position] !== '=') return undefined;
    this.#position++;
    this.#take(/[ \t]*/y);
    const valueStart = this.#position;
    this.#scanValue();
    const valueEnd = valueStart + this.#text.slice(valueStart, this.#position).trimEnd().length;
    return { path, keyStart, keyEnd, valueStart, valueEnd };
  }

  #scanKey(): string[] {
    const parts: string[] = [];
    for (;;) {
      const part = this.#take(keyPart).trim();
      if (part === '') return parts;
      parts.push(/^["']/.test(part) ? part.slice(1, -1) : part);
      if (this.#text[this.#position] !== '.') return parts;
      this.#position++;
    }
  }

  /** Goes past a value: to the end of the line, or of the brackets that it opens. */
  #scanValue(): void {
    let depth = 0;
    while (this.#position < this.#text.length) {
      const next = this.#text[this.#position];
      if (depth === 0 && (next === '\n' || next === '#')) return;
      if (next === '[' || next === '{') depth++;
      if (next === ']' || next === '}') depth--;
      if (this.#take(string) !== '' || this.#take(plain) !== '') continue;
      if (next === '#') this.#take(/#[^\n]*/y);
      else this.#position++;
    }
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#position += taken.length;
    return taken;
  }
}
