import { suggest, type Diagnostic, type Span } from '#diagnostics';
import { workspacePath, type WorkspacePath } from '#paths';

/** One end of an entry of grout.toml, as it is written there. */
interface WrittenEnd {
  /** What the entry is, with its article. */
  readonly entry: string;
  readonly end: 'from' | 'to';
  readonly word: string;
  readonly span: Span;
  /** What may be named there. */
  readonly wanted: string;
}

/** Projects as people write them: by name, or by folder. */
export class WrittenProjects {
  readonly #roots: ReadonlyMap<string, WorkspacePath>;

  /** @param names of all projects, by root */
  constructor(readonly names: ReadonlyMap<WorkspacePath, string>) {
    this.#roots = new Map([...names].map(([root, name]) => [name, root]));
  }

  /** Root of the project of that name. */
  named(name: string): WorkspacePath | undefined {
    return this.#roots.get(name);
  }

  /** Root of the project that is meant. */
  rootOf(word: string): WorkspacePath | undefined {
    return this.named(word) ?? [workspacePath(word)].find((path) => this.names.has(path));
  }

  unknown({ entry, end, word, span, wanted }: WrittenEnd): Diagnostic {
    const near = suggest(word, [...this.#roots.keys(), ...this.#roots.values()]);
    return {
      code: 'graph/unknown-project',
      severity: 'error',
      message: `${entry} of grout.toml has \`${end} = "${word}"\`, and this workspace has no such ${wanted}`,
      span,
      help: near === undefined ? 'write the name or the folder of a project' : `did you mean \`${near}\`?`,
    };
  }
}
