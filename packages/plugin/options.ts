import { DiagnosticError, suggest, type Diagnostic } from '#diagnostics';
import type { ProjectNaming } from '#graph';
import type { TargetConfiguration } from '@nx/devkit';

/** Targets that the plugin infers, by what they do. */
const TARGET_KINDS = ['build', 'test', 'testMock', 'lint', 'run', 'watch'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A new name, a name with settings that go over the inferred ones, or no such target. */
export type TargetOption = string | false | (Partial<TargetConfiguration> & { readonly targetName?: string });

/** Options of the plugin's entry in nx.json. They only name and shape targets. */
export interface PluginOptions {
  /** How projects are named: after their manifest where that is unique (default), or always after their folder. */
  readonly projectNames?: ProjectNaming;
  readonly buildTargetName?: TargetOption;
  readonly testTargetName?: TargetOption;
  readonly testMockTargetName?: TargetOption;
  readonly lintTargetName?: TargetOption;
  readonly runTargetName?: TargetOption;
  readonly watchTargetName?: TargetOption;
}

/** Settings of one target kind after the options are read. */
export interface TargetShape {
  readonly name: string;
  readonly settings: Partial<TargetConfiguration>;
}

export interface PluginShape {
  readonly naming: ProjectNaming;
  readonly targets: Readonly<Record<TargetKind, TargetShape | undefined>>;
}

const DEFAULT_NAMES: Readonly<Record<TargetKind, string>> = {
  build: 'build',
  test: 'test',
  testMock: 'test-mock',
  lint: 'lint',
  run: 'run',
  watch: 'watch',
};

const OPTION_NAMES = ['projectNames', ...TARGET_KINDS.map((kind) => `${kind}TargetName`)];

/** @throws DiagnosticError for an option that does not exist or has a value that means nothing */
export function readPluginOptions(options: PluginOptions | undefined): PluginShape {
  const given = { ...options };
  const problems = Object.keys(given)
    .filter((name) => !OPTION_NAMES.includes(name))
    .map(unknownOption);
  const naming = given.projectNames ?? 'manifest';
  if (!['manifest', 'path'].includes(naming)) problems.push(wrongNaming(naming));
  if (problems.length > 0) throw new DiagnosticError(...problems);
  const shape = (kind: TargetKind): TargetShape | undefined => readTarget(kind, given[`${kind}TargetName`]);
  return {
    naming,
    targets: {
      build: shape('build'),
      test: shape('test'),
      testMock: shape('testMock'),
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

function wrongNaming(value: string): Diagnostic {
  return {
    code: 'plugin/wrong-option',
    severity: 'error',
    message: `projectNames is \`${value}\`, which is neither "manifest" nor "path"`,
    span: { file: 'nx.json', line: 1, column: 1 },
    help: 'set "projectNames" to "manifest" or "path" in the options of nx-grout',
  };
}
