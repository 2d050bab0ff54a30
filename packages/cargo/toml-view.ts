import type { Diagnostic, Span } from '#diagnostics';
import { indexKeys, type KeyPath, type KeySpans } from './key-spans.js';
import type { TomlTable } from './toml.js';

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
    const value = this.#table[key];
    return value === undefined || typeof value === 'string' ? value : this.#reject(key, value, 'a string');
  }

  boolean(key: string): boolean | undefined {
    const value = this.#table[key];
    return value === undefined || typeof value === 'boolean' ? value : this.#reject(key, value, 'true or false');
  }

  number(key: string): number | undefined {
    const value = this.#table[key];
    return value === undefined || typeof value === 'number' ? value : this.#reject(key, value, 'a number');
  }

  /** A list of strings; empty when absent. Elements of another type are reported, the others kept. */
  strings(key: string): readonly string[] {
    const value = this.#table[key];
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.#reject(key, value, 'a list of strings') ?? [];
    const odd: unknown = value.find((element) => typeof element !== 'string');
    if (odd !== undefined) this.#reject(key, odd, 'a list of strings', 'has an element that is');
    return value.filter((element) => typeof element === 'string');
  }

  /** A string that `key.workspace = true` may inherit. */
  inheritable(key: string): string | { readonly workspace: true } | undefined {
    const value = this.#table[key];
    if (!isTable(value)) return this.string(key);
    return this.table(key)?.boolean('workspace') === true ? { workspace: true } : undefined;
  }

  table(key: string): TomlView | undefined {
    const value = this.#table[key];
    if (value === undefined) return undefined;
    return isTable(value) ? this.#child(value, key) : this.#reject(key, value, 'a table');
  }

  /** The elements of an array of tables, e.g. of `[[bin]]`. */
  tables(key: string): TomlView[] {
    const value = this.#table[key];
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.#reject(key, value, `an array of tables ([[${key}]])`) ?? [];
    return value.flatMap((element: unknown, index) => {
      if (isTable(element)) return [this.#child(element, key, String(index))];
      this.#reject(key, element, 'an array of tables', 'has an element that is');
      return [];
    });
  }

  /** Reports that the key holds something else than `wanted`; for fields that take several types. */
  rejectType(key: string, wanted: string): undefined {
    return this.#reject(key, this.#table[key], wanted);
  }

  /** The value as the document has it, for fields that take several types. */
  raw(key: string): unknown {
    return this.#table[key];
  }

  #child(table: TomlTable, ...keys: string[]): TomlView {
    return new TomlView(this.#document, table, [...this.#path, ...keys]);
  }

  #reject(key: string, value: unknown, wanted: string, verb = 'is'): undefined {
    const name = renderPath([...this.#path, key]);
    this.report({
      code: 'cargo/wrong-type',
      severity: 'error',
      message: `\`${name}\` must be ${wanted}, but ${verb} ${typeName(value)}`,
      span: this.span(key),
      help: `give \`${name}\` ${wanted}; until then it counts as not given`,
    });
    return undefined;
  }
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
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
