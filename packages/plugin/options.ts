import { DiagnosticError, suggest, type Diagnostic } from '#diagnostics';
import { readGraphSettings, wrongOption, type GraphOptions, type GraphSettings } from '#graph';
import type { TargetConfiguration } from '@nx/devkit';

/** Targets that the plugin infers, by what they do. */
const TARGET_KINDS = ['build', 'link', 'test', 'testMock', 'bench', 'lint', 'run', 'watch'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A new name, a name with settings that go over the inferred ones, or no such target. */
export type TargetOption = string | false | (Partial<TargetConfiguration> & { readonly targetName?: string });

/** Whether each command of a Go module has a build target of its own. */
type GoCommands = 'targets' | 'module';

/** Options of the plugin's entry in nx.json: how projects and targets are named, and which Go builds there are. */
export interface PluginOptions extends GraphOptions {
  /** Go modules with several commands: a build target for each (default), or one for the module. */
  readonly goCommands?: GoCommands;
  readonly buildTargetName?: TargetOption;
  readonly linkTargetName?: TargetOption;
  readonly testTargetName?: TargetOption;
  readonly testMockTargetName?: TargetOption;
  readonly benchTargetName?: TargetOption;
  readonly lintTargetName?: TargetOption;
  readonly runTargetName?: TargetOption;
  readonly watchTargetName?: TargetOption;
}

/** Settings of one target kind after the options are read. */
export interface TargetShape {
  readonly name: string;
  readonly settings: Partial<TargetConfiguration>;
}

export interface PluginShape extends GraphSettings {
  readonly goCommands: GoCommands;
  readonly targets: Readonly<Record<TargetKind, TargetShape | undefined>>;
}

const DEFAULT_NAMES: Readonly<Record<TargetKind, string>> = {
  build: 'build',
  link: 'link',
  test: 'test',
  testMock: 'test-mock',
  bench: 'bench',
  lint: 'lint',
  run: 'run',
  watch: 'watch',
};

const OPTION_NAMES = [
  ...['projectNames', 'goCommands', 'goTags', 'goPlatforms'],
  ...TARGET_KINDS.map((kind) => `${kind}TargetName`),
];

/** @throws DiagnosticError for an option that does not exist or has a value that means nothing */
export function readPluginOptions(options: PluginOptions | undefined): PluginShape {
  const given = { ...options };
  const problems = Object.keys(given)
    .filter((name) => !OPTION_NAMES.includes(name))
    .map(unknownOption);
  const settings = readGraphSettings(given);
  problems.push(...settings.diagnostics);
  const goCommands = given.goCommands ?? 'targets';
  if (!['targets', 'module'].includes(goCommands)) {
    problems.push(wrongOption('goCommands', goCommands, '"targets" or "module"'));
  }
  if (problems.length > 0) throw new DiagnosticError(...problems);
  const shape = (kind: TargetKind): TargetShape | undefined => readTarget(kind, given[`${kind}TargetName`]);
  return {
    ...settings.value,
    goCommands,
    targets: {
      build: shape('build'),
      link: shape('link'),
      test: shape('test'),
      testMock: shape('testMock'),
      bench: shape('bench'),
      lint: shape('lint'),
      run: shape('run'),
      watch: shape('watch'),
    },
  };
}

function readTarget(kind: TargetKind, option: TargetOption | undefined): TargetShape | undefined {
  if (option === false) return undefined;
  if (typeof option === 'string') return { name: option, settings: {} };
  const { targetName, ...settings } = option ?? {};
  return { name: targetName ?? DEFAULT_NAMES[kind], settings };
}

function unknownOption(name: string): Diagnostic {
  const meant = suggest(name, OPTION_NAMES);
  return {
    code: 'plugin/unknown-option',
    severity: 'error',
    message: `the plugin nx-grout has no option \`${name}\``,
    span: { file: 'nx.json', line: 1, column: 1 },
    help: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}known: ${OPTION_NAMES.join(', ')}`,
  };
}
