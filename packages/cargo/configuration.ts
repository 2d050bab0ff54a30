import { isTable, parseToml, type TomlTable } from './toml.js';

/** Compiler flags that a configuration file sets, by cargo's mutually exclusive places for them. */
export interface ConfiguredFlags {
  /** `build.rustflags`; absent where not set. */
  readonly build?: readonly string[];
  /** `rustflags` of each `[target.…]`, by triple or `cfg(…)`; they replace those of `build` on targets that match. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
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

/** A list, or one string with blanks between the flags. */
function flagsIn(table: TomlTable): readonly string[] | undefined {
  const { rustflags } = table;
  if (Array.isArray(rustflags)) return rustflags.filter((flag) => typeof flag === 'string');
  return typeof rustflags === 'string' ? rustflags.split(' ').filter((flag) => flag !== '') : undefined;
}

function tableIn(table: TomlTable, key: string): TomlTable {
  const value = table[key];
  return isTable(value) ? value : {};
}
