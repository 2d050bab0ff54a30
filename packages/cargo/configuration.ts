import { isTable, parseToml, type TomlTable } from './toml.js';

/** Compiler flags as a configuration file writes them. Cargo joins lists of several files; of texts the nearest counts. */
export interface FlagSetting {
  readonly flags: readonly string[];
  readonly form: 'list' | 'text';
}

/** What a configuration file says that decides over compiler flags and over where cargo builds. */
export interface CargoConfiguration {
  /** `build.rustflags`; absent where not set. */
  readonly build?: FlagSetting;
  /** `rustflags` of each `[target.…]`, by triple or `cfg(…)`; they replace those of `build` on targets that match. */
  readonly targets: Readonly<Record<string, FlagSetting>>;
  /** `build.target-dir` as written: relative to the folder that holds .cargo. */
  readonly targetFolder?: string;
}

/**
 * Reads a .cargo/config.toml. One that cannot be read says nothing: cargo, which reads it next, says what is wrong.
 * Source of the rule: https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags
 */
export function parseCargoConfiguration(file: string, text: string): CargoConfiguration {
  const { value = {} } = parseToml(file, text);
  const ofBuild = tableIn(value, 'build');
  const build = flagsIn(ofBuild);
  const folder = ofBuild['target-dir'];
  const targets = Object.entries(tableIn(value, 'target')).flatMap(([key, target]) => {
    const flags = isTable(target) ? flagsIn(target) : undefined;
    return flags === undefined ? [] : [[key, flags] as const];
  });
  return {
    ...(build === undefined ? {} : { build }),
    ...(typeof folder === 'string' ? { targetFolder: folder } : {}),
    targets: Object.fromEntries(targets),
  };
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
