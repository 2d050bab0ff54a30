import { suggest, type Diagnosed, type Diagnostic, type Span } from '#diagnostics';
import { leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import { spanAt } from './text-places.js';
import { parseTomlStatements, type TomlStatements } from './toml-statements.js';
import { isTable, parseToml, type TomlTable } from './toml.js';

/** Facts of the workspace that its manifests cannot say, from `grout.toml` at its root. */
export interface GroutToml {
  /** Where the runtimes lie that every bridge's code uses: `go` and `rust` in this folder. */
  readonly runtime?: { readonly directory: WorkspacePath };
  /** By name, in the order of the file. */
  readonly bridges: Readonly<Record<string, GroutBridge>>;
  /** In the order of the file. */
  readonly edges: readonly GroutEdge[];
  /** By name. */
  readonly features: Readonly<Record<string, GroutFeature>>;
}

/** What a feature is called on either side, and what it asks of others; without an entry it has one name on both. */
export interface GroutFeature {
  readonly description?: string;
  /** Features of crates. */
  readonly cargo: readonly string[];
  /** Build tags of Go files. */
  readonly goTags: readonly string[];
  /** On unless a build asks for no default features. */
  readonly isDefault: boolean;
  /** Features that it switches on as well. */
  readonly requires: readonly string[];
  /** Features that it cannot be built with. */
  readonly conflicts: readonly string[];
  readonly span: Span;
}

export interface GroutBridge {
  /** Folder with `contract`, `go` and `rust` in it. */
  readonly directory: WorkspacePath;
  readonly span: Span;
}

/** A dependency that nothing in the sources shows. */
interface GroutEdge {
  /** Name or folder of a project. */
  readonly from: string;
  /** Name or folder of a project, or the path of a file or folder that is read. */
  readonly to: string;
  /** Whether builds need it, or only tests. */
  readonly kind: 'build' | 'test';
  readonly why: string;
  readonly span: Span;
}

/**
 * Reads grout.toml. A key that is not known, or has a value of the wrong type, is an error with its place; the rest of
 * the file still stands. Undefined only when the text is no TOML.
 */
export function parseGroutToml(file: string, text: string): Diagnosed<GroutToml | undefined> {
  const { value: table, diagnostics } = parseToml(file, text);
  if (table === undefined) return { value: undefined, diagnostics };
  return new GroutTomlReader(file, text).read(table);
}

class GroutTomlReader {
  readonly #file: string;
  readonly #text: string;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #statements: TomlStatements;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#statements = parseTomlStatements(text);
  }

  read(root: TomlTable): Diagnosed<GroutToml> {
    this.#refuseUnknown(root, [], ['runtime', 'bridges', 'edges', 'features']);
    const runtime = this.#directoryOf(root, ['runtime']);
    const bridges = this.#tableAt(root, ['bridges']) ?? {};
    const entries = Object.keys(bridges).flatMap((name): [string, GroutBridge][] => {
      const directory = this.#directoryOf(bridges, ['bridges', name]);
      return directory === undefined ? [] : [[name, { directory, span: this.#spanOf(['bridges', name]) }]];
    });
    const value = {
      bridges: Object.fromEntries(entries),
      edges: this.#edgesOf(root),
      features: this.#featuresOf(root),
      ...(runtime && { runtime: { directory: runtime } }),
    };
    return { value, diagnostics: this.#diagnostics };
  }

  #featuresOf(root: TomlTable): Readonly<Record<string, GroutFeature>> {
    const tables = this.#tableAt(root, ['features']) ?? {};
    return Object.fromEntries(
      Object.keys(tables).flatMap((name): [string, GroutFeature][] => {
        const path = ['features', name];
        if (!FEATURE_NAME.test(name)) {
          const help = 'write a letter or digit first, then letters, digits, _, - or .';
          this.#refuse('wrong-name', path, `${name} cannot be the name of a feature`, help);
          return [];
        }
        const table = this.#tableAt(tables, path);
        return table === undefined ? [] : [[name, this.#readFeature(table, path, name)]];
      }),
    );
  }

  #readFeature(table: TomlTable, path: readonly string[], name: string): GroutFeature {
    this.#refuseUnknown(table, path, FEATURE_KEYS);
    const { description, default: isDefault = false } = table as Record<string, unknown>;
    if (description !== undefined && typeof description !== 'string') {
      this.#refuse('wrong-type', [...path, 'description'], 'a description is a text', 'write description = "…"');
    }
    if (typeof isDefault !== 'boolean') {
      this.#refuse('wrong-type', [...path, 'default'], 'default is true or false', 'write default = true');
    }
    return {
      ...(typeof description === 'string' ? { description } : {}),
      cargo: this.#namesAt(table, path, 'cargo') ?? [name],
      goTags: this.#namesAt(table, path, 'go-tags') ?? [name],
      isDefault: isDefault === true,
      requires: this.#namesAt(table, path, 'requires') ?? [],
      conflicts: this.#namesAt(table, path, 'conflicts') ?? [],
      span: this.#spanOf(path),
    };
  }

  /** Undefined where the key is not there, or holds something else than names. */
  #namesAt(table: TomlTable, path: readonly string[], key: string): readonly string[] | undefined {
    const value = table[key];
    if (value === undefined) return undefined;
    const isNames = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((entry) => typeof entry === 'string' && FEATURE_NAME.test(entry));
    if (isNames(value)) return value;
    this.#refuse('wrong-type', [...path, key], `${key} is a list of names`, `write ${key} = ["…"]`);
    return undefined;
  }

  #edgesOf({ edges = [] }: { readonly edges?: unknown }): GroutEdge[] {
    const tables: readonly unknown[] = Array.isArray(edges) ? edges : [undefined];
    return tables.flatMap((table, index) => {
      if (isTable(table)) return this.#readEdge(table, index) ?? [];
      this.#refuse('wrong-type', ['edges'], 'edges must be a list of tables', 'write [[edges]] on its own line');
      return [];
    });
  }

  #readEdge(table: TomlTable, index: number): GroutEdge | undefined {
    const header = this.#spanOfEdge(index);
    for (const key of Object.keys(table)) {
      if (EDGE_KEYS.includes(key)) continue;
      this.#report(
        'unknown-key',
        this.#spanOfEdge(index, key),
        `[[edges]] has no key ${key}`,
        helpForKey(key, EDGE_KEYS),
      );
    }
    const { from, to, why, kind = 'build' } = table as Partial<Record<keyof GroutEdge, unknown>>;
    const words = { from, to, why };
    const missing = Object.entries(words).find(([, value]) => typeof value !== 'string' || value.trim() === '')?.[0];
    if (missing !== undefined) {
      const span = this.#spanOfEdge(index, missing);
      this.#report('wrong-type', span, `an edge needs ${missing}, a text`, EDGE_HELP[missing] ?? '');
      return undefined;
    }
    if (kind !== 'build' && kind !== 'test') {
      const help = 'write kind = "build", or "test" when only tests need it';
      this.#report('wrong-type', this.#spanOfEdge(index, 'kind'), 'an edge has the kind build or test', help);
      return undefined;
    }
    return { ...(words as Pick<GroutEdge, 'from' | 'to' | 'why'>), kind, span: header };
  }

  /** Reads `directory` of the table at `path`, whose last key is looked up in `parent`. */
  #directoryOf(parent: TomlTable, path: readonly string[]): WorkspacePath | undefined {
    const table = this.#tableAt(parent, path);
    if (table === undefined) return undefined;
    this.#refuseUnknown(table, path, ['directory']);
    const { directory } = table as { directory?: unknown };
    if (typeof directory !== 'string' || directory === '') {
      const key = directory === undefined ? path : [...path, 'directory'];
      this.#refuse('wrong-type', key, `${path.join('.')} needs a directory`, 'write directory = "libs/…"');
      return undefined;
    }
    if (/^(?:[/\\]|[A-Za-z]:)/.test(directory) || leavesWorkspace(workspacePath(directory))) {
      const message = `${path.join('.')}.directory lies outside the workspace: ${directory}`;
      this.#refuse('outside-workspace', [...path, 'directory'], message, 'write it relative to the workspace root');
      return undefined;
    }
    return workspacePath(directory);
  }

  #tableAt(parent: TomlTable, path: readonly string[]): TomlTable | undefined {
    const value = parent[path.at(-1) ?? ''];
    if (value === undefined || isTable(value)) return value;
    this.#refuse('wrong-type', path, `${path.join('.')} must be a table`, `write [${path.join('.')}] on its own line`);
    return undefined;
  }

  #refuseUnknown(table: TomlTable, path: readonly string[], known: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const place = path.length === 0 ? 'grout.toml' : `[${path.join('.')}]`;
      this.#refuse('unknown-key', [...path, key], `${place} has no key ${key}`, helpForKey(key, known));
    }
  }

  #refuse(code: string, path: readonly string[], message: string, help: string): void {
    this.#report(code, this.#spanOf(path), message, help);
  }

  #report(code: string, span: Span, message: string, help: string): void {
    this.#diagnostics.push({ code: `scaffold/${code}`, severity: 'error', message, span, help });
  }

  /** The place of a key or of its table's header; a key inside an inline table has the place of the whole. */
  #spanOf(path: readonly string[]): Span {
    const { pairs, headers } = this.#statements;
    for (let length = path.length; length > 0; length--) {
      const begins = (candidate: readonly string[]): boolean =>
        path.slice(0, length).every((part, index) => candidate[index] === part);
      const pair = pairs.find((candidate) => candidate.path.length >= length && begins(candidate.path));
      const header = headers.find((candidate) => begins(candidate.path));
      if (header !== undefined && header.path.length >= length) {
        return spanAt(this.#file, this.#text, header.start, header.end);
      }
      if (pair !== undefined) return spanAt(this.#file, this.#text, pair.keyStart, pair.keyEnd);
    }
    return { file: this.#file, line: 1, column: 1 };
  }

  /** The place of a key of the n-th `[[edges]]`, else of its header, else of all edges. */
  #spanOfEdge(index: number, key?: string): Span {
    const { pairs, headers } = this.#statements;
    const tables = headers.filter(({ path }) => path.length === 1 && path[0] === 'edges');
    const header = tables[index];
    if (header === undefined) return this.#spanOf(['edges']);
    const end = tables[index + 1]?.start ?? this.#text.length;
    const pair = pairs.find(({ path, keyStart }) => path[1] === key && keyStart > header.start && keyStart < end);
    return pair === undefined || key === undefined
      ? spanAt(this.#file, this.#text, header.start, header.end)
      : spanAt(this.#file, this.#text, pair.keyStart, pair.keyEnd);
  }
}

const FEATURE_KEYS: readonly string[] = ['description', 'cargo', 'go-tags', 'default', 'requires', 'conflicts'];

/** What cargo and go both take, so that no name can be read as a list or as an option. */
const FEATURE_NAME = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.-]*$/u;

const EDGE_KEYS: readonly string[] = ['from', 'to', 'kind', 'why'];

const EDGE_HELP: Readonly<Record<string, string>> = {
  from: 'write from = "…", the name or the folder of a project',
  to: 'write to = "…", the name or the folder of a project, or the path of a file or folder',
  why: 'write why = "…": nothing in the sources shows this edge, so say what it is for',
};

function helpForKey(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  return near === undefined ? `the keys known here are ${known.join(', ')}` : `did you mean ${near}?`;
}
