import { DiagnosticError, type Diagnostic } from '#diagnostics';
import { lastElement } from '#go';
import { MOCK_TAG, type GoSide, type MainPackage, type Project } from '#graph';
import { baseName, folderOf, relativePath, type AbsolutePath, type WorkspacePath } from '#paths';
import type { LinkedLibrary } from './cgo-overlay.js';
import { artifactFolder, type CommandPlan } from './command-plan.js';
import { mergeLinkerFlags, valueInGoFlags } from './go-flags.js';
import { listArguments, listNames, type BuildOptions } from './options.js';
import { goPlatform } from './platform.js';

export type GoVerb = 'build' | 'test' | 'bench' | 'vet';

/** What a Go call needs to know beyond its options; gathered at the edge. */
export interface GoSurroundings {
  /** Where the workspace lies on this machine; nothing that leaves it may hold this. */
  readonly root: AbsolutePath;
  /** GOFLAGS in force: flags given on the command line replace those of the same name in it. */
  readonly goflags: string;
  readonly libraries: readonly LinkedLibrary[];
  /** Linker words that belong behind the libraries; folders of the workspace are given from its root. */
  readonly companions: readonly string[];
  /** JSON file for `-overlay`; absent when nothing is replaced. */
  readonly overlay?: AbsolutePath;
  /** What programs of the platform end in: `.exe`, or nothing. */
  readonly executableSuffix: string;
  /** Folder that receives binaries before they are placed in dist. */
  readonly staging?: AbsolutePath;
  /** Where go runs; by default in the module's folder. */
  readonly folder?: WorkspacePath;
}

/** Build modes that make a library; they take one main package and an output file. */
const LIBRARY_MODES: ReadonlySet<string> = new Set(['c-archive', 'c-shared', 'plugin']);

/**
 * The go call for one module, run in the module's folder.
 * @throws DiagnosticError when the options cannot be met
 */
export function planGo(verb: GoVerb, project: Project, options: BuildOptions, around: GoSurroundings): CommandPlan {
  const go = goSideOf(project);
  return {
    program: 'go',
    args: [
      verb === 'bench' ? 'test' : verb,
      ...(verb === 'bench' ? ['-run=^$', '-bench=.', '-benchmem'] : []),
      ...(verb === 'build' ? ['-trimpath', '-buildvcs=false'] : []),
      ...(around.overlay === undefined ? [] : [`-overlay=${around.overlay}`]),
      ...(verb === 'vet' ? [] : linkerArguments(verb, project, options, around)),
      ...tagArguments(options, around.goflags),
      ...(options.race === true && verb !== 'vet' ? ['-race'] : []),
      ...(options.buildmode === undefined || verb !== 'build' ? [] : [`-buildmode=${options.buildmode}`]),
      ...toolArguments(options),
      ...(verb === 'build' ? buildPackages(project, go, options, around) : [testPackages(options)]),
    ],
    cwd: project.root,
    env: { ...(go.foreignGoWork ? { GOWORK: 'off' } : {}), ...goEnvironmentOf(options, around.libraries.length > 0) },
    diagnostics: [],
  };
}

export function goSideOf(project: Project): GoSide {
  if (project.go !== undefined) return project.go;
  throw new DiagnosticError({
    code: 'plan/no-module',
    severity: 'error',
    message: `project \`${project.name}\` has no go.mod in ${project.root}`,
    help: 'use this executor on a project that the graph plugin found a Go module in; `nx reset` when it is new',
  });
}

/**
 * Variables that choose the platform of a build. Go switches cgo off for another platform, and with it the bridge, so
 * it is switched on where crates are linked.
 * @throws DiagnosticError when the platform is not known
 */
export function goEnvironmentOf(options: BuildOptions, linksCrates: boolean): Record<string, string> {
  const { platform, diagnostics } = goPlatform(options);
  if (diagnostics.length > 0) throw new DiagnosticError(...diagnostics);
  const { goos, goarch } = platform;
  return {
    ...(goos === undefined ? {} : { GOOS: goos }),
    ...(goarch === undefined ? {} : { GOARCH: goarch }),
    ...(linksCrates && (goos !== undefined || goarch !== undefined) ? { CGO_ENABLED: '1' } : {}),
  };
}

/** Build tags in force, whoever brings them: GOFLAGS, the options, the race detector. */
export function goTags(options: BuildOptions, goflags: string): string[] {
  const isRace = options.race === true || /(?:^|\s)--?race(?:=true)?(?:\s|$)/.test(goflags);
  return [...listNames(valueInGoFlags(goflags, 'tags')), ...ownTags(options), ...(isRace ? ['race'] : [])];
}

function ownTags(options: BuildOptions): string[] {
  return [...listNames(options.tags), ...listNames(options.features), ...(options.mock === true ? [MOCK_TAG] : [])];
}

/** Tags on the command line replace those in GOFLAGS, so both are passed together. */
export function tagArguments(options: BuildOptions, goflags: string): string[] {
  const own = ownTags(options);
  if (own.length === 0) return [];
  const inherited = listNames(valueInGoFlags(goflags, 'tags'));
  return [`-tags=${[...new Set([...inherited, ...own])].join(',')}`];
}

/** Flags that we pass ourselves: given once more they would replace ours, and the Rust library with them. */
const OWN_FLAGS: Readonly<Record<string, string>> = {
  tags: 'use the option tags',
  ldflags: 'use the option ldflags',
  race: 'use the option race',
  buildmode: 'use the option buildmode',
  overlay: 'set it in GOFLAGS: it is merged with ours there',
  o: 'binaries go to dist/<project root>',
};

/** @throws DiagnosticError for a flag that an option is there for */
export function toolArguments(options: BuildOptions): string[] {
  const args = [...listArguments(options.args), ...listArguments(options.goArgs)];
  for (const word of args) {
    const flag = /^--?([a-z]+)(?:=|$)/.exec(word)?.[1] ?? '';
    const instead = Object.hasOwn(OWN_FLAGS, flag) ? OWN_FLAGS[flag] : undefined;
    if (instead !== undefined) throw new DiagnosticError(ownFlag(flag, instead));
  }
  return args;
}

function ownFlag(flag: string, instead: string): Diagnostic {
  return {
    code: 'plan/own-flag',
    severity: 'error',
    message: `-${flag} among the tool arguments would replace the one that nx-grout passes`,
    help: instead,
  };
}

export function linkerArguments(
  verb: GoVerb,
  project: Project,
  options: BuildOptions,
  around: GoSurroundings,
): string[] {
  const given = options.ldflags ?? valueInGoFlags(around.goflags, 'ldflags') ?? '';
  const isRelease = options.profile === 'release' && options.ldflags === undefined;
  const ldflags = isRelease ? `-s -w ${given}`.trim() : given;
  // go's own identifier of a cgo program hashes the folder that ${SRCDIR} stands for; in a library for other languages it
  // would be all that an edit of a comment changes.
  const isPlain = around.overlay === undefined && !LIBRARY_MODES.has(options.buildmode ?? '');
  const own = verb === 'build' && !isPlain ? ['-buildid='] : [];
  const isOurs = around.libraries.length > 0 || options.ldflags !== undefined || isRelease || own.length > 0;
  if (!isOurs) return [];
  return mergeLinkerFlags(ldflags, externalLinkerWords(verb, project, options, around), own);
}

/** Libraries by a path relative to where the linker runs, so that the output is the same in every checkout. */
function externalLinkerWords(verb: GoVerb, project: Project, options: BuildOptions, around: GoSurroundings): string[] {
  const isStaged = LIBRARY_MODES.has(options.buildmode ?? '') && around.staging !== undefined;
  const from = isStaged ? stagingFolder(project.root, '0') : (around.folder ?? project.root);
  // A C compiler that links statically brings the static form of that one itself.
  const isStatic = /(?:^|[\s'"=])-static(?:$|[\s'"])/.test(
    options.ldflags ?? valueInGoFlags(around.goflags, 'ldflags') ?? '',
  );
  const shared = around.libraries.filter((library) => isSharedLibrary(library.path));
  const runPaths = shared.map((library) => `-Wl,-rpath,${runFolder(verb, project, library, around)}`);
  return [
    ...new Set(around.libraries.flatMap((library) => wordsOfLibrary(library, from))),
    ...new Set(runPaths),
    ...new Set(
      around.companions
        .filter((word) => !isStatic || word !== '-lgcc_s')
        .map((word) =>
          word.replace(FOLDER_OF_WORKSPACE, (_word, folder: WorkspacePath) => `-L${relativePath(from, folder)}`),
        ),
    ),
  ];
}

/** What `-L` says of a folder in the workspace; others are absolute. */
const FOLDER_OF_WORKSPACE = /^-L(?![\\/]|\w:)(.+)$/;

function isSharedLibrary(path: WorkspacePath): boolean {
  return !/\.(?:a|lib)$/.test(path);
}

/** A shared library goes by name: given by its path, the program would look for that path from wherever it is started. */
function wordsOfLibrary({ path }: LinkedLibrary, from: WorkspacePath): string[] {
  const name = isSharedLibrary(path) ? /^lib(.+)\.(?:so|dylib)$/.exec(baseName(path))?.[1] : undefined;
  return name === undefined ? [relativePath(from, path)] : [`-L${relativePath(from, folderOf(path))}`, `-l${name}`];
}

/** Beside the program in dist; go runs a test from a folder of its own, and keeps it on this machine. */
function runFolder(verb: GoVerb, project: Project, { path }: LinkedLibrary, around: GoSurroundings): string {
  const folder = folderOf(path);
  return verb === 'build'
    ? `$ORIGIN/${relativePath(artifactFolder(project.root), folder)}`
    : `${around.root}/${folder}`;
}

/**
 * Where one run puts its output before it is placed, on the same filesystem as its place. The linker of a library mode
 * runs inside it.
 */
export function stagingFolder(projectRoot: WorkspacePath, runId: string): WorkspacePath {
  return `${artifactFolder(projectRoot)}/.staging-${runId}` as WorkspacePath;
}

function buildPackages(project: Project, go: GoSide, options: BuildOptions, around: GoSurroundings): string[] {
  const isLibrary = LIBRARY_MODES.has(options.buildmode ?? '');
  if (isLibrary) {
    const main = onlyMain(project, go, options);
    const file = libraryFile(main.name, options.buildmode);
    requireFreeNames(project, [file]);
    return [`-o=${around.staging ?? '.'}/${file}`, packagePattern(main.folder)];
  }
  if (go.mains.length === 0 || around.staging === undefined) return ['./...'];
  const built = chosenMains(go, options);
  requireFreeNames(
    project,
    built.map(({ name }) => name),
  );
  const [only] = built;
  if (options.main === undefined) {
    const twin = twinNames(project, go);
    if (twin !== undefined) throw new DiagnosticError(twin);
  } else if (only !== undefined && hasNameOfItsOwn(only, go)) {
    return [`-o=${around.staging}/${only.name}${around.executableSuffix}`, packagePattern(options.main)];
  }
  return [`-o=${around.staging}/`, options.main === undefined ? './...' : packagePattern(options.main)];
}

/** Whether the command goes by its whole folder, since go would call several commands the same. */
export function hasNameOfItsOwn({ folder, name }: MainPackage, { module }: GoSide): boolean {
  return name !== lastElement(folder === '.' ? module : `${module}/${folder}`);
}

function testPackages(options: BuildOptions): string {
  return options.main === undefined ? './...' : packagePattern(options.main);
}

function packagePattern(folder: string): string {
  return folder === '.' || folder.startsWith('./') ? folder : `./${folder}`;
}

function libraryFile(name: string, buildmode: string | undefined): string {
  if (buildmode === 'c-archive') return `lib${name}.a`;
  return buildmode === 'plugin' ? `${name}.so` : `lib${name}.so`;
}

function onlyMain(project: Project, go: GoSide, options: BuildOptions): { folder: string; name: string } {
  const folder = options.main?.replace(/^\.\/(?=.)/, '');
  const chosen = folder === undefined ? go.mains : go.mains.filter((main) => main.folder === folder);
  const [main] = chosen;
  if (main !== undefined && chosen.length === 1) return main;
  throw new DiagnosticError({
    code: 'plan/one-main-needed',
    severity: 'error',
    message: `buildmode ${options.buildmode ?? ''} makes one library, but ${project.name} has ${String(chosen.length)} main packages to choose from`,
    span: { file: go.manifest, line: 1, column: 1 },
    help: `set the option main to one of: ${go.mains.map((each) => each.folder).join(', ') || '(the module has no main package)'}`,
  });
}

function twinNames(project: Project, go: GoSide): Diagnostic | undefined {
  const twins = go.mains.filter((main) => hasNameOfItsOwn(main, go));
  if (twins.length === 0) return undefined;
  return {
    code: 'plan/same-command-name',
    severity: 'error',
    message: `one build of all commands of ${project.name} would make several of one name: ${twins.map((twin) => twin.folder).join(', ')}`,
    span: { file: go.manifest, line: 1, column: 1 },
    help: 'leave the plugin option "goCommands" at "targets", which builds each under a name of its own, or rename the folders',
  };
}

/** A crate in the module's folder hands out its files in the same place: what it makes, the Go build must not. */
export function requireFreeNames(project: Project, names: readonly string[]): void {
  const taken = names.find((name) => project.rust?.artifacts.includes(name));
  if (taken === undefined) return;
  throw new DiagnosticError({
    code: 'plan/same-artifact-name',
    severity: 'error',
    message: `the crate and the Go module of ${project.name} would both make ${artifactFolder(project.root)}/${taken}`,
    span: { file: goSideOf(project).manifest, line: 1, column: 1 },
    help: 'rename the library or binary in Cargo.toml, or move the Go command into a folder of another name',
  });
}

/** File names, on any platform and in any build mode, of what a build of these commands can hand out; the crate's are not among them. */
export function goArtifactNames(project: Project, mains: readonly Pick<MainPackage, 'name'>[]): string[] {
  const ofCrate = new Set(project.rust?.artifacts ?? []);
  const names = mains.flatMap(({ name }) => [
    name,
    `${name}.exe`,
    ...['a', 'so', 'dylib', 'dll', 'h'].map((extension) => `lib${name}.${extension}`),
    `${name}.so`,
  ]);
  return names.filter((name) => !ofCrate.has(name));
}

/** The commands that a build with these options makes. */
export function chosenMains(go: GoSide, { main }: Pick<BuildOptions, 'main'>): readonly MainPackage[] {
  return main === undefined
    ? go.mains
    : go.mains.filter(({ folder }) => packagePattern(folder) === packagePattern(main));
}
