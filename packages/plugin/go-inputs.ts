import { C_EXTENSIONS } from '#go';
import {
  GO_NAMES,
  LOCK_NAMES,
  ROOT_NAMES,
  type LockPurpose,
  type PackageSources,
  type Participants,
  type Project,
} from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import type { InputSurroundings } from './input-surroundings.js';
import { below, escapeName, GO_MACHINE, MODULE_TESTS, participantInputs, type Inputs } from './inputs.js';
import { rustMachineInputs } from './machine-inputs.js';

/** What included folders count with: an included .c is compiled like a header. */
const INCLUDED = C_EXTENSIONS.join(',');

/**
 * What the go command takes besides .go files (https://pkg.go.dev/cmd/go#hdr-File_types), the profile it optimizes by, and
 * libraries that `#cgo LDFLAGS` find here.
 */
const EXTENSIONS = `${INCLUDED},swig,swigcxx,syso,pgo,a,so,dylib,lib,dll`;

/** What builds that import the package read of it. */
export function goPackageSources(root: WorkspacePath, sources: PackageSources, around: InputSurroundings): Inputs {
  const { folder, embeds, includes, files, isUnlisted } = sources;
  const place = placeOf(root, folder, around);
  // Generated code that git ignores is not in Nx's index: it is looked at on the disk.
  if (isUnlisted === true) return [{ fileset: `${place}/*.go`, includeIgnored: true }];
  return [
    `${place}/!(*_test).go`,
    `${place}/*.{${EXTENSIONS}}`,
    ...embeds.flatMap((pattern) => embed(root, pattern, embeds, around)),
    ...includes.map((include) => headersIn(include, around)),
    // A shared library is often a link to the one that has a version behind its name.
    ...files.map((file) => below(file, '') + (file.endsWith('.so') ? '*' : '')),
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
  return [...participantInputs(made, around.model), ...commonInputs(project, made, purpose, around)];
}

/** What tests and vet read of the module: its whole folder, as tests read testdata and more. */
export function goTestFiles(root: WorkspacePath, around: InputSurroundings): Inputs {
  const own = around.model.packages.get(root) ?? [];
  return [
    '{projectRoot}/**/*',
    `!{projectRoot}/{${[...LOCK_NAMES, ...GO_NAMES].join(',')}}`,
    ...(root === '.' ? ['!{projectRoot}/.*/**/*', `!{projectRoot}/{${ROOT_NAMES.join(',')}}`] : []),
    ...own.flatMap(({ folder }) => around.outside.ofPackage(root, folder, 'test')),
    ...own.flatMap(({ folder }) => misplacedTests(root, folder, around)),
  ];
}

/** Inputs of a Go test or vet. */
export function goTestInputs(project: Project, around: InputSurroundings): Inputs {
  const made = around.model.participants.get(project.root)?.goTest ?? { crates: [], packages: new Map() };
  return [MODULE_TESTS, ...participantInputs(made, around.model), ...commonInputs(project, made, 'goTest', around)];
}

/** What tests may read beside them, and testdata, of a package that Nx gives to a project inside the module's folder. */
function misplacedTests(root: WorkspacePath, folder: string, around: InputSurroundings): Inputs {
  const place = placeOf(root, folder, around);
  return place.startsWith('{projectRoot}') ? [] : [`${place}/*`, `${place}/testdata/**/*`];
}

/**
 * `{projectRoot}` leaves out what Nx gives to a project inside the module's folder, such as a crate in a package's
 * folder, and Go takes that all the same: there the place is named from the workspace's root.
 */
function placeOf(root: WorkspacePath, folder: string, { model }: InputSurroundings): string {
  const isOwn = model.ownerOf(joinPath(root, folder)) === root;
  if (!isOwn) return below(root, folder);
  return folder === '.' ? '{projectRoot}' : `{projectRoot}/${escapeName(folder)}`;
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
    return [
      ...around.locked.ofRust(root, 'rustBuild', made.crates),
      ...rustMachineInputs(project, project.rust, around),
    ];
  });
}

/** Headers that a build script writes are often kept out of git; then Nx looks at the disk, after the script has run. */
function headersIn(folder: WorkspacePath, { model }: InputSurroundings): Inputs[number] {
  const fileset = below(folder, `**/*.{${INCLUDED}}`);
  return model.hasFilesIn(folder) ? fileset : { fileset, includeIgnored: true };
}

/**
 * A pattern of `//go:embed` names files, or folders with all that is in them but for names that begin with `.` or `_`,
 * unless it says `all:` (https://pkg.go.dev/embed). A folder is told from a file by neither: both are given. What git
 * ignores, such as the output of a web build, is looked at on the disk.
 */
function embed(
  root: WorkspacePath,
  pattern: string,
  patterns: readonly string[],
  { model }: InputSurroundings,
): Inputs {
  const path = pattern.replace(/^all:/, '');
  const glob = joinPath(
    escapeName(root) as WorkspacePath,
    path.replace(/[(){}]/g, (character) => `[${character}]`),
  );
  const named = [`{workspaceRoot}/${glob}`, `{workspaceRoot}/${glob}/**/*`];
  const isGlob = /[*?[\]]/.test(path);
  if (!isGlob && !isListed(joinPath(root, path), model)) {
    return named.map((fileset) => ({ fileset, includeIgnored: true }));
  }
  const takesHidden = pattern !== path || patterns.some((other) => other.replace(/^all:/, '').startsWith(`${path}/`));
  if (takesHidden || isGlob) return named;
  return [...named, ...['**/{.,_}*', '**/{.,_}*/**/*'].map((hidden) => `!{workspaceRoot}/${glob}/${hidden}`)];
}

function isListed(path: WorkspacePath, { files, hasFilesIn }: InputSurroundings['model']): boolean {
  return files.has(path) || hasFilesIn(path);
}
