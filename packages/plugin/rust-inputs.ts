import type { InputSurroundings } from './input-surroundings.js';
import { foldersUpwards, type Participants, type Project } from '#graph';
import { goMachineInputs } from './machine-inputs.js';
import { CRATE_SOURCES, RUST_MACHINE, filesIn, participantInputs, type Inputs } from './inputs.js';

/** Files of a crate's folder that no task on the crate reads: the other language's, and those that other inputs stand for. */
const NOT_RUST = ['**/*.go', '**/go.{mod,sum,work}', '**/go.work.sum', 'Cargo.lock', 'grout.lock.json'];

/** Folders that cargo compiles for tests, benchmarks and examples only. */
const NOT_BUILT = '{tests,benches,examples}/**/*';

/** At the root of the workspace lies more than a crate. */
const NOT_OF_ROOT_CRATE = ['.*/**/*', 'nx.json', 'package.json', '{package-lock,pnpm-lock}*', 'grout.toml'];

/**
 * What builds that depend on the crate read of it: its folder but for tests, benchmarks, examples and Markdown, as a
 * macro or build script may read any other file; and what its sources take in from elsewhere.
 */
export function crateSources({ root }: Project, { outside }: InputSurroundings): Inputs {
  return [
    '{projectRoot}/**/!(*.md)',
    ...without([...NOT_RUST, NOT_BUILT, ...(root === '.' ? NOT_OF_ROOT_CRATE : [])]),
    ...outside.ofCrate(root, 'build'),
  ];
}

/** Inputs of a crate's build. */
export function rustBuildInputs(project: Project, around: InputSurroundings): Inputs {
  const made = around.model.participants.get(project.root)?.rustBuild;
  return [...sourcesOf(made, around), ...commonInputs(project, 'rustBuild', made, around)];
}

/** Inputs of a crate's tests and lints: all of its own folder, since tests read what they like. */
export function rustTestInputs(project: Project, around: InputSurroundings): Inputs {
  const { root } = project;
  const made = around.model.participants.get(root)?.rustTest;
  return [
    '{projectRoot}/**/*',
    ...without([...NOT_RUST, ...(root === '.' ? NOT_OF_ROOT_CRATE : [])]),
    ...around.outside.ofCrate(root, 'build'),
    ...around.outside.ofCrate(root, 'test'),
    ...sourcesOf(
      made === undefined ? undefined : { ...made, crates: made.crates.filter((crate) => crate !== root) },
      around,
    ),
    ...commonInputs(project, 'rustTest', made, around),
  ];
}

/** What clippy reads besides: it looks for its configuration from the crate's folder upwards. */
export function clippyInputs(project: Project): Inputs {
  return [...filesIn(foldersUpwards(project.root), ['clippy.toml', '.clippy.toml']), { env: 'CLIPPY_CONF_DIR' }];
}

function sourcesOf(made: Participants | undefined, around: InputSurroundings): Inputs {
  return made === undefined ? [CRATE_SOURCES] : participantInputs(made, around.model.projects);
}

function commonInputs(
  project: Project,
  purpose: 'rustBuild' | 'rustTest',
  made: Participants | undefined,
  around: InputSurroundings,
): Inputs {
  return [
    ...around.locked.ofRust(project.root, purpose),
    RUST_MACHINE,
    ...goPackagesInputs(made, around),
    { externalDependencies: [] },
  ];
}

/** A build script that runs go brings in go's machine, and what the modules it builds ask for. */
function goPackagesInputs(made: Participants | undefined, around: InputSurroundings): Inputs {
  const modules = [...(made?.packages.keys() ?? [])];
  return modules.flatMap((root) => {
    const go = around.model.projects.get(root)?.go;
    if (go === undefined) return [];
    return [...around.locked.ofGo(root, 'goBuild', modules), ...goMachineInputs(root, go, around)];
  });
}

function without(globs: readonly string[]): string[] {
  return globs.map((glob) => `!{projectRoot}/${glob}`);
}
