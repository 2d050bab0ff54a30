import type { Diagnosed, Diagnostic } from '#diagnostics';
import { parseGoPlatform, type GoPlatform } from '#go';
import type { BuildWorld } from './build-world.js';
import { MOCK_TAG } from './cgo-links.js';
import type { ProjectNaming } from './facts.js';

/** How a workspace wants to be read. */
export interface GraphSettings {
  readonly naming: ProjectNaming;
  /** Go builds that are made at all. */
  readonly world: BuildWorld;
}

/** The plugin options in nx.json that the graph is read by. */
export interface GraphOptions {
  /** How projects are named: after their manifest where that is unique (default), or always after their folder. */
  readonly projectNames?: ProjectNaming;
  /** The only build tags that are ever set: a file that needs another draws no edge. Default: any tag may be set. */
  readonly goTags?: readonly string[];
  /** The only platforms that are built for, as `linux/amd64`. Default: any platform. */
  readonly goPlatforms?: readonly string[];
}

/** A value that means nothing is an error (`graph/wrong-option`), and the default stands in for it. */
export function readGraphSettings(options: GraphOptions): Diagnosed<GraphSettings> {
  const { goTags, goPlatforms } = options;
  // What nx.json says is not checked by anyone before.
  const naming: unknown = options.projectNames ?? 'manifest';
  const diagnostics: Diagnostic[] = [];
  const isNaming = naming === 'manifest' || naming === 'path';
  if (!isNaming) diagnostics.push(wrongOption('projectNames', naming, '"manifest" or "path"'));
  const tags = readNames('goTags', goTags, diagnostics);
  const platforms = readNames('goPlatforms', goPlatforms, diagnostics)?.flatMap((name): GoPlatform[] => {
    const platform = parseGoPlatform(name);
    if (platform === undefined) diagnostics.push(wrongOption('goPlatforms', name, '"linux/amd64" or the like'));
    return platform === undefined ? [] : [platform];
  });
  const world = {
    ...(tags === undefined ? {} : { tags: new Set([...tags, MOCK_TAG]) }),
    ...(platforms === undefined ? {} : { platforms }),
  };
  return { value: { naming: isNaming ? naming : 'manifest', world }, diagnostics };
}

function readNames(option: string, value: unknown, diagnostics: Diagnostic[]): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  diagnostics.push(wrongOption(option, value, 'a list of names'));
  return undefined;
}

/** @param meant what the option takes, in words */
export function wrongOption(option: string, value: unknown, meant: string): Diagnostic {
  return {
    code: 'graph/wrong-option',
    severity: 'error',
    message: `${option} is ${JSON.stringify(value)}, which is not ${meant}`,
    span: { file: 'nx.json', line: 1, column: 1 },
    help: `set "${option}" to ${meant} in the options of nx-grout`,
  };
}
