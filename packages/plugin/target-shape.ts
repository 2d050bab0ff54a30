import type { TargetConfiguration } from '@nx/devkit';
import type { Project, WorkspaceFacts } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import { artifactFolder } from '#plan';
import { configurationsOf } from './configurations.js';
import type { DefaultConfigurations } from './default-configurations.js';
import type { InputSurroundings } from './input-surroundings.js';
import type { PluginShape, TargetKind, TargetShape } from './options.js';

/** Everything that targets are shaped by besides the project itself. */
export interface TargetSurroundings extends InputSurroundings {
  readonly shape: PluginShape;
  /** What the build of each project is called, those of other entries of the plugin included. */
  readonly buildNames: ReadonlyMap<WorkspacePath, string>;
  /** Of project.json files, by root. */
  readonly targetSettings: WorkspaceFacts['targetSettings'];
  /** Of nx.json. */
  readonly defaultConfigurations: DefaultConfigurations;
}

export type Targets = Record<string, TargetConfiguration>;
type TargetHelp = NonNullable<NonNullable<TargetConfiguration['metadata']>['help']>;

/** A name that is the folder of a nested project is no output: its artifacts belong to that project. */
export function artifactOutputs(project: Project, names: readonly string[], around: TargetSurroundings): string[] {
  const nested = around.model.nestedFolders(project.root);
  const folder = artifactFolder(project.root);
  return names.filter((name) => !nested.has(name)).map((name) => `{workspaceRoot}/${joinPath(folder, name)}`);
}

/** The target as the user wants it called and set; none where it is switched off. */
export function shaped(shape: TargetShape | undefined, suffix: string, target: TargetConfiguration): Targets {
  return shape === undefined ? {} : { [`${shape.name}${suffix}`]: { ...target, ...shape.settings } };
}

/** Where its options are described. */
function help(kind: TargetKind, project: Project, suffix: string, around: TargetSurroundings): TargetHelp {
  const name = `${around.shape.targets[kind]?.name ?? kind}${suffix}`;
  return {
    command: `npx nx run ${project.name}:${name} --help`,
    example: {},
  };
}

export type MakeTarget = (
  kind: TargetKind,
  executor: string,
  description: string,
  more: TargetConfiguration,
) => Targets;

/** Makes the targets of one side of a project; what they differ in is given to each. */
export function targetsOfSide(
  technology: 'rust' | 'go',
  project: Project,
  around: TargetSurroundings,
  suffix: string,
): MakeTarget {
  return (kind, executor, description, more) =>
    shaped(around.shape.targets[kind], suffix, {
      executor: `nx-grout:${executor}`,
      cache: true,
      outputs: [],
      configurations: configurationsOf(around),
      metadata: { technologies: [technology], description, help: help(kind, project, suffix, around) },
      ...more,
    });
}

/** Builds of one side of other projects, or of the project's own other side, with the command line's options forwarded. */
export function buildsOf(
  side: 'rust' | 'go',
  project: Project,
  roots: readonly WorkspacePath[],
  around: TargetSurroundings,
): NonNullable<TargetConfiguration['dependsOn']> {
  const waits = new Map<string, string[]>();
  for (const root of roots) {
    const other = around.model.projects.get(root);
    const build = around.buildNames.get(root);
    if (other === undefined || build === undefined || root === project.root) continue;
    const isMixed = other.rust !== undefined && other.go !== undefined;
    const target = isMixed ? `${build}-${side}` : build;
    waits.set(target, [...(waits.get(target) ?? []), other.name]);
  }
  const own = roots.includes(project.root) ? around.buildNames.get(project.root) : undefined;
  return [
    ...(own === undefined ? [] : [{ target: `${own}-${side}`, params: 'forward' as const }]),
    ...[...waits].map(([target, projects]) => ({ projects, target, params: 'forward' as const })),
  ];
}
