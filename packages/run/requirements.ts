import { DiagnosticError } from '#diagnostics';
import {
  artifactFolder,
  checkFeatures,
  checkPlaces,
  checkPossibleBuild,
  goArtifactNames,
  goSideOf,
  listNames,
  resolveFeatures,
  type WantedBuild,
} from '#plan';
import type { Project, RustSide } from '#graph';
import type { WorkspacePath } from '#paths';
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
  const errors = [...checkFeatures(requested, knownFeatures, featureRules), ...diagnostics];
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
export function requireOneGoRuntime({ files, projects }: RunRequest, crates: Iterable<WorkspacePath>): void {
  for (const root of crates) {
    const crate = projects.get(root);
    for (const { module, span } of crate?.rust?.goLinks ?? []) {
      const other = projects.get(module);
      const names = new Set(other?.go === undefined ? [] : goArtifactNames(other, other.go.mains));
      const archive = files.list(artifactFolder(module)).find((name) => name.endsWith('.a') && names.has(name));
      if (archive === undefined) continue;
      throw new DiagnosticError({
        code: 'run/two-go-runtimes',
        severity: 'error',
        message: `\`${crate?.name ?? root}\`, which this Go program links, has ${archive} of the Go module in ${module} in it: two Go runtimes cannot be in one program`,
        span,
        help: `build that module as "c-shared", which keeps its runtime to itself, or import it from Go`,
      });
    }
  }
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
