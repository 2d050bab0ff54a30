import type { TargetConfiguration } from '@nx/devkit';
import {
  commandPurpose,
  type GoSide,
  type LockPurpose,
  type MainPackage,
  type Participants,
  type Project,
} from '#graph';
import type { WorkspacePath } from '#paths';
import { goArtifactNames } from '#plan';
import { allCommands, commandTargets } from './command-targets.js';
import { goBuildInputs, goTestInputs } from './go-inputs.js';
import { LINK_STEP_FILES, LINKED_ARTIFACTS, unionOf, type Inputs } from './inputs.js';
import { lintInputs } from './lint-inputs.js';
import { planLinkStep, type LinkingTarget } from './link-step.js';
import {
  artifactOutputs,
  buildsOf,
  shaped,
  targetsOfSide,
  type Targets,
  type TargetSurroundings,
} from './target-shape.js';

/** Targets of a Go module. */
export function goTargets(project: Project, go: GoSide, around: TargetSurroundings, suffix: string): Targets {
  const tests = goTestInputs(project, around);
  const linked = linkedBy(
    project,
    { kind: 'test', suffix: `${suffix}-test`, executor: 'nx-grout:go-test', crates: go.testLinkedCrates },
    around,
    suffix,
  );
  const target = targetsOfSide('go', project, around, suffix);
  const mock = target('testMock', 'go-test', `Tests ${go.module} against mocks: needs no Rust toolchain`, {
    inputs: tests,
    options: { mock: true },
  });
  return {
    ...goBuildTargets(project, go, around, suffix),
    ...target('test', 'go-test', `Tests ${go.module} with go`, {
      dependsOn: linked.dependsOn,
      options: linked.options,
      inputs: [...tests, ...linked.inputs],
    }),
    ...linked.targets,
    ...(go.mockable ? mock : {}),
    ...(go.benchmarks ? benchTargets(project, go, tests, around, suffix) : {}),
    ...target('lint', 'go-lint', `Vets ${go.module} with go`, {
      inputs: [...tests, ...lintInputs(project, 'go', around)],
    }),
  };
}

/** Benchmarks say something of release builds only, and only alone on the machine. They are run anew each time. */
function benchTargets(
  project: Project,
  go: GoSide,
  tests: Inputs,
  around: TargetSurroundings,
  suffix: string,
): Targets {
  const linked = linkedBy(
    project,
    {
      kind: 'bench',
      suffix: `${suffix}-bench`,
      executor: 'nx-grout:go-bench',
      crates: go.testLinkedCrates,
      differs: true,
    },
    around,
    suffix,
  );
  const bench = targetsOfSide('go', project, around, suffix)('bench', 'go-bench', `Measures ${go.module} with go`, {
    cache: false,
    parallelism: false,
    dependsOn: linked.dependsOn,
    options: { ...linked.options, profile: 'release' },
    inputs: [...tests, ...linked.inputs],
  });
  return { ...bench, ...linked.targets };
}

/** One build for all of the module, or one for each of its commands and the plain name for all of them. */
function goBuildTargets(project: Project, go: GoSide, around: TargetSurroundings, suffix: string): Targets {
  const made = around.model.participants.get(project.root);
  const commands = commandTargets(project, around.shape, suffix);
  if (commands.length === 0) {
    return goBuildTarget(project, around, {
      suffix,
      description: `Builds ${go.module} with go`,
      made: made?.goBuild,
      purpose: 'goBuild',
      mains: go.mains,
      crates: go.linkedCrates,
      options: {},
    });
  }
  const each = commands.map(({ name, main }) =>
    goBuildTarget(project, around, {
      suffix: `${suffix}-${main.name}`,
      description: `Builds the command ${name}`,
      made: made?.commands.get(main.folder),
      purpose: commandPurpose(main.folder),
      mains: [main],
      crates: main.linkedCrates,
      options: { main: main.folder },
    }),
  );
  const builds = commands.map(({ name }, index) => each[index]?.[name]?.inputs ?? []);
  const all = allCommands(commands, go.module, unionOf(builds), around);
  return Object.assign({}, shaped(around.shape.targets.build, suffix, all), ...each) as Targets;
}

interface GoBuild {
  readonly suffix: string;
  readonly description: string;
  readonly made: Participants | undefined;
  readonly purpose: LockPurpose;
  readonly mains: readonly MainPackage[];
  /** Roots of the crates that it links. */
  readonly crates: readonly WorkspacePath[];
  readonly options: object;
}

/** A build and its link step. */
function goBuildTarget(project: Project, around: TargetSurroundings, build: GoBuild): Targets {
  const { suffix, mains, crates, purpose, made = NOTHING } = build;
  const needed = { kind: 'build', suffix, executor: 'nx-grout:go-build', crates } as const;
  // Without a command nothing is linked: packages are only compiled.
  const linked =
    mains.length === 0 ? linkedAsBuilt(project, crates, around) : linkedBy(project, needed, around, suffix);
  return {
    ...targetsOfSide('go', project, around, suffix)('build', 'go-build', build.description, {
      dependsOn: linked.dependsOn,
      options: { ...linked.options, ...build.options },
      inputs: [...goBuildInputs(project, made, purpose, around), ...linked.inputs],
      outputs: artifactOutputs(project, goArtifactNames(project, mains), around),
    }),
    ...linked.targets,
  };
}

const NOTHING: Participants = { crates: [], packages: new Map() };

/** How a target gets its Rust libraries: what it waits for, reads and is told, and targets that this takes. */
interface Linked {
  readonly dependsOn: NonNullable<TargetConfiguration['dependsOn']>;
  readonly options: object;
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
    dependsOn: [{ target: step.name, params: 'forward' }],
    options: { linkFolder: step.folder },
    inputs: LINK_STEP_FILES,
    targets: { [step.name]: step.target },
  };
}

/** Libraries as the builds of the crates make them. */
function linkedAsBuilt(project: Project, crates: readonly WorkspacePath[], around: TargetSurroundings): Linked {
  const dependsOn = buildsOf('rust', project, crates, around);
  return { dependsOn, options: {}, inputs: dependsOn.length === 0 ? [] : LINKED_ARTIFACTS, targets: {} };
}
