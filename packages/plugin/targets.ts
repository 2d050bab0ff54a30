import type { TargetConfiguration } from '@nx/devkit';
import {
  commandPurpose,
  type GoSide,
  type LockPurpose,
  type MainPackage,
  type Participants,
  type Project,
  type RustSide,
  type WorkspaceFacts,
} from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import { artifactFolder, goArtifactNames } from '#plan';
import { allCommands, commandTargets } from './command-targets.js';
import { goBuildInputs, goTestInputs } from './go-inputs.js';
import { LINK_STEP_FILES, LINKED_ARTIFACTS, unionOf, type Inputs } from './inputs.js';
import { configurationsOf, emptyConfigurations } from './configurations.js';
import type { DefaultConfigurations } from './default-configurations.js';
import type { InputSurroundings } from './input-surroundings.js';
import { planLinkStep, type LinkingTarget } from './link-step.js';
import type { PluginShape, TargetKind, TargetShape } from './options.js';
import { clippyInputs, rustBuildInputs, rustTestInputs } from './rust-inputs.js';

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

type Targets = Record<string, TargetConfiguration>;
type TargetHelp = NonNullable<NonNullable<TargetConfiguration['metadata']>['help']>;

/**
 * Targets of a project. With one language a target has the plain name; where a crate and a module share a folder there
 * is one per language (`build-rust`, `build-go`) and the plain name stands for both.
 */
export function inferTargets(project: Project, around: TargetSurroundings): Targets {
  const { rust, go } = project;
  const isMixed = rust !== undefined && go !== undefined;
  const own: Targets = {
    ...(rust === undefined ? {} : rustTargets(project, rust, around, isMixed ? '-rust' : '')),
    ...(go === undefined ? {} : goTargets(project, go, around, isMixed ? '-go' : '')),
  };
  return {
    ...own,
    ...(isMixed ? jointTargets(own, around) : {}),
    ...runTargets(project, around),
    ...watchTarget(around),
  };
}

function rustTargets(project: Project, rust: RustSide, around: TargetSurroundings, suffix: string): Targets {
  const build = rustBuildInputs(project, around);
  const tests = rustTestInputs(project, around);
  const target = (kind: TargetKind, executor: string, description: string, more: TargetConfiguration): Targets =>
    shaped(around.shape.targets[kind], suffix, {
      executor: `nx-grout:${executor}`,
      cache: true,
      outputs: [],
      configurations: configurationsOf(around),
      metadata: { technologies: ['rust'], description, help: help(kind, project, suffix, around) },
      ...more,
    });
  const outputs = artifactOutputs(project, rust.artifacts, around);
  return {
    ...target('build', 'cargo-build', `Builds the crate ${rust.package} with cargo`, { inputs: build, outputs }),
    ...target('test', 'cargo-test', `Tests the crate ${rust.package} with cargo`, { inputs: tests }),
    ...target('lint', 'cargo-lint', `Lints the crate ${rust.package} with clippy`, {
      inputs: [...tests, ...clippyInputs(project)],
    }),
  };
}

function goTargets(project: Project, go: GoSide, around: TargetSurroundings, suffix: string): Targets {
  const tests = goTestInputs(project, around);
  const linked = linkedBy(
    project,
    { kind: 'test', suffix: `${suffix}-test`, executor: 'nx-grout:go-test', crates: go.testLinkedCrates },
    around,
    suffix,
  );
  const target = goTarget(project, around, suffix);
  const mock = target('testMock', 'go-test', `Tests ${go.module} against mocks: needs no Rust toolchain`, {
    inputs: tests,
    options: { mock: true },
  });
  return {
    ...goBuildTargets(project, go, around, suffix),
    ...target('test', 'go-test', `Tests ${go.module} with go`, {
      ...linked.target,
      inputs: [...tests, ...linked.inputs],
    }),
    ...linked.targets,
    ...(go.mockable ? mock : {}),
    ...target('lint', 'go-lint', `Vets ${go.module} with go`, { inputs: tests }),
  };
}

/** One build for all of the module, or one for each of its commands and the plain name for all of them. */
function goBuildTargets(project: Project, go: GoSide, around: TargetSurroundings, suffix: string): Targets {
  const made = around.model.participants.get(project.root);
  const commands = commandTargets(project, around.shape, suffix);
  const build = (
    made: Participants,
    purpose: LockPurpose,
    mains: readonly MainPackage[],
    crates: readonly WorkspacePath[],
    own: string,
  ): { readonly target: TargetConfiguration; readonly targets: Targets } => {
    // Without a command nothing is linked: packages are only compiled.
    const needed = { kind: 'build', suffix: own, executor: 'nx-grout:go-build', crates } as const;
    const linked = mains.length === 0 ? linkedAsBuilt(project, crates, around) : linkedBy(project, needed, around, own);
    return {
      target: {
        ...linked.target,
        inputs: [...goBuildInputs(project, made, purpose, around), ...linked.inputs],
        outputs: artifactOutputs(project, goArtifactNames(project, mains), around),
      },
      targets: linked.targets,
    };
  };
  if (commands.length === 0) {
    const { target, targets } = build(made?.goBuild ?? NOTHING, 'goBuild', go.mains, go.linkedCrates, suffix);
    return {
      ...goTarget(project, around, suffix)('build', 'go-build', `Builds ${go.module} with go`, target),
      ...targets,
    };
  }
  const each = commands.map(({ name, main }) => {
    const { folder, linkedCrates } = main;
    const own = `${suffix}-${main.name}`;
    const participants = made?.commands.get(folder) ?? NOTHING;
    const { target, targets } = build(participants, commandPurpose(folder), [main], linkedCrates, own);
    const options = { ...target.options, main: folder } as object;
    return [
      goTarget(project, around, own)('build', 'go-build', `Builds the command ${name}`, { ...target, options }),
      targets,
    ] as const;
  });
  const all = shaped(
    around.shape.targets.build,
    suffix,
    allCommands(commands, go.module, unionOf(inputsOf(each.map(([target]) => target))), around),
  );
  return Object.assign({}, all, ...each.flat()) as Targets;
}

const NOTHING: Participants = { crates: [], packages: new Map() };

/** How a target gets its Rust libraries: what it waits for, reads and is told, and targets that this takes. */
interface Linked {
  readonly target: Pick<TargetConfiguration, 'dependsOn' | 'options'>;
  readonly inputs: Inputs;
  readonly targets: Targets;
}

function linkedBy(
  project: Project,
  target: Omit<LinkingTarget, 'name'>,
  around: TargetSurroundings,
  suffix: string,
): Linked {
  const name = `${around.shape.targets[target.kind]?.name ?? ''}${suffix}`;
  const step = planLinkStep(project, { ...target, name }, around);
  if (step === undefined) return linkedAsBuilt(project, target.crates, around);
  return {
    target: { dependsOn: [{ target: step.name, params: 'forward' }], options: { linkFolder: step.folder } },
    inputs: LINK_STEP_FILES,
    targets: { [step.name]: step.target },
  };
}

/** Libraries as the builds of the crates make them. */
function linkedAsBuilt(project: Project, crates: readonly WorkspacePath[], around: TargetSurroundings): Linked {
  const dependsOn = linkDependencies(project, crates, around);
  return { target: { dependsOn }, inputs: dependsOn.length === 0 ? [] : LINKED_ARTIFACTS, targets: {} };
}

type MakeTarget = (kind: TargetKind, executor: string, description: string, more: TargetConfiguration) => Targets;

function goTarget(project: Project, around: TargetSurroundings, suffix: string): MakeTarget {
  return (kind, executor, description, more) =>
    shaped(around.shape.targets[kind], suffix, {
      executor: `nx-grout:${executor}`,
      cache: true,
      outputs: [],
      configurations: configurationsOf(around),
      metadata: { technologies: ['go'], description, help: help(kind, project, suffix, around) },
      ...more,
    });
}

/** The builds of the crates that a module links, by project, with the command line's options forwarded. */
function linkDependencies(
  project: Project,
  crates: readonly WorkspacePath[],
  around: TargetSurroundings,
): NonNullable<TargetConfiguration['dependsOn']> {
  const waits = new Map<string, string[]>();
  for (const root of crates) {
    const crate = around.model.projects.get(root);
    const build = around.buildNames.get(root);
    if (crate === undefined || build === undefined || root === project.root) continue;
    const target = crate.go === undefined ? build : `${build}-rust`;
    waits.set(target, [...(waits.get(target) ?? []), crate.name]);
  }
  const own = crates.includes(project.root) ? around.buildNames.get(project.root) : undefined;
  return [
    ...(own === undefined ? [] : [{ target: `${own}-rust`, params: 'forward' as const }]),
    ...[...waits].map(([target, projects]) => ({ projects, target, params: 'forward' as const })),
  ];
}

/** Plain names of a folder with both languages: no command of their own, they wait for both. */
function jointTargets(own: Targets, around: TargetSurroundings): Targets {
  const kinds = ['build', 'test', 'lint'] as const;
  return Object.assign(
    {},
    ...kinds.map((kind) => {
      const shape = around.shape.targets[kind];
      const names = ['-rust', '-go'].map((side) => `${shape?.name ?? ''}${side}`);
      return shaped(shape, '', {
        executor: 'nx:noop',
        cache: true,
        inputs: unionOf(names.map((name) => own[name]?.inputs ?? [])),
        // Nx takes the project's whole dist folder where none are named, and would restore old artifacts over new ones.
        outputs: [],
        dependsOn: names.map((target) => ({ target, params: 'forward' as const })),
        configurations: emptyConfigurations(around),
        metadata: { technologies: ['rust', 'go'], description: `Does ${kind} for the crate and the Go module here` },
      });
    }),
  ) as Targets;
}

function runTargets(project: Project, around: TargetSurroundings): Targets {
  const binaries = [...(project.rust?.binaries ?? []), ...(project.go?.mains.map((main) => main.name) ?? [])];
  const build = around.shape.targets.build;
  if (binaries.length === 0 || build === undefined) return {};
  return shaped(around.shape.targets.run, '', {
    executor: 'nx-grout:run',
    cache: false,
    dependsOn: [{ target: build.name, params: 'forward' }],
    configurations: configurationsOf(around),
    metadata: {
      technologies: technologies(project),
      description: `Builds and runs ${binaries.length === 1 ? (binaries[0] ?? '') : 'a binary of the project (option bin)'}`,
    },
  });
}

function watchTarget(around: TargetSurroundings): Targets {
  const build = around.shape.targets.build;
  if (build === undefined) return {};
  return shaped(around.shape.targets.watch, '', {
    executor: 'nx-grout:watch',
    cache: false,
    continuous: true,
    options: { target: build.name },
    metadata: { description: `Runs ${build.name} again when the project or what it depends on changes` },
  });
}

/** The languages of a project, as Nx shows them. */
export function technologies(project: Project): string[] {
  return [...(project.rust === undefined ? [] : ['rust']), ...(project.go === undefined ? [] : ['go'])];
}

/** A name that is the folder of a nested project is no output: its artifacts belong to that project. */
function artifactOutputs(project: Project, names: readonly string[], around: TargetSurroundings): string[] {
  const nested = around.model.nestedFolders(project.root);
  const folder = artifactFolder(project.root);
  return names.filter((name) => !nested.has(name)).map((name) => `{workspaceRoot}/${joinPath(folder, name)}`);
}

function inputsOf(targets: readonly Targets[]): Inputs[] {
  return targets.flatMap((each) => Object.values(each).map(({ inputs = [] }) => inputs));
}

function shaped(shape: TargetShape | undefined, suffix: string, target: TargetConfiguration): Targets {
  return shape === undefined ? {} : { [`${shape.name}${suffix}`]: { ...target, ...shape.settings } };
}

function help(kind: TargetKind, project: Project, suffix: string, around: TargetSurroundings): TargetHelp {
  const name = `${around.shape.targets[kind]?.name ?? kind}${suffix}`;
  return {
    command: `npx nx run ${project.name}:${name} --help`,
    example: {},
  };
}
