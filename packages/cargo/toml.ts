import { parse, TomlError } from 'smol-toml';
import { findTemplateMark, type Diagnosed, type Diagnostic } from '#diagnostics';
import { findMergeConflict } from './merge-conflict.js';

/** A table as the TOML library gives it: without a prototype, so that `constructor` and `__proto__` are plain keys. */
export type TomlTable = Readonly<Record<string, unknown>>;

/**
 * The one place that knows which TOML library is in use. The value is undefined exactly when the text is no TOML; the
 * diagnostic then is `cargo/broken-toml`, `cargo/merge-conflict` where there are conflict markers, or `cargo/template`
 * where there are marks of a template language.
 */
export function parseToml(file: string, text: string): Diagnosed<TomlTable | undefined> {
  try {
    const value = parse(text, { integersAsBigInt: 'asNeeded' });
    if (isNestedTooDeep(value)) throw new Error('its tables are nested without end');
    return { value, diagnostics: [] };
  } catch (error) {
    return { value: undefined, diagnostics: [findMergeConflict(file, text) ?? explainBrokenToml(file, text, error)] };
  }
}

/** Whether the value is a table of the document, and no list and no date. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** More than any manifest has, and few enough for whoever walks the tables by calling itself. */
const MAX_DEPTH = 100;

/** The library bounds only brackets; a key such as `a.a.a` can have as many parts as the file has room for. */
function isNestedTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each as TomlTable) : [],
    );
  }
  return level.length > 0;
}

function explainBrokenToml(file: string, text: string, error: unknown): Diagnostic {
  const place = error instanceof TomlError ? { line: error.line, column: error.column } : { line: 1, column: 1 };
  const mark = findTemplateMark(text);
  return {
    code: mark === undefined ? 'cargo/broken-toml' : 'cargo/template',
    severity: 'error',
    message: `${file} is not valid TOML${mark === undefined ? '' : `, but a template with \`${mark}\``}: ${reasonOf(error)}`,
    span: { file, ...place },
    help: 'mend the TOML at this place; until then, what the file says does not take part in the build',
  };
}

/** The library puts a code block under its message; the rendering of diagnostics draws its own. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it cannot be read';
  return (message.split('\n')[0] ?? message).replace(/^Invalid TOML document: /, '');
}
