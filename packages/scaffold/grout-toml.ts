import { suggest, type Diagnosed, type Diagnostic, type Span } from '#diagnostics';
import { leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import { spanAt } from './text-places.js';
import { parseTomlStatements } from './toml-statements.js';
import { isTable, parseToml, type TomlTable } from './toml.js';

/** Facts of the workspace that its manifests cannot say, from `grout.toml` at its root. */
export interface GroutToml {
  /** Where the runtimes lie that every bridge's code uses: `go` and `rust` in this folder. */
  readonly runtime?: { readonly directory: WorkspacePath };
  /** By name, in the order of the file. */
  readonly bridges: Readonly<Record<string, GroutBridge>>;
}

export interface GroutBridge {
  /** Folder with `contract`, `go` and `rust` in it. */
  readonly directory: WorkspacePath;
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

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  read(root: TomlTable): Diagnosed<GroutToml> {
    this.#refuseUnknown(root, [], ['runtime', 'bridges']);
    const runtime = this.#directoryOf(root, ['runtime']);
    const bridges = this.#tableAt(root, ['bridges']) ?? {};
    const entries = Object.keys(bridges).flatMap((name): [string, GroutBridge][] => {
      const directory = this.#directoryOf(bridges, ['bridges', name]);
      return directory === undefined ? [] : [[name, { directory, span: this.#spanOf(['bridges', name]) }]];
    });
    const value = { bridges: Object.fromEntries(entries), ...(runtime && { runtime: { directory: runtime } }) };
    return { value, diagnostics: this.#diagnostics };
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
      const near = suggest(key, known);
      const help = near === undefined ? `the keys known here are ${known.join(', ')}` : `did you mean ${near}?`;
      const place = path.length === 0 ? 'grout.toml' : `[${path.join('.')}]`;
      this.#refuse('unknown-key', [...path, key], `${place} has no key ${key}`, help);
    }
  }

  #refuse(code: string, path: readonly string[], message: string, help: string): void {
    this.#diagnostics.push({ code: `scaffold/${code}`, severity: 'error', message, span: this.#spanOf(path), help });
  }

  /** The place of a key or of its table's header; a key inside an inline table has the place of the whole. */
  #spanOf(path: readonly string[]): Span {
    const { pairs, headers } = parseTomlStatements(this.#text);
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
}
