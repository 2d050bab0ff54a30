import type { TargetConfiguration } from '@nx/devkit';
import { readTargetSettings } from '#facts';
import type { Project } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import { artifactFolder } from '#plan';
import { emptyConfigurations } from './configurations.js';
import { linkedCratesInputs } from './rust-inputs.js';
import type { TargetKind } from './options.js';
import { GO_LIBRARIES } from './inputs.js';
import { buildsOf, type TargetSurroundings } from './target-shape.js';

/** The target that may need its Rust libraries made for it alone. */
export interface LinkingTarget {
  readonly kind: Extract<TargetKind, 'build' | 'test' | 'bench'>;
  /** As the user calls it, with what tells it apart from others of the project. */
  readonly name: string;
  /** What tells its link step apart from others of the project. */
  readonly suffix: string;
  readonly executor: string;
  /** Roots of the crates that it links. */
  readonly crates: readonly WorkspacePath[];
  /** Whether it is made of other options than the builds of the crates, so that these never do. */
  readonly differs?: boolean;
}

export interface LinkStep {
  readonly name: string;
  /** Where it places the libraries and says what they hold. */
  readonly folder: WorkspacePath;
  readonly target: TargetConfiguration;
}

/**
 * The Rust side of one application, as a task of its own: several crates become one library with one resolution of
 * features, and an application whose options differ from those that crates are built with gets a build of its own. Nx
 * has one task per target and configuration, so neither can be the crates' own build. Undefined where the builds of the
 * crates do.
 */
export function planLinkStep(
  project: Project,
  target: LinkingTarget,
  around: TargetSurroundings,
): LinkStep | undefined {
  const shape = around.shape.targets.link;
  const own = around.targetSettings.get(project.root)?.[target.name];
  if (shape === undefined || target.crates.length === 0) return undefined;
  const differs = target.differs === true || own?.isSet === true || isSetByEntry(target, around);
  if (target.crates.length === 1 && !differs) return undefined;
  const name = `${shape.name}${target.suffix}`;
  const folder = joinPath(artifactFolder(project.root), `.${name}`);
  const crates = target.crates.map((root) => around.model.projects.get(root));
  const modules = [...new Set(crates.flatMap((crate) => crate?.rust?.goLinks ?? []).map(({ module }) => module))];
  const named = [...(own?.configurations ?? []), ...defaultsFor(target, around)];
  return {
    name,
    folder,
    target: {
      executor: 'nx-grout:cargo-link',
      cache: true,
      inputs: [...linkedCratesInputs(target.crates, around), ...(modules.length === 0 ? [] : GO_LIBRARIES)],
      ...(modules.length === 0 ? {} : { dependsOn: buildsOf('go', project, modules, around) }),
      outputs: [`{workspaceRoot}/${folder}`],
      options: { linkFor: target.name, linkCrates: target.crates, linkFolder: folder },
      // Its options come from the target that it is for, but Nx has to let a configuration through to it.
      configurations: { ...Object.fromEntries(named.map((each) => [each, {}])), ...emptyConfigurations(around) },
      metadata: {
        technologies: ['rust'],
        description: `Makes the Rust libraries that ${target.name} links, with the features of ${target.name}`,
      },
      ...shape.settings,
    },
  };
}

function isSetByEntry({ kind }: LinkingTarget, { shape }: TargetSurroundings): boolean {
  return readTargetSettings(shape.targets[kind]?.settings).isSet;
}

function defaultsFor(
  { name, executor }: LinkingTarget,
  { defaultConfigurations }: TargetSurroundings,
): readonly string[] {
  return [...(defaultConfigurations[name] ?? []), ...(defaultConfigurations[executor] ?? [])];
}
