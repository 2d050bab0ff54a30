import type { Diagnosed, Span } from '#diagnostics';
import { leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import { DEFAULT_LINT, readLint, type GroutLint } from './grout-lint.js';
import { TomlReader } from './toml-reader.js';
import { parseToml, type TomlTable } from './toml.js';

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
  readonly lint: GroutLint;
}

/** What a workspace without the file says. */
export const NO_GROUT_TOML: GroutToml = { bridges: {}, edges: [], features: {}, lint: DEFAULT_LINT };

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
  /** Whether it has tests of random values, which need libraries from registries. */
  readonly propertyTests: boolean;
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
  return new GroutTomlReader(new TomlReader(file, text)).read(table);
}

class GroutTomlReader {
  readonly #toml: TomlReader;

  constructor(toml: TomlReader) {
    this.#toml = toml;
  }

  read(root: TomlTable): Diagnosed<GroutToml> {
    this.#toml.refuseUnknown(root, [], ['runtime', 'bridges', 'edges', 'features', 'lint']);
    const runtime = this.#directoryOf(root, ['runtime']);
    const bridges = this.#toml.tableAt(root, ['bridges']) ?? {};
    const entries = Object.keys(bridges).flatMap((name): [string, GroutBridge][] => {
      const path = ['bridges', name];
      const directory = this.#directoryOf(bridges, path, [PROPERTY_TESTS]);
      if (directory === undefined) return [];
      const propertyTests = this.#flagAt(bridges[name] as TomlTable, path, PROPERTY_TESTS, false);
      return [[name, { directory, propertyTests, span: this.#toml.spanOf(path) }]];
    });
    const value = {
      bridges: Object.fromEntries(entries),
      edges: this.#edgesOf(root),
      features: this.#featuresOf(root),
      lint: readLint(root, this.#toml),
      ...(runtime && { runtime: { directory: runtime } }),
    };
    return { value, diagnostics: this.#toml.diagnostics };
  }

  #featuresOf(root: TomlTable): Readonly<Record<string, GroutFeature>> {
    const tables = this.#toml.tableAt(root, ['features']) ?? {};
    return Object.fromEntries(
      Object.keys(tables).flatMap((name): [string, GroutFeature][] => {
        const path = ['features', name];
        if (!FEATURE_NAME.test(name)) {
          const help = 'write a letter or digit first, then letters, digits, _, - or .';
          this.#toml.refuse('wrong-name', path, `${name} cannot be the name of a feature`, help);
          return [];
        }
        const table = this.#toml.tableAt(tables, path);
        return table === undefined ? [] : [[name, this.#readFeature(table, path, name)]];
      }),
    );
  }

  #readFeature(table: TomlTable, path: readonly string[], name: string): GroutFeature {
    this.#toml.refuseUnknown(table, path, FEATURE_KEYS);
    const { description } = table as Record<string, unknown>;
    if (description !== undefined && typeof description !== 'string') {
      this.#toml.refuse('wrong-type', [...path, 'description'], 'a description is a text', 'write description = "…"');
    }
    return {
      ...(typeof description === 'string' ? { description } : {}),
      cargo: this.#namesAt(table, path, 'cargo') ?? [name],
      goTags: this.#namesAt(table, path, 'go-tags') ?? [name],
      isDefault: this.#flagAt(table, path, 'default', false),
      requires: this.#namesAt(table, path, 'requires') ?? [],
      conflicts: this.#namesAt(table, path, 'conflicts') ?? [],
      span: this.#toml.spanOf(path),
    };
  }

  /** @param otherwise where the key is not there, or holds something else */
  #flagAt(table: TomlTable, path: readonly string[], key: string, otherwise: boolean): boolean {
    const value: unknown = table[key];
    if (typeof value === 'boolean') return value;
    if (value !== undefined) {
      this.#toml.refuse('wrong-type', [...path, key], `${key} is true or false`, `write ${key} = ${!otherwise}`);
    }
    return otherwise;
  }

  /** Undefined where the key is not there, or holds something else than names. */
  #namesAt(table: TomlTable, path: readonly string[], key: string): readonly string[] | undefined {
    const value = table[key];
    if (value === undefined) return undefined;
    const isNames = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((entry) => typeof entry === 'string' && FEATURE_NAME.test(entry));
    if (isNames(value)) return value;
    this.#toml.refuse('wrong-type', [...path, key], `${key} is a list of names`, `write ${key} = ["…"]`);
    return undefined;
  }

  #edgesOf(root: TomlTable): GroutEdge[] {
    return this.#toml.tablesAt(root, EDGES).flatMap(({ table, index }) => this.#readEdge(table, index) ?? []);
  }

  #readEdge(table: TomlTable, index: number): GroutEdge | undefined {
    this.#toml.refuseUnknownIn(table, EDGES, index, EDGE_KEYS);
    const { from, to, why, kind = 'build' } = table as Partial<Record<keyof GroutEdge, unknown>>;
    const words = { from, to, why };
    const missing = Object.entries(words).find(([, value]) => typeof value !== 'string' || value.trim() === '')?.[0];
    if (missing !== undefined) {
      const span = this.#toml.spanOfEntry(EDGES, index, missing);
      this.#toml.report('wrong-type', span, `an edge needs ${missing}, a text`, EDGE_HELP[missing] ?? '');
      return undefined;
    }
    if (kind !== 'build' && kind !== 'test') {
      const help = 'write kind = "build", or "test" when only tests need it';
      this.#toml.report(
        'wrong-type',
        this.#toml.spanOfEntry(EDGES, index, 'kind'),
        'an edge has the kind build or test',
        help,
      );
      return undefined;
    }
    return { ...(words as Pick<GroutEdge, 'from' | 'to' | 'why'>), kind, span: this.#toml.spanOfEntry(EDGES, index) };
  }

  /**
   * Reads `directory` of the table at `path`, whose last key is looked up in `parent`.
   * @param others keys that the table may have besides
   */
  #directoryOf(parent: TomlTable, path: readonly string[], others: readonly string[] = []): WorkspacePath | undefined {
    const table = this.#toml.tableAt(parent, path);
    if (table === undefined) return undefined;
    this.#toml.refuseUnknown(table, path, ['directory', ...others]);
    const { directory } = table as { directory?: unknown };
    if (typeof directory !== 'string' || directory === '') {
      const key = directory === undefined ? path : [...path, 'directory'];
      this.#toml.refuse('wrong-type', key, `${path.join('.')} needs a directory`, 'write directory = "libs/…"');
      return undefined;
    }
    if (/^(?:[/\\]|[A-Za-z]:)/.test(directory) || leavesWorkspace(workspacePath(directory))) {
      const message = `${path.join('.')}.directory lies outside the workspace: ${directory}`;
      this.#toml.refuse(
        'outside-workspace',
        [...path, 'directory'],
        message,
        'write it relative to the workspace root',
      );
      return undefined;
    }
    return workspacePath(directory);
  }
}

const PROPERTY_TESTS = 'property-tests';

const FEATURE_KEYS: readonly string[] = ['description', 'cargo', 'go-tags', 'default', 'requires', 'conflicts'];

/** What cargo and go both take, so that no name can be read as a list or as an option. */
const FEATURE_NAME = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.-]*$/u;

const EDGES: readonly string[] = ['edges'];

const EDGE_KEYS: readonly string[] = ['from', 'to', 'kind', 'why'];

const EDGE_HELP: Readonly<Record<string, string>> = {
  from: 'write from = "…", the name or the folder of a project',
  to: 'write to = "…", the name or the folder of a project, or the path of a file or folder',
  why: 'write why = "…": nothing in the sources shows this edge, so say what it is for',
};
