import type { TargetConfiguration } from '@nx/devkit';
import type { Project, RustSide } from '#graph';
import { canDoWithoutGo, systemLibrariesFile } from '#plan';
import { configurationsOf, emptyConfigurations } from './configurations.js';
import { goTargets } from './go-targets.js';
import { GO_LIBRARIES, unionOf, type Inputs } from './inputs.js';
import { lintInputs } from './lint-inputs.js';
import { clippyInputs, rustBuildInputs, rustTestInputs } from './rust-inputs.js';
import {
  artifactOutputs,
  buildsOf,
  shaped,
  targetsOfSide,
  type Targets,
  type TargetSurroundings,
} from './target-shape.js';

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
  const target = targetsOfSide('rust', project, around, suffix);
  const said = systemLibrariesFile(rust);
  const outputs = artifactOutputs(project, [...rust.artifacts, ...(said === undefined ? [] : [said])], around);
  // Build scripts run for tests and lints as well.
  const built = goLibraries(project, rust.goLinks, around);
  const tested = goLibraries(project, rust.goTestLinks, around);
  const mock = target('testMock', 'cargo-test', `Tests the crate ${rust.package} against mocks: needs no Go`, {
    inputs: tests,
    options: { defaultFeatures: false },
  });
  return {
    ...target('build', 'cargo-build', `Builds the crate ${rust.package} with cargo`, {
      ...built.dependsOn,
      inputs: [...build, ...built.artifacts],
      outputs,
    }),
    ...target('test', 'cargo-test', `Tests the crate ${rust.package} with cargo`, {
      ...tested.dependsOn,
      inputs: [...tests, ...tested.artifacts],
    }),
    ...(canDoWithoutGo(project) ? mock : {}),
    ...target('lint', 'cargo-lint', `Lints the crate ${rust.package} with clippy`, {
      ...tested.dependsOn,
      inputs: [...tests, ...clippyInputs(project), ...lintInputs(project, 'rust', around), ...tested.artifacts],
    }),
  };
}

/** What tasks of a crate wait for and read where build scripts take in what Go builds make. */
function goLibraries(
  project: Project,
  goLinks: RustSide['goLinks'],
  around: TargetSurroundings,
): { readonly dependsOn: Pick<TargetConfiguration, 'dependsOn'>; readonly artifacts: Inputs } {
  const modules = [...new Set(goLinks?.map(({ module }) => module))];
  if (modules.length === 0) return { dependsOn: {}, artifacts: [] };
  return { dependsOn: { dependsOn: buildsOf('go', project, modules, around) }, artifacts: GO_LIBRARIES };
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
