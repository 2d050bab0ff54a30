import { reachableFrom, type GoSide, type Project } from '#graph';
import { folderOf, isInside, joinPath, type WorkspacePath } from '#paths';
import type { FingerprintCommand, Inputs } from './inputs.js';

/** What the inputs of a module are made from besides the module itself. */
export interface GoSurroundings {
  readonly fingerprint: FingerprintCommand;
  readonly projects: ReadonlyMap<WorkspacePath, Project>;
}

const ENVIRONMENT = [
  ...['GOFLAGS', 'GOOS', 'GOARCH', 'GOEXPERIMENT', 'GOWORK', 'CC', 'CXX', 'CGO_ENABLED'],
  ...['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
];

/** What the go command compiles besides .go files (https://pkg.go.dev/cmd/go#hdr-File_types), and the profile it takes. */
const EXTENSIONS = 'c,cc,cpp,cxx,h,hh,hpp,hxx,inc,m,s,S,sx,f,F,for,f90,swig,swigcxx,syso,pgo';

/** Inputs of a Go build: the sources without tests of the modules that take part, embeds, headers, machine. */
export function goBuildInputs(project: Project, go: GoSide, around: GoSurroundings): Inputs {
  return [...sourcesOf(project.root), ...commonInputs(project, go, around)];
}

/** Inputs of a Go test or vet: the module's whole folder, since tests read testdata and more. */
export function goTestInputs(project: Project, go: GoSide, around: GoSurroundings): Inputs {
  return [...testFilesOf(project.root), ...commonInputs(project, go, around)];
}

/** At the workspace's root the whole folder would be the whole repository: there, files of other projects count as Go or testdata. */
function testFilesOf(root: WorkspacePath): string[] {
  if (root !== '.') return [below(root, '**/*')];
  return ['{projectRoot}/**/*', ...sourcesOf(root), below(root, '**/*_test.go'), below(root, '**/testdata/**/*')];
}

function commonInputs(project: Project, go: GoSide, around: GoSurroundings): Inputs {
  const modules = modulesTakingPart(project, around);
  const sides = modules.flatMap((root) => around.projects.get(root)?.go ?? []);
  const work = go.goWork;
  return [
    ...modules.slice(1).flatMap(sourcesOf),
    ...modules.flatMap((root) => ['go.mod', 'go.sum', 'vendor/modules.txt'].map((name) => below(root, name))),
    // Projects that only other plugins or `implicitDependencies` know as dependencies.
    ...['**/!(*_test).go', `**/*.{${EXTENSIONS}}`, '**/go.{mod,sum}'].map((glob) => `^{projectRoot}/${glob}`),
    ...(work === undefined ? [] : workspaceFiles(work, around)),
    ...modules.flatMap(
      (root) => around.projects.get(root)?.go?.embeds.flatMap((pattern) => embed(root, pattern)) ?? [],
    ),
    ...sides.flatMap((side) => side.includes.map(({ folder }) => below(folder, '**/*.{h,hh,hpp,hxx,inc}'))),
    ...foreignModules(modules, sides, around).map((root) => `!${below(root, '**/*')}`),
    // One process for all modules of a Go workspace: they share its toolchain line.
    { runtime: around.fingerprint.command('go', work === undefined ? project.root : folderOf(work)) },
    ...ENVIRONMENT.map((env) => ({ env })),
    { externalDependencies: [] },
  ];
}

/** The module and all that it imports, directly or not, tests included. */
function modulesTakingPart(project: Project, around: GoSurroundings): readonly WorkspacePath[] {
  const imports = { get: (root: WorkspacePath) => around.projects.get(root)?.go?.imports };
  return reachableFrom([project.root], imports);
}

/**
 * By workspace path: `{projectRoot}` leaves out what Nx gives to a project inside the module's folder, such as a crate in
 * a package's folder, and Go takes that all the same.
 */
function sourcesOf(root: WorkspacePath): string[] {
  return [below(root, '**/!(*_test).go'), below(root, `**/*.{${EXTENSIONS}}`)];
}

/** Modules inside the folders of those that take part, which take no part themselves and hold nothing that does. */
function foreignModules(
  modules: readonly WorkspacePath[],
  sides: readonly GoSide[],
  around: GoSurroundings,
): readonly WorkspacePath[] {
  const included = sides.flatMap(({ includes }) => includes.map(({ folder }) => folder));
  return [...around.projects.values()]
    .filter(({ root, go }) => go !== undefined && modules.some((module) => module !== root && isInside(root, module)))
    .map(({ root }) => root)
    .filter((root) => !modules.some((module) => isInside(module, root)))
    .filter((root) => !included.some((folder) => isInside(folder, root) || isInside(root, folder)));
}

/** In a Go workspace the versions and replaces that any of its modules asks for count for all of them. */
function workspaceFiles(work: WorkspacePath, around: GoSurroundings): string[] {
  const members = [...around.projects.values()].filter(({ go }) => go?.goWork === work);
  return [
    `{workspaceRoot}/${work}`,
    `{workspaceRoot}/${work}.sum`,
    below(folderOf(work), 'vendor/**/*'),
    ...members.map(({ root }) => below(root, 'go.mod')),
  ];
}

/** A pattern of `//go:embed` names files, or folders with all that is in them. */
function embed(root: WorkspacePath, pattern: string): string[] {
  const path = pattern.replace('all:', '');
  return [below(root, path), below(root, `${path}/**/*`)];
}

function below(folder: WorkspacePath, glob: string): string {
  return `{workspaceRoot}/${joinPath(folder, glob)}`;
}
