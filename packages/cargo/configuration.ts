import { parseToml, type TomlTable } from './toml.js';

/** Which of cargo's mutually exclusive places for compiler flags a configuration file uses. */
export interface FlagPlaces {
  /** `build.rustflags` */
  readonly build: boolean;
  /** `rustflags` of any `[target.…]`, which replace those of `build` on the targets that match. */
  readonly target: boolean;
}

/**
 * Reads a .cargo/config.toml. One that cannot be read says nothing: cargo, which reads it next, says what is wrong.
 * Source of the rule: https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags
 */
export function parseFlagPlaces(file: string, text: string): FlagPlaces {
  const { value = {} } = parseToml(file, text);
  const targets = Object.values(tableIn(value, 'target'));
  return {
    build: tableIn(value, 'build')['rustflags'] !== undefined,
    target: targets.some((target) => isTable(target) && target['rustflags'] !== undefined),
  };
}

function tableIn(table: TomlTable, key: string): TomlTable {
  const value = table[key];
  return isTable(value) ? value : {};
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
