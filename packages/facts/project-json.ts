import type { Diagnosed } from '#diagnostics';
import { TRAVELLING_OPTIONS, type TargetSettings } from '#graph';

/** What a project.json says that counts for the graph. */
export interface ProjectJson {
  readonly name?: string;
  readonly implicitDependencies: readonly string[];
  /** Targets that are set here in a way that others have to know of, by name. */
  readonly targets: Readonly<Record<string, TargetSettings>>;
}

/** A project.json that cannot be read is Nx's to report; here it only says nothing. */
export function parseProjectJson(_file: string, text: string): Diagnosed<ProjectJson | undefined> {
  return { value: readProjectJson(text), diagnostics: [] };
}

function readProjectJson(text: string): ProjectJson | undefined {
  try {
    const { name, implicitDependencies, targets } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      implicitDependencies: Array.isArray(implicitDependencies)
        ? implicitDependencies.filter((entry) => typeof entry === 'string')
        : [],
      targets: Object.fromEntries(
        Object.entries(isRecord(targets) ? targets : {}).flatMap(([target, value]) => {
          const settings = readTargetSettings(value);
          return settings.isSet || settings.names.length + settings.configurations.length > 0
            ? [[target, settings]]
            : [];
        }),
      ),
    };
  } catch {
    return undefined;
  }
}

/** Build tags and features among the options of a target. */
function readSwitchNames(options: unknown): string[] {
  if (!isRecord(options)) return [];
  return ['features', 'tags'].flatMap((option) => {
    const value = options[option];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.flatMap((entry) =>
      typeof entry === 'string' ? entry.split(/[\s,]+/).filter((name) => name !== '') : [],
    );
  });
}

/** What `options` and `configurations` of a target mean to its link step. */
export function readTargetSettings(target: unknown): TargetSettings {
  const { options, configurations } = isRecord(target) ? target : {};
  const named = isRecord(configurations) ? configurations : {};
  const travels = (settings: unknown): boolean =>
    isRecord(settings) && TRAVELLING_OPTIONS.some((option) => settings[option] !== undefined);
  return {
    isSet: travels(options) || Object.values(named).some(travels),
    configurations: Object.keys(named),
    names: [...new Set([options, ...Object.values(named)].flatMap(readSwitchNames))],
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
