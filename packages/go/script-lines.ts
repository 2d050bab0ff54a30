import type { Span } from '#diagnostics';

/** A line of a script with those that continue it. */
export interface ScriptLine {
  /** Continuations joined, `$(NAME)` as `${NAME}`, and what is known of variables put in. */
  readonly text: string;
  /** Place of the first of the texts in it, as written; its beginning when it has none of them. */
  readonly spanOf: (file: string, ...texts: readonly string[]) => Span;
}

const HERE_DOCUMENT = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/;

/** The lines of a shell script, Makefile or justfile. */
export function scriptLines(text: string): ScriptLine[] {
  const variables = new Map<string, string>();
  const lines: ScriptLine[] = [];
  const written = text.split(/\r?\n/);
  for (let index = 0; index < written.length; index++) {
    const first = index;
    while (written[index]?.endsWith('\\') === true && index + 1 < written.length) index++;
    const parts = written.slice(first, index + 1);
    const joined = parts.map((part, at) => (at < parts.length - 1 ? part.slice(0, -1) : part)).join(' ');
    const plain = expand(withoutSubstitutions(joined), variables);
    remember(plain, variables);
    lines.push({ text: plain, spanOf: (file, ...texts) => spanIn(parts, first, file, texts) });
    // A here-document is text that a program is given.
    const terminator = HERE_DOCUMENT.exec(joined)?.[2];
    const end =
      terminator === undefined ? -1 : written.findIndex((line, at) => at > index && line.trim() === terminator);
    if (end !== -1) index = end;
  }
  return lines;
}

function spanIn(parts: readonly string[], first: number, file: string, texts: readonly string[]): Span {
  for (const text of texts) {
    const at = parts.findIndex((part) => part.includes(text));
    const column = parts[at]?.indexOf(text);
    if (column !== undefined)
      return { file, line: first + at + 1, column: column + 1, endColumn: column + 1 + text.length };
  }
  return { file, line: first + 1, column: 1 };
}

/** What a substitution gives is only known when it runs, but for the folder of the script or of make. */
function withoutSubstitutions(line: string): string {
  if (!line.includes('$')) return line;
  const named = line
    .replaceAll('$$', '$')
    .replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (all, name: string) => (name === 'pwd' ? '.' : `\${${name}}`));
  const inner = named.replaceAll(/\$\(([^()]*)\)/g, substitute);
  return inner.replaceAll(/\$\(([^()]*)\)/g, substitute).replaceAll(/\$\{(?:CURDIR|PWD)\}|\$PWD\b/g, '.');
}

function substitute(_all: string, command: string): string {
  return /^\s*(?:shell\s+)?(?:pwd|dirname\s)/.test(command) ? '.' : '${?}';
}

function expand(line: string, variables: ReadonlyMap<string, string>): string {
  if (!line.includes('$') || variables.size === 0) return line;
  return line.replaceAll(
    /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (all, braced?: string, plain?: string) => variables.get(braced ?? plain ?? '') ?? all,
  );
}

const ASSIGNMENT = /^(?:export\s+|local\s+|readonly\s+)?([A-Za-z_]\w*)\s*(?::{0,3}|\?)=\s*(.*?)\s*$/;

/** Notes a variable that a line gives a plain text to. */
function remember(line: string, variables: Map<string, string>): void {
  const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
  if (name === undefined) return;
  const [, , quoted] = /^(["'])([^"']*)\1$/.exec(value) ?? [];
  const plain = quoted ?? value.replace(/\s+#.*$/, '');
  const isPlain = !/["'`$;&|]/.test(plain) && plain.length < 1000;
  if (isPlain) variables.set(name, plain);
  else variables.delete(name);
}
