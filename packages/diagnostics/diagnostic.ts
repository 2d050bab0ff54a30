/** A place in a file of the workspace. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Span {
  /** Path relative to the workspace root, posix. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Exclusive end column on the same line; absent when only the start is known. */
  readonly endColumn?: number;
}

/**
 * A message to the user. `code` is `room/kebab-case` and stable: people search for it and configurations name it.
 * `message` says what happened and why, `help` what to do.
 */
export interface Diagnostic {
  readonly code: `${string}/${string}`;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly span?: Span;
  readonly help?: string;
}

/** A value together with what there was to say about making it. */
export interface Diagnosed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Carries diagnostics through code that can only throw; the shell renders them and sets the exit code. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/**
 * Renders `severity[code]: message`, the place, the user's line underlined when its text is given, and the help.
 * No colours: the shell adds them where a terminal shows them.
 */
export function renderDiagnostic(diagnostic: Diagnostic, sourceText?: string): string {
  const { code, severity, message, span, help } = diagnostic;
  const lines = [`${severity}[${code}]: ${message}`];
  if (span !== undefined) {
    lines.push(`  --> ${span.file}:${span.line}:${span.column}`);
    const source = sourceText?.split(/\r?\n/)[span.line - 1];
    if (source !== undefined) {
      const gutter = String(span.line);
      const pad = ' '.repeat(gutter.length);
      const width = Math.max(1, (span.endColumn ?? span.column + 1) - span.column);
      lines.push(`${pad} |`, `${gutter} | ${source}`, `${pad} | ${' '.repeat(span.column - 1)}${'^'.repeat(width)}`);
    }
  }
  if (help !== undefined) lines.push(`  help: ${help}`);
  return lines.join('\n');
}
