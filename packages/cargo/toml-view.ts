import type { Diagnostic, Span } from '#diagnostics';
import { indexKeys, type KeyPath, type KeySpans } from './key-spans.js';
import { isTable, type TomlTable } from './toml.js';

interface Document {
  readonly spans: KeySpans;
  readonly diagnostics: Diagnostic[];
}

/**
 * A table of a TOML document read field by field. A field of the wrong type gives a `cargo/wrong-type` diagnostic that
 * names key and place, and counts as absent, so that the rest of the document stands.
 */
export class TomlView {
  readonly #document: Document;
  readonly #table: TomlTable;
  readonly #path: KeyPath;

  private constructor(document: Document, table: TomlTable, path: KeyPath) {
    this.#document = document;
    this.#table = table;
    this.#path = path;
  }

  static open(file: string, text: string, root: TomlTable): TomlView {
    return new TomlView({ spans: indexKeys(file, text), diagnostics: [] }, root, []);
  }

  /** What there was to say so far about the whole document. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#document.diagnostics;
  }

  report(diagnostic: Diagnostic): void {
    this.#document.diagnostics.push(diagnostic);
  }

  keys(): string[] {
    return Object.keys(this.#table);
  }

  has(key: string): boolean {
    return this.#table[key] !== undefined;
  }

  /** Place of the key, or of this table when no key is given. */
  span(...keys: string[]): Span {
    return this.#document.spans.find([...this.#path, ...keys]);
  }

  string(key: string): string | undefined {
    return this.#read(key, isString, 'a string');
  }

  boolean(key: string): boolean | undefined {
    return this.#read(key, (value) => typeof value === 'boolean', 'true or false');
  }

  number(key: string): number | undefined {
    return this.#read(key, (value) => typeof value === 'number', 'a number');
  }

  /** A list of strings; empty when absent. Elements of another type are reported, the others kept. */
  strings(key: string): readonly string[] {
    const list = this.#read(key, isList, 'a list of strings') ?? [];
    const odd = list.find((element) => !isString(element));
    if (odd !== undefined) this.#reject(key, odd, 'a list of strings', 'has an element that is');
    return list.filter(isString);
  }

  /** A string that `key.workspace = true` may inherit. */
  inheritable(key: string): string | { readonly workspace: true } | undefined {
    const value = this.#table[key];
    if (!isTable(value)) return this.string(key);
    return this.table(key)?.boolean('workspace') === true ? { workspace: true } : undefined;
  }

  table(key: string): TomlView | undefined {
    const table = this.#read(key, isTable, 'a table');
    return table === undefined ? undefined : this.#child(table, key);
  }

  /** The elements of an array of tables, e.g. of `[[bin]]`. */
  tables(key: string): TomlView[] {
    const list = this.#read(key, isList, `an array of tables ([[${key}]])`) ?? [];
    return list.flatMap((element, index) => {
      if (isTable(element)) return [this.#child(element, key, String(index))];
      this.#reject(key, element, 'an array of tables', 'has an element that is');
      return [];
    });
  }

  /** Reports that the key holds something else than `wanted`; for fields that take several types. */
  rejectType(key: string, wanted: string): void {
    this.#reject(key, this.#table[key], wanted);
  }

  /** The value as the document has it, for fields that take several types. */
  raw(key: string): unknown {
    return this.#table[key];
  }

  #child(table: TomlTable, ...keys: string[]): TomlView {
    return new TomlView(this.#document, table, [...this.#path, ...keys]);
  }

  #read<T>(key: string, isWanted: (value: unknown) => value is T, wanted: string): T | undefined {
    const value = this.#table[key];
    if (value === undefined || isWanted(value)) return value;
    this.#reject(key, value, wanted);
    return undefined;
  }

  #reject(key: string, value: unknown, wanted: string, verb = 'is'): void {
    const name = renderPath([...this.#path, key]);
    this.report({
      code: 'cargo/wrong-type',
      severity: 'error',
      message: `\`${name}\` must be ${wanted}, but ${verb} ${typeName(value)}`,
      span: this.span(key),
      help: `give \`${name}\` ${wanted}; until then it counts as not given`,
    });
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a float';
  return { string: 'a string', boolean: 'a boolean', bigint: 'an integer' }[typeof value as string] ?? 'a table';
}

function renderPath(path: KeyPath): string {
  return path
    .map((key, index) => {
      if (index > 0 && /^\d+$/.test(key)) return `[${key}]`;
      return `${index > 0 ? '.' : ''}${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}`;
    })
    .join('');
}
