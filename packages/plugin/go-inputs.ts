import type { InputSurroundings } from './input-surroundings.js';
import type { LockPurpose, PackageSources, Participants, Project } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import { below, GO_MACHINE, participantInputs, type Inputs } from './inputs.js';
import { rustMachineInputs } from './machine-inputs.js';

/** What the go command compiles besides .go files (https://pkg.go.dev/cmd/go#hdr-File_types), and the profile it takes. */
const EXTENSIONS = 'c,cc,cpp,cxx,h,hh,hpp,hxx,inc,m,s,S,sx,f,F,for,f90,swig,swigcxx,syso,pgo';

/** What builds that import the package read of it. */
export function goPackageSources(root: WorkspacePath, sources: PackageSources, around: InputSurroundings): Inputs {
  const { folder, embeds, includes } = sources;
  const place = placeOf(root, folder, around);
  return [
    `${place}/!(*_test).go`,
    `${place}/*.{${EXTENSIONS}}`,
    ...embeds.flatMap((pattern) => embed(root, pattern)),
    ...includes.map((include) => below(include, '**/*.{h,hh,hpp,hxx,inc}')),
    ...around.outside.ofPackage(root, folder, 'build'),
  ];
}

/** Inputs of a Go build: the packages that take part, and the machine. */
export function goBuildInputs(
  project: Project,
  made: Participants,
  purpose: LockPurpose,
  around: InputSurroundings,
): Inputs {
  return [...participantInputs(made, around.model.projects), ...commonInputs(project, made, purpose, around)];
}

/** Inputs of a Go test or vet: the module's whole folder, since tests read testdata and more. */
export function goTestInputs(project: Project, around: InputSurroundings): Inputs {
  const { root } = project;
  const made = around.model.participants.get(root)?.goTest ?? { crates: [], packages: new Map() };
  const own = around.model.packages.get(root) ?? [];
  return [
    ...ownTestFiles(root),
    ...participantInputs(made, around.model.projects),
    ...own.flatMap(({ folder }) => around.outside.ofPackage(root, folder, 'test')),
    ...own.flatMap(({ folder }) => misplacedTests(root, folder, around)),
    ...commonInputs(project, made, 'goTest', around),
  ];
}

/** At the workspace's root the whole folder would be the whole repository. */
function ownTestFiles(root: WorkspacePath): Inputs {
  const notGo = ['Cargo.lock', 'grout.lock.json', 'go.work', 'go.work.sum', 'go.mod', 'go.sum'];
  return [
    '{projectRoot}/**/*',
    ...notGo.map((file) => `!{projectRoot}/${file}`),
    ...(root === '.' ? ['!{projectRoot}/.*/**/*', '!{projectRoot}/nx.json'] : []),
  ];
}

/** Test files and testdata of a package that Nx gives to a project inside the module's folder. */
function misplacedTests(root: WorkspacePath, folder: string, around: InputSurroundings): Inputs {
  const place = placeOf(root, folder, around);
  return place.startsWith('{projectRoot}') ? [] : [`${place}/*_test.go`, `${place}/testdata/**/*`];
}

/**
 * `{projectRoot}` leaves out what Nx gives to a project inside the module's folder, such as a crate in a package's
 * folder, and Go takes that all the same: there the place is named from the workspace's root.
 */
function placeOf(root: WorkspacePath, folder: string, { model }: InputSurroundings): string {
  const isOwn = model.ownerOf(joinPath(root, folder)) === root;
  if (!isOwn) return below(root, folder);
  return folder === '.' ? '{projectRoot}' : `{projectRoot}/${folder}`;
}

function commonInputs(project: Project, made: Participants, purpose: LockPurpose, around: InputSurroundings): Inputs {
  return [
    ...around.locked.ofGo(project.root, purpose, made.packages.keys()),
    GO_MACHINE,
    ...crateInputs(made, around),
    { externalDependencies: [] },
  ];
}

/** A crate whose sources count, since it generates or makes what a package takes in, is built as its lockfile says. */
function crateInputs(made: Participants, around: InputSurroundings): Inputs {
  return made.crates.flatMap((root) => {
    const project = around.model.projects.get(root);
    if (project?.rust === undefined) return [];
    return [...around.locked.ofRust(root, 'rustBuild'), ...rustMachineInputs(project, project.rust, around)];
  });
}

/** A pattern of `//go:embed` names files, or folders with all that is in them. */
function embed(root: WorkspacePath, pattern: string): string[] {
  const path = pattern.replace('all:', '');
  return [below(root, path), below(root, `${path}/**/*`)];
}
