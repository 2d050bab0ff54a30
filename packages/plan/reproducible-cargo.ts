import { holdsCfg, type CargoConfiguration, type FlagSetting } from '#cargo';

/** Where cargo's compiler flags come from, and the folders of this machine that artifacts would name. */
export interface CargoMachine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the configuration files that cargo reads, each, the nearest first. */
  readonly configured: readonly CargoConfiguration[];
  /** Absolute folders, the outer before the inner, and what is to stand for each. */
  readonly folders: readonly { readonly path: string; readonly standIn: string }[];
}

/** What a call is given besides what it is shown with: it names folders of this machine, and changes nothing else. */
export interface UnshownSettings {
  /** Behind the first of the words that are shown. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Between the flags in CARGO_ENCODED_RUSTFLAGS. */
const SEPARATOR = '\u001f';

/** Flags by which debug information and panic messages name no folder of this machine. */
function remapFlags({ folders }: Pick<CargoMachine, 'folders'>): string[] {
  return folders.map(({ path, standIn }) => `--remap-path-prefix=${path}=${standIn}`);
}

/**
 * Makes cargo's result the same in every checkout. Cargo takes compiler flags from one of several places, and a place
 * that is looked at first hides the others: ours join those of the place that is in use.
 * Source of the order: https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags
 */
export function reproducibleCargo(machine: CargoMachine): UnshownSettings {
  const { environment, configured } = machine;
  const flags = remapFlags(machine);
  const inherited = flagsOfEnvironment(environment);
  if (inherited !== undefined) {
    return { args: [], env: { CARGO_ENCODED_RUSTFLAGS: [...inherited, ...flags].join(SEPARATOR) } };
  }
  const ofTarget =
    configured.some(({ targets }) => Object.keys(targets).length > 0) ||
    Object.keys(environment).some((name) => /^CARGO_TARGET_.+_RUSTFLAGS$/.test(name));
  const ofBuild = configured.flatMap(({ build }) => build ?? []);
  const isSetForBuild = ofBuild.length > 0 || environment['CARGO_BUILD_RUSTFLAGS'] !== undefined;
  // Where both are set, whether the target matches decides: flags that do not count are better than some that hide others.
  const key = ofTarget && !isSetForBuild ? `target.'cfg(all())'.rustflags` : 'build.rustflags';
  return {
    args: ['--config', `${key}=${JSON.stringify(ofBuild[0]?.form === 'text' ? asText(ofBuild, flags) : flags)}`],
    env: {},
  };
}

/** Cargo merges no list into a text, and replaces one text by the other. Flags with a blank cannot be in one: those are left out. */
function asText(configured: readonly FlagSetting[], flags: readonly string[]): string {
  return [...joined(configured), ...flags.filter((flag) => !flag.includes(' '))].join(' ');
}

/** @param settings the nearest first */
function joined(settings: readonly FlagSetting[]): string[] {
  const [nearest] = settings;
  return (nearest?.form === 'text' ? [nearest] : [...settings].reverse()).flatMap(({ flags }) => flags);
}

/** Whether a configuration says something of targets by `cfg(…)`, so that it takes rustc's word which of it counts. */
export function asksForCfg({ configured }: Pick<CargoMachine, 'configured'>): boolean {
  return configured.some(({ targets }) => Object.keys(targets).some((key) => key.startsWith('cfg')));
}

/** The target of a call. */
export interface FlaggedTarget {
  readonly triple: string;
  /** What `rustc --print cfg` prints for it, a line each; empty where no configuration asks for it. */
  readonly cfg: readonly string[];
}

/** Compiler flags in force for a target, for a call of rustc that cargo does not make. */
export function flagsInForce(machine: CargoMachine, { triple, cfg }: FlaggedTarget): string[] {
  const { environment, configured } = machine;
  const variable = environment[`CARGO_TARGET_${triple.toUpperCase().replaceAll('-', '_')}_RUSTFLAGS`];
  const known = new Set(cfg);
  const matching = [...new Set(configured.flatMap(({ targets }) => Object.keys(targets)))]
    .filter((key) => holdsCfg(key, known))
    .sort();
  const flagsOf = (key: string): string[] => joined(configured.flatMap(({ targets }) => targets[key] ?? []));
  const ofTarget = [...flagsOf(triple), ...words(variable), ...matching.flatMap(flagsOf)];
  const ofBuild = [
    ...joined(configured.flatMap(({ build }) => build ?? [])),
    ...words(environment['CARGO_BUILD_RUSTFLAGS']),
  ];
  const flags = flagsOfEnvironment(environment) ?? (ofTarget.length > 0 ? ofTarget : ofBuild);
  return [...flags, ...remapFlags(machine)];
}

/** Flags that the environment sets, and with them replaces all that configuration files say; undefined when it sets none. */
function flagsOfEnvironment(environment: CargoMachine['environment']): string[] | undefined {
  const { CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS } = environment;
  if (CARGO_ENCODED_RUSTFLAGS !== undefined) {
    return CARGO_ENCODED_RUSTFLAGS.split(SEPARATOR).filter((flag) => flag !== '');
  }
  return RUSTFLAGS === undefined ? undefined : words(RUSTFLAGS);
}

function words(text: string | undefined): string[] {
  return text?.split(' ').filter((flag) => flag !== '') ?? [];
}
