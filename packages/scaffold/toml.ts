import type { Diagnosed, Span } from '#diagnostics';
import { parse } from 'toml';

/** A table without a prototype, so that `constructor` is a plain key. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** The one place of this room that knows the TOML library. Undefined, with the place and the reason, for broken TOML. */
export function parseToml(file: string, text: string): Diagnosed<TomlTable | undefined> {
  try {
    return { value: parse(text) as TomlTable, diagnostics: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it cannot be read';
    return {
      value: undefined,
      diagnostics: [
        {
          code: 'scaffold/broken-toml',
          severity: 'error',
          message: `${file} is not valid TOML: ${message}`,
          span: placeOf(file, error),
          help: 'mend the TOML at this place',
        },
      ],
    };
  }
}

/** The grammar's errors carry `location.start`, the later checks' errors `line` and `column`. */
function placeOf(file: string, error: unknown): Span {
  const place = error as { line?: number; column?: number; location?: { start: { line: number; column: number } } };
  const { line = 1, column = 1 } = place.location?.start ?? place;
  return { file, line, column };
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
