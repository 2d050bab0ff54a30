import { suggest, type Diagnostic, type Span } from '#diagnostics';
import { spanAt } from './text-places.js';
import { parseTomlStatements, type TomlStatements } from './toml-statements.js';
import { isTable, type TomlTable } from './toml.js';

/** Finds the parts of a parsed TOML file that should be there, and keeps what is wrong with the others, each with its place. */
export class TomlReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #statements: TomlStatements;

  /** @param text as the TOML parser accepted it */
  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#statements = parseTomlStatements(text);
  }

  /** Undefined where it is not there, or is no table. */
  tableAt(parent: TomlTable, path: readonly string[]): TomlTable | undefined {
    const value = parent[path.at(-1) ?? ''];
    if (value === undefined || isTable(value)) return value;
    this.refuse('wrong-type', path, `${path.join('.')} must be a table`, `write [${path.join('.')}] on its own line`);
    return undefined;
  }

  /** The tables of a `[[list]]`, each with its number; what is none is refused. */
  tablesAt(parent: TomlTable, path: readonly string[]): { readonly table: TomlTable; readonly index: number }[] {
    const value = parent[path.at(-1) ?? ''] ?? [];
    const entries: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    return entries.flatMap((table, index) => {
      if (isTable(table)) return [{ table, index }];
      const list = path.join('.');
      this.refuse('wrong-type', path, `${list} must be a list of tables`, `write [[${list}]] on its own line`);
      return [];
    });
  }

  refuseUnknown(table: TomlTable, path: readonly string[], known: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const place = path.length === 0 ? 'grout.toml' : `[${path.join('.')}]`;
      this.refuse('unknown-key', [...path, key], `${place} has no key ${key}`, helpForKey(key, known));
    }
  }

  /** The same for the n-th table of a `[[list]]`. */
  refuseUnknownIn(table: TomlTable, list: readonly string[], index: number, known: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const span = this.spanOfEntry(list, index, key);
      this.report('unknown-key', span, `[[${list.join('.')}]] has no key ${key}`, helpForKey(key, known));
    }
  }

  refuse(code: string, path: readonly string[], message: string, help: string): void {
    this.report(code, this.spanOf(path), message, help);
  }

  report(code: string, span: Span, message: string, help: string): void {
    this.diagnostics.push({ code: `scaffold/${code}`, severity: 'error', message, span, help });
  }

  /** The place of a key or of its table's header; a key inside an inline table has the place of the whole. */
  spanOf(path: readonly string[]): Span {
    const { pairs, headers } = this.#statements;
    for (let length = path.length; length > 0; length--) {
      const begins = (candidate: readonly string[]): boolean =>
        path.slice(0, length).every((part, index) => candidate[index] === part);
      const pair = pairs.find((candidate) => candidate.path.length >= length && begins(candidate.path));
      const header = headers.find((candidate) => begins(candidate.path));
      if (header !== undefined && header.path.length >= length) return this.#spanAt(header.start, header.end);
      if (pair !== undefined) return this.#spanAt(pair.keyStart, pair.keyEnd);
    }
    return { file: this.#file, line: 1, column: 1 };
  }

  /** The place of a key of the n-th table of a `[[list]]`, else of its header, else of the whole list. */
  spanOfEntry(list: readonly string[], index: number, key?: string): Span {
    const { pairs, headers } = this.#statements;
    const begins = (path: readonly string[]): boolean => list.every((part, depth) => path[depth] === part);
    const entries = headers.filter(({ path }) => path.length === list.length && begins(path));
    const header = entries[index];
    if (header === undefined) return this.spanOf(list);
    const end = entries[index + 1]?.start ?? this.#text.length;
    const pair = pairs.find(
      ({ path, keyStart }) => begins(path) && path[list.length] === key && keyStart > header.start && keyStart < end,
    );
    return pair === undefined || key === undefined
      ? this.#spanAt(header.start, header.end)
      : this.#spanAt(pair.keyStart, pair.keyEnd);
  }

  #spanAt(start: number, end: number): Span {
    return spanAt(this.#file, this.#text, start, end);
  }
}

function helpForKey(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  return near === undefined ? `the keys known here are ${known.join(', ')}` : `did you mean ${near}?`;
}
