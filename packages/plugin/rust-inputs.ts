import {
  foldersUpwards,
  GO_EXTENSION,
  GO_NAMES,
  LOCK_NAMES,
  NOT_BUILT_FOLDERS,
  PROSE,
  ROOT_NAMES,
  type Participants,
  type Project,
} from '#graph';
import type { WorkspacePath } from '#paths';
import type { InputSurroundings } from './input-surroundings.js';
import { asOwn, CRATE_TESTS, filesIn, participantInputs, RUST_MACHINE, unionOf, type Inputs } from './inputs.js';
import { goMachineInputs, rustMachineInputs } from './machine-inputs.js';

const OF_GO = `**/{*.${GO_EXTENSION},${GO_NAMES.join(',')}}`;
/** What other inputs stand for. */
const LOCKS = `{${LOCK_NAMES.join(',')}}`;
const NOT_BUILT = `{${NOT_BUILT_FOLDERS.join(',')}}/**/*`;
const NOT_OF_ROOT_CRATE = ['.*/**/*', `{${ROOT_NAMES.join(',')}}`];

/**
 * What builds that depend on the crate read of it: its folder but for tests, benchmarks, examples and Markdown, as a
 * macro or build script may read any other file; and what its sources take in from elsewhere.
 */
export function crateSources({ root }: Project, { outside }: InputSurroundings): Inputs {
  return [
    `{projectRoot}/**/!(*.${PROSE})`,
    ...without([OF_GO, ...foreignTo(root), NOT_BUILT]),
    ...outside.ofCrate(root, 'build'),
  ];
}

/** Inputs of a crate's build. */
export function rustBuildInputs({ root }: Project, around: InputSurroundings): Inputs {
  const made = around.model.participants.get(root)?.rustBuild ?? NOTHING;
  return [...participantInputs(made, around.model), ...commonInputs(root, 'rustBuild', made, around)];
}

/**
 * What tests and lints read of the crate: all of its own folder, since tests read what they like. In a folder that is no Go
 * module as well, even .go files are data of theirs.
 */
export function crateTestFiles({ root, go }: Project, { outside }: InputSurroundings): Inputs {
  return [
    '{projectRoot}/**/*',
    ...without([...(go === undefined ? [] : [OF_GO]), ...foreignTo(root)]),
    ...outside.ofCrate(root, 'build'),
    ...outside.ofCrate(root, 'test'),
  ];
}

/** Inputs of a crate's tests and lints. */
export function rustTestInputs({ root }: Project, around: InputSurroundings): Inputs {
  const { crates, packages } = around.model.participants.get(root)?.rustTest ?? NOTHING;
  const others = { crates: crates.filter((crate) => crate !== root), packages };
  return [CRATE_TESTS, ...participantInputs(others, around.model), ...commonInputs(root, 'rustTest', others, around)];
}

/** Inputs of one link of several crates: what each of their builds reads. */
export function linkedCratesInputs(roots: readonly WorkspacePath[], around: InputSurroundings): Inputs {
  const all = roots.map((root) => around.model.participants.get(root)?.rustBuild ?? NOTHING);
  const made = { crates: [...new Set(all.flatMap(({ crates }) => crates))].sort(), packages: mergedPackages(all) };
  const machines = roots.flatMap((root) => {
    const project = around.model.projects.get(root);
    return project?.rust === undefined ? [] : rustMachineInputs(project, project.rust, around);
  });
  return unionOf([
    participantInputs(made, around.model),
    ...roots.map((root) => around.locked.ofRust(root, 'rustBuild', made.crates)),
    machines,
    goPackagesInputs(made, around),
    [{ externalDependencies: [] }],
  ]);
}

function mergedPackages(all: readonly Participants[]): Participants['packages'] {
  const merged = new Map<WorkspacePath, readonly string[]>();
  for (const [root, folders] of all.flatMap(({ packages }) => [...packages])) {
    merged.set(root, [...new Set([...(merged.get(root) ?? []), ...folders])].sort());
  }
  return merged;
}

const NOTHING: Participants = { crates: [], packages: new Map() };

/** What clippy reads besides: it looks for its configuration from the crate's folder upwards. */
export function clippyInputs({ root }: Project): Inputs {
  const files = filesIn(foldersUpwards(root), ['clippy.toml', '.clippy.toml']);
  return [...asOwn(root, files), { env: 'CLIPPY_CONF_DIR' }];
}

function commonInputs(
  root: WorkspacePath,
  purpose: 'rustBuild' | 'rustTest',
  made: Participants,
  around: InputSurroundings,
): Inputs {
  return [
    ...around.locked.ofRust(root, purpose, made.crates),
    RUST_MACHINE,
    ...goPackagesInputs(made, around),
    { externalDependencies: [] },
  ];
}

/** A build script that runs go brings in go's machine, and what the modules it builds ask for. */
function goPackagesInputs(made: Participants, around: InputSurroundings): Inputs {
  const modules = [...made.packages.keys()];
  return modules.flatMap((root) => {
    const go = around.model.projects.get(root)?.go;
    if (go === undefined) return [];
    return [...around.locked.ofGo(root, 'goBuild', modules), ...goMachineInputs(root, go, around)];
  });
}

function without(globs: readonly string[]): string[] {
  return globs.map((glob) => `!{projectRoot}/${glob}`);
}

/** Globs of what no task reads as a file of the crate, relative to its folder. */
function foreignTo(root: WorkspacePath): string[] {
  return [LOCKS, ...(root === '.' ? NOT_OF_ROOT_CRATE : [])];
}
