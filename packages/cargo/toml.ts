import { parse, TomlError } from 'smol-toml';
import type { Diagnosed, Diagnostic } from '#diagnostics';
import { findMergeConflict } from './merge-conflict.js';

/** A table as the TOML library gives it: without a prototype, so that `constructor` and `__proto__` are plain keys. */
export type TomlTable = Readonly<Record<string, unknown>>;

/**
 * The one place that knows which TOML library is in use. The value is undefined exactly when the text is no TOML; the
 * diagnostic then is `cargo/broken-toml`, or `cargo/merge-conflict` when conflict markers are the cause.
 */
export function parseToml(file: string, text: string): Diagnosed<TomlTable | undefined> {
  try {
    return { value: parse(text, { integersAsBigInt: 'asNeeded' }), diagnostics: [] };
  } catch (error) {
    return { value: undefined, diagnostics: [findMergeConflict(file, text) ?? explainBrokenToml(file, error)] };
  }
}

function explainBrokenToml(file: string, error: unknown): Diagnostic {
  const place = error instanceof TomlError ? { line: error.line, column: error.column } : { line: 1, column: 1 };
  return {
    code: 'cargo/broken-toml',
    severity: 'error',
    message: `${file} is not valid TOML: ${reasonOf(error)}`,
    span: { file, ...place },
    help: 'mend the TOML at this place; until then, what the file says does not take part in the build',
  };
}

/** The library puts a code block under its message; the rendering of diagnostics draws its own. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it cannot be read';
  return (message.split('\n')[0] ?? message).replace(/^Invalid TOML document: /, '');
}
