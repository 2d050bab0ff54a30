import { DiagnosticError, type Diagnostic } from '#diagnostics';
import type { GoLink, Project, RustSide } from '#graph';
import { baseName, workspacePath, type WorkspacePath } from '#paths';
import { artifactFolder, type CommandPlan } from './command-plan.js';
import { cargoFeatures } from './features.js';
import { listArguments, listNames, type BuildOptions } from './options.js';
import { rustTriple } from './platform.js';
import { withoutSelection } from './target-selection.js';

export type CargoVerb = 'build' | 'test' | 'clippy' | 'run';

/**
 * The cargo call for one crate. It runs in the Cargo workspace's folder, so that rustup and cargo find the pins and
 * configuration that belong to it.
 * @throws DiagnosticError when the options cannot be met
 */
export function planCargo(verb: CargoVerb, project: Project, options: BuildOptions): CommandPlan {
  const rust = rustSideOf(project);
  const features = cargoFeatures(project, listNames(options.features));
  return {
    program: 'cargo',
    args: [verb, ...packageArguments(rust), ...commonArguments(verb, options, features)],
    cwd: rust.cargoWorkspace,
    env: {},
    diagnostics: [],
  };
}

function commonArguments(verb: CargoVerb, options: BuildOptions, features: readonly string[]): string[] {
  const triple = tripleOf(options);
  return [
    ...verbArguments(verb, options),
    ...profileArguments(options.profile),
    ...(features.length === 0 ? [] : ['--features', features.join(',')]),
    ...(options.defaultFeatures === false ? ['--no-default-features'] : []),
    ...(triple === undefined ? [] : ['--target', triple]),
    ...trailingArguments(verb, options),
  ];
}

/**
 * Rust's name for the platform of a build; undefined for this machine's.
 * @throws DiagnosticError when the platform is not known
 */
export function tripleOf(options: BuildOptions): string | undefined {
  const { triple, diagnostics } = rustTriple(options);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) throw new DiagnosticError(...errors);
  return triple;
}

/**
 * One cargo call for the libraries of several crates of one Cargo workspace, so that what they share is built once, with
 * one resolution of features. Features are given to the crates that declare them.
 * @throws DiagnosticError when the options cannot be met
 */
export function planCargoLibraries(projects: readonly Project[], options: BuildOptions): CommandPlan {
  return planForAll(projects, options, ['--lib']);
}

/**
 * One cargo call for all that several crates of one Cargo workspace make. It goes on after a crate that fails, and its
 * messages on standard output hold what the compiler says of each.
 * @throws DiagnosticError when the options cannot be met
 */
export function planCargoBatch(projects: readonly Project[], options: BuildOptions): CommandPlan {
  const plan = planForAll(projects, options, ['--keep-going']);
  return { ...plan, args: plan.args.map((word) => (word === RENDERED_MESSAGES ? 'json' : word)) };
}

/**
 * Asks the compiler, where cargo calls it for the library of a crate, what that needs of the system: it is compiled once
 * more, apart from what a build made of it, and answered on standard error.
 * @throws DiagnosticError when the options cannot be met
 */
export function planNativeLibraries(project: Project, options: BuildOptions): CommandPlan {
  const own = withoutSelection([...listArguments(options.args), ...listArguments(options.cargoArgs)]);
  const plan = planCargo('build', project, { ...options, args: own, cargoArgs: [] });
  return {
    ...plan,
    args: ['rustc', ...plan.args.slice(1), '--lib', '--', '--print=native-static-libs', ...QUICK],
    env: { CARGO_TERM_COLOR: 'never' },
  };
}

/** Nobody takes the code: what makes it well, or lets it be looked into, only takes time. None of these decides a `cfg`. */
const QUICK = ['-C', 'lto=off', '-C', 'debuginfo=0'];

function planForAll(projects: readonly Project[], options: BuildOptions, more: readonly string[]): CommandPlan {
  const [first] = projects;
  if (first === undefined) throw new Error('no crate to build');
  const wanted = listNames(options.features);
  const features = projects.flatMap((project) =>
    cargoFeatures(project, wanted).map((name) => `${rustSideOf(project).package}/${name}`),
  );
  return {
    ...planCargo('build', first, options),
    args: [
      'build',
      ...projects.flatMap((project) => packageArguments(rustSideOf(project))),
      ...more,
      ...commonArguments('build', options, features),
    ],
  };
}

function rustSideOf(project: Project): RustSide {
  if (project.rust !== undefined) return project.rust;
  throw new DiagnosticError({
    code: 'plan/no-crate',
    severity: 'error',
    message: `project \`${project.name}\` has no Cargo.toml in ${project.root}`,
    help: 'use this executor on a project that the graph plugin found a crate in; `nx reset` when the manifest is new',
  });
}

/** `name@version` tells a crate of the workspace from a registry crate of the same name. */
function packageArguments(rust: RustSide): string[] {
  return ['--package', rust.version === undefined ? rust.package : `${rust.package}@${rust.version}`];
}

/** Artifacts as JSON on standard output, and what the compiler says for people on standard error. */
const RENDERED_MESSAGES = 'json-render-diagnostics';

function verbArguments(verb: CargoVerb, options: BuildOptions): string[] {
  if (verb === 'build') return ['--message-format', RENDERED_MESSAGES];
  if (verb === 'clippy') return ['--all-targets'];
  return verb === 'run' && options.bin !== undefined ? ['--bin', options.bin] : [];
}

/** Default is cargo's dev profile; `debug` is a common name for it. */
function profileArguments(profile: string | undefined): string[] {
  if (profile === undefined || profile === 'dev' || profile === 'debug') return [];
  return profile === 'release' ? ['--release'] : ['--profile', profile];
}

function trailingArguments(verb: CargoVerb, options: BuildOptions): string[] {
  const args = [...listArguments(options.args), ...listArguments(options.cargoArgs)];
  if (verb === 'clippy' && options.denyWarnings === true && !args.includes('--'))
    return [...args, '--', '-D', 'warnings'];
  const programArgs = verb === 'run' ? listArguments(options.programArgs) : [];
  return programArgs.length === 0 ? args : [...args, '--', ...programArgs];
}

/** An artifact that cargo said it made. */
export interface CargoArtifact {
  /** Absolute path as cargo printed it. */
  readonly path: string;
  readonly fileName: string;
}

/**
 * Artifacts of one crate in the JSON messages of `cargo build`: those files whose names the crate's manifest lets
 * expect. Lines that are not JSON (a build script may print some) are passed over.
 * Format: https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages
 */
export function parseCargoArtifacts(messages: string, manifestPath: string, rust: RustSide): CargoArtifact[] {
  const expected = new Set(rust.artifacts);
  return filesOf(artifactMessages(messages, manifestPath)).filter(({ fileName }) => expected.has(fileName));
}

/** What the compiler said of each crate, for people, by the path of its manifest. */
export function parseCompilerMessages(messages: string): ReadonlyMap<WorkspacePath, string> {
  const said = new Map<WorkspacePath, string>();
  for (const line of messages.split('\n')) {
    if (!line.startsWith('{"reason":"compiler-message"')) continue;
    const { manifest_path, message } = JSON.parse(line) as {
      manifest_path: string;
      message: { rendered: string | null };
    };
    const path = workspacePath(manifest_path);
    said.set(path, `${said.get(path) ?? ''}${message.rendered ?? ''}`);
  }
  return said;
}

/** Whether cargo finished every program and library of the crate. */
export function isCompleteBuild(messages: string, manifestPath: string, rust: RustSide): boolean {
  const made = artifactMessages(messages, manifestPath);
  const programs = new Set(made.filter(({ kind }) => kind === 'program').map(({ target }) => target));
  const hasLibrary = rust.library === undefined || made.some(({ kind }) => kind === 'library');
  return hasLibrary && rust.binaries.every((name) => programs.has(name));
}

/** Every file that cargo made for the library of the crate, whatever its crate types, by name. */
export function parseLibraryFiles(messages: string, manifestPath: string): CargoArtifact[] {
  return filesOf(artifactMessages(messages, manifestPath).filter(({ kind }) => kind === 'library'));
}

/**
 * Every crate that other crates can be compiled against, as an absolute path of its .rlib.
 * @param triple what was asked for: then crates for the machine that builds, of macros and build scripts, lie elsewhere
 * @param packages ids of those that count; all where it is not given
 */
export function parseCompiledCrates(
  messages: string,
  triple: string | undefined,
  packages?: ReadonlySet<string>,
): string[] {
  const counted = parseArtifactMessages(messages).filter(({ packageId }) => packages?.has(packageId) !== false);
  const isForTarget = (path: string): boolean => triple === undefined || path.split(/[\\/]/).includes(triple);
  return counted.flatMap(({ filenames }) => filenames.filter((name) => name.endsWith('.rlib') && isForTarget(name)));
}

/** Folders of all compiled crates that the messages name, wherever cargo is configured to keep them. */
export function parseCompiledFolders(messages: string): string[] {
  const names = parseArtifactMessages(messages).flatMap(({ filenames }) => filenames);
  const compiled = names.filter((name) => /\.(?:rlib|rmeta)$/.test(name));
  return [...new Set(compiled.map((name) => name.replace(/[\\/][^\\/]+$/, '')))];
}

/** What cargo says that it made of the crate. */
function artifactMessages(messages: string, manifestPath: string): ArtifactMessage[] {
  return parseArtifactMessages(messages).filter((message) => isSamePath(message.manifestPath, manifestPath));
}

function parseArtifactMessages(messages: string): ArtifactMessage[] {
  return messages.split('\n').flatMap((line) => parseArtifactMessage(line) ?? []);
}

/** Each name once, where cargo put it last. */
function filesOf(messages: readonly ArtifactMessage[]): CargoArtifact[] {
  const paths = messages.flatMap(({ filenames }) => filenames);
  const found = new Map(paths.map((path) => [baseName(path.replaceAll('\\', '/')), path]));
  return [...found].map(([fileName, path]) => ({ path, fileName }));
}

function isSamePath(a: string, b: string): boolean {
  return workspacePath(a) === workspacePath(b);
}

interface ArtifactMessage {
  readonly packageId: string;
  readonly manifestPath: string;
  readonly kind: ArtifactKind;
  /** What the target is called. */
  readonly target: string;
  readonly filenames: readonly string[];
}

function parseArtifactMessage(line: string): ArtifactMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof message !== 'object' || message === null) return undefined;
  const { reason, package_id, manifest_path, filenames, target } = message as Record<string, unknown>;
  if (reason !== 'compiler-artifact' || typeof manifest_path !== 'string' || !Array.isArray(filenames))
    return undefined;
  return {
    packageId: String(package_id),
    manifestPath: manifest_path,
    kind: kindOf(target),
    target: nameOf(target),
    filenames: filenames.filter((name): name is string => typeof name === 'string'),
  };
}

function nameOf(target: unknown): string {
  return typeof target === 'object' && target !== null && 'name' in target ? String(target.name) : '';
}

/** A library and a program of one package may have one name. */
type ArtifactKind = 'library' | 'program' | 'other';

function kindOf(target: unknown): ArtifactKind {
  const { kind } = (target ?? {}) as Record<string, unknown>;
  const kinds = Array.isArray(kind) ? kind : [];
  if (kinds.includes('bin')) return 'program';
  // A library has its crate types here.
  return kinds.length === 0 || kinds.some((each) => NO_PART_OF_BUILD.includes(String(each))) ? 'other' : 'library';
}

const NO_PART_OF_BUILD = ['custom-build', 'example', 'test', 'bench'];

/** The library that a Go build links, by what cargo built: the archive where there is one, else the shared library. */
export function linkableLibrary(rust: RustSide, exists: (fileName: string) => boolean): string | undefined {
  const isShared = (name: string): boolean => /\.(?:so|dylib|dll)$/.test(name);
  const libraries = rust.artifacts.filter((name) => /\.(?:a|lib|so|dylib|dll)$/.test(name) && !name.includes('.dll.'));
  return [...libraries.filter((name) => !isShared(name)), ...libraries.filter(isShared)].find(exists);
}

/** What `--target-dir` among the arguments for cargo says. */
export function targetFolderArgument({ args, cargoArgs }: BuildOptions): string | undefined {
  const words = [...listArguments(args), ...listArguments(cargoArgs)];
  const index = words.findIndex((word) => /^--target-dir(?:=|$)/.test(word));
  return index === -1 ? undefined : (/=(.*)$/.exec(words[index] ?? '')?.[1] ?? words[index + 1]);
}

/** Throws away what cargo built of the crate, so that its build script runs again. */
export function planClean(rust: RustSide, options: BuildOptions): CommandPlan {
  const triple = tripleOf(options);
  const targetFolder = targetFolderArgument(options);
  return {
    program: 'cargo',
    args: [
      'clean',
      ...packageArguments(rust),
      ...profileArguments(options.profile),
      ...(triple === undefined ? [] : ['--target', triple]),
      ...(targetFolder === undefined ? [] : ['--target-dir', targetFolder]),
    ],
    cwd: rust.cargoWorkspace,
    env: {},
    diagnostics: [],
  };
}

/** Whether `go build -buildmode=c-archive` or `c-shared` makes a file of such a name. */
export function isGoLibrary(fileName: string): boolean {
  return /^lib.+\.(?:a|so|dylib|dll)$/.test(fileName);
}

/** What to say when a build script links a library of Go that no build made. */
export function noGoLibrary({ module, span }: GoLink, name: string): Diagnostic {
  return {
    code: 'plan/no-go-library',
    severity: 'error',
    message: `the build script takes in what \`nx build ${name}\` places in ${artifactFolder(module)}, but no library is there`,
    span,
    help: `set "buildmode": "c-archive" or "c-shared" in the options of its build target, in ${module}/project.json, and run \`nx build ${name}\``,
  };
}

/** What to say when a crate that Go links makes nothing to link. */
export function noLinkableLibrary(project: Project): Diagnostic {
  return {
    code: 'plan/nothing-to-link',
    severity: 'error',
    message: `Go sources link the crate \`${project.rust?.package ?? project.name}\`, but no library of it is in dist`,
    ...(project.rust === undefined ? {} : { span: { file: project.rust.manifest, line: 1, column: 1 } }),
    help: `run \`nx build ${project.name}\` first (\`nx build\` of the Go project does), and have crate-type = ["staticlib"] or ["cdylib"] in [lib]`,
  };
}
