import { DiagnosticError, type Span } from '#diagnostics';
import {
  artifactFolder,
  checkFeatures,
  checkPlaces,
  checkPossibleBuild,
  goArtifactNames,
  goSideOf,
  listNames,
  placeOfFeature,
  resolveFeatures,
  type WantedBuild,
} from '#plan';
import type { GoLink, Project, RustSide } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import type { RunRequest } from './run-request.js';
import type { Rustc } from './tools.js';

/**
 * The request with the features that are on, as one side calls them.
 * @throws DiagnosticError when a requested feature is declared by nobody in the run, or two cannot be built together
 */
export function withFeatures(side: 'cargo' | 'goTags', request: RunRequest): RunRequest {
  const { options, featureRules, knownFeatures } = request;
  const requested = listNames(options.features);
  const { value, diagnostics } = resolveFeatures(
    { requested, withDefaults: options.defaultFeatures !== false },
    featureRules,
  );
  const file = joinPath(request.project.root, 'project.json');
  const placeOf = (name: string): Span | undefined => placeOfFeature(file, request.files.readText(file) ?? '', name);
  const errors = [...checkFeatures(requested, knownFeatures, featureRules, placeOf), ...diagnostics];
  if (errors.length > 0) throw new DiagnosticError(...errors);
  return { ...request, options: { ...options, features: value[side] } };
}

/** @throws DiagnosticError when a program would lie where the artifacts of a nested project do */
export function requireFreePlaces(request: RunRequest): void {
  const clash = checkPlaces(request.project, request.projects.keys());
  if (clash !== undefined) throw new DiagnosticError(clash);
}

/** @throws DiagnosticError when the workspace ruled such a Go build out */
export function requirePossible(request: RunRequest, wanted: WantedBuild): void {
  const ruledOut = checkPossibleBuild(goSideOf(request.project), wanted);
  if (ruledOut !== undefined) throw new DiagnosticError(ruledOut);
}

/**
 * A static library of Go brings a runtime of its own, and its functions are those of the program that links it.
 * @param crates roots of those that the program links
 * @throws DiagnosticError when one of them has such a library in it
 */
export function requireOneGoRuntime(request: RunRequest, crates: Iterable<WorkspacePath>): void {
  for (const root of crates) {
    const crate = request.projects.get(root);
    for (const { module, span } of crate?.rust?.goLinks ?? []) {
      const archive = goArchiveOf(request, module);
      if (archive === undefined) continue;
      throw twoGoRuntimes(
        `\`${crate?.name ?? root}\`, which this Go program links, has ${archive} of the Go module in ${module} in it`,
        span,
        'build that module as "c-shared", which keeps its runtime to itself, or import it from Go',
      );
    }
  }
}

/**
 * The same for what cargo builds: static libraries of two modules have one set of symbols twice.
 * @param links of all that takes in a library of Go
 * @throws DiagnosticError when two modules made such libraries for one crate
 */
export function requireOneGoArchive(request: RunRequest, links: readonly GoLink[]): void {
  const archives = new Map<WorkspacePath, string>();
  for (const { module, span } of links) {
    const archive = goArchiveOf(request, module);
    if (archive === undefined) continue;
    archives.set(module, archive);
    const [first, second] = archives;
    if (first === undefined || second === undefined) continue;
    throw twoGoRuntimes(
      `\`${request.project.name}\` takes in ${first[1]} of the Go module in ${first[0]} and ${second[1]} of the one in ${second[0]}`,
      span,
      'build one of the modules as "c-shared", which keeps its runtime to itself, or let one module import the other',
    );
  }
}

/** The static library that the build of a module placed. */
function goArchiveOf({ files, projects }: RunRequest, module: WorkspacePath): string | undefined {
  const made = projects.get(module);
  const names = new Set(made?.go === undefined ? [] : goArtifactNames(made, made.go.mains));
  return files.list(artifactFolder(module)).find((name) => name.endsWith('.a') && names.has(name));
}

function twoGoRuntimes(what: string, span: GoLink['span'], help: string): DiagnosticError {
  const message = `${what}: two Go runtimes cannot be in one program`;
  return new DiagnosticError({ code: 'run/two-go-runtimes', severity: 'error', message, span, help });
}

/**
 * Cargo puts the finished libraries of one name in one place, whichever crate they are of.
 * @throws DiagnosticError when two crates of a link make such libraries
 */
export function requireNamesOfTheirOwn(projects: readonly Project[]): void {
  const owners = new Map<string, Project>();
  for (const project of projects) {
    const name = project.rust?.library?.name;
    if (name === undefined) continue;
    const other = owners.get(name);
    if (other === undefined) owners.set(name, project);
    else {
      throw new DiagnosticError({
        code: 'run/one-library-name',
        severity: 'error',
        message: `\`${other.name}\` and \`${project.name}\`, which one program links, both make a library called \`${name}\``,
        span: { file: project.rust?.manifest ?? project.root, line: 1, column: 1 },
        help: `give one of them a name of its own: \`name\` in [lib] of ${project.rust?.manifest ?? 'its manifest'}, and the \`-l\` of the Go sources that link it`,
      });
    }
  }
}

/**
 * Crates of several Cargo workspaces become one library, which takes one compiler: the standard library of another one
 * would be there a second time.
 * @throws DiagnosticError when their toolchains differ
 */
export function requireLinkableTogether(
  groups: ReadonlyMap<WorkspacePath, readonly Project[]>,
  compilers: ReadonlyMap<WorkspacePath, Rustc>,
): void {
  // A shared library brings a standard library of its own and shows nothing of it.
  const joined = [...groups].filter(([, projects]) => projects.some(({ rust }) => !isSharedOnly(rust)));
  const versions = new Set(joined.map(([folder]) => compilers.get(folder)?.version));
  if (versions.size < 2) return;
  const said = joined.map(([folder, projects]) => {
    const names = projects.map(({ name }) => name).join(', ');
    return `${names} with ${compilers.get(folder)?.version.split('\n')[0] ?? 'an unknown one'}`;
  });
  const [, second] = joined;
  throw new DiagnosticError({
    code: 'run/two-toolchains',
    severity: 'error',
    message: `crates of one link are built by different compilers: ${said.join('; ')}`,
    span: { file: second?.[1][0]?.rust?.manifest ?? '.', line: 1, column: 1 },
    help: 'pin one toolchain for all of them in a rust-toolchain.toml above both, or build one as a "cdylib" only, which brings its own',
  });
}

function isSharedOnly(rust: RustSide | undefined): boolean {
  return rust?.library?.crateTypes.every((type) => type === 'cdylib') ?? false;
}
