import { isTable, parseToml, type TomlTable } from './toml.js';

/** Compiler flags as a configuration file writes them. Cargo joins lists of several files; of texts the nearest counts. */
export interface FlagSetting {
  readonly flags: readonly string[];
  readonly form: 'list' | 'text';
}

/** Compiler flags that a configuration file sets, by cargo's mutually exclusive places for them. */
export interface ConfiguredFlags {
  /** `build.rustflags`; absent where not set. */
  readonly build?: FlagSetting;
  /** `rustflags` of each `[target.…]`, by triple or `cfg(…)`; they replace those of `build` on targets that match. */
  readonly targets: Readonly<Record<string, FlagSetting>>;
}

/**
 * Reads a .cargo/config.toml. One that cannot be read says nothing: cargo, which reads it next, says what is wrong.
 * Source of the rule: https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags
 */
export function parseConfiguredFlags(file: string, text: string): ConfiguredFlags {
  const { value = {} } = parseToml(file, text);
  const build = flagsIn(tableIn(value, 'build'));
  const targets = Object.entries(tableIn(value, 'target')).flatMap(([key, target]) => {
    const flags = isTable(target) ? flagsIn(target) : undefined;
    return flags === undefined ? [] : [[key, flags] as const];
  });
  return { ...(build === undefined ? {} : { build }), targets: Object.fromEntries(targets) };
}

function flagsIn(table: TomlTable): FlagSetting | undefined {
  const { rustflags } = table;
  if (Array.isArray(rustflags)) return { flags: rustflags.filter((flag) => typeof flag === 'string'), form: 'list' };
  if (typeof rustflags !== 'string') return undefined;
  return { flags: rustflags.split(' ').filter((flag) => flag !== ''), form: 'text' };
}

function tableIn(table: TomlTable, key: string): TomlTable {
  const value = table[key];
  return isTable(value) ? value : {};
}
