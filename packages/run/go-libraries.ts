import { createHash } from 'node:crypto';
import { DiagnosticError, renderDiagnostic } from '#diagnostics';
import type { GoLink, RustSide } from '#graph';
import { joinPath, workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { artifactFolder, goArtifactNames, isGoLibrary, noGoLibrary, planClean, renderCommand } from '#plan';
import { readPlaceOfCargo } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/** What cargo's target folder remembers of a crate: over what of Go it was built. */
interface Note {
  readonly path: AbsolutePath;
  readonly digest: string;
}

/** What build scripts of the crates that some work compiles have to do with Go. */
export interface GoInScripts {
  /** What they take in of what Go builds made. */
  readonly links: readonly GoLink[];
  /** Roots of the crates that run go themselves. */
  readonly builders: readonly WorkspacePath[];
}

/**
 * Does work with cargo for crates whose build scripts take in what Go builds made, or run go. Cargo follows the files and
 * variables that a script tells it of, and many a script does not: what was built over other files, or with other settings
 * of go, is thrown away before.
 * @throws DiagnosticError when a Go build made nothing, or what cargo holds cannot be thrown away
 */
export async function withGoLibraries(
  request: RunRequest,
  { links, builders }: GoInScripts,
  work: () => Promise<boolean>,
): Promise<boolean> {
  const notes: Note[] = [];
  for (const root of new Set([...links.map(({ crate }) => crate), ...builders])) {
    const { rust } = request.projects.get(root) ?? {};
    if (rust === undefined) continue;
    const own = links.filter(({ crate }) => crate === root);
    const settings = builders.includes(root) ? [await readGoSettings(request, root)] : [];
    const digest = [...own.map((link) => digestOf(request, link)), ...settings].join(' ');
    const path =
      `${readPlaceOfCargo(request, rust.cargoWorkspace)}/.grout-go-libraries/${rust.package}` as AbsolutePath;
    notes.push({ path, digest });
    if (request.files.readForeignText(path) !== digest) await forget(request, rust);
    // Until the work is done nothing is known of what it leaves.
    request.files.writeForeignText(path, '');
  }
  const succeeded = await work();
  if (succeeded) for (const { path, digest } of notes) request.files.writeForeignText(path, digest);
  else explain(request, links);
  return succeeded;
}

/** A digest of what go is told by the environment, or by `go env -w`, and what changes what it makes. */
async function readGoSettings(request: RunRequest, root: WorkspacePath): Promise<string> {
  const { stdout } = await request.processes.capture({
    program: 'go',
    args: ['env', '-json', ...GO_SETTINGS],
    cwd: request.files.absolute(root),
  });
  return createHash('sha256').update(stdout).digest('hex');
}

const GO_SETTINGS = [
  ...['GOVERSION', 'GOFLAGS', 'GOOS', 'GOARCH', 'GOEXPERIMENT', 'CC', 'CXX'],
  ...['CGO_ENABLED', 'CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
];

/** Of all that the module's build placed. */
function digestOf(request: RunRequest, link: GoLink): string {
  const names = placedBy(request, link);
  if (names.length === 0) throw new DiagnosticError(noGoLibrary(link, nameOf(request, link)));
  const folder = artifactFolder(link.module);
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\n`).update(request.files.readBytes(joinPath(folder, name)) ?? '');
  return hash.digest('hex');
}

function placedBy({ files, projects }: RunRequest, { module }: GoLink): string[] {
  const project = projects.get(module);
  const names = new Set(project?.go === undefined ? [] : goArtifactNames(project, project.go.mains));
  return files
    .list(artifactFolder(module))
    .filter((name) => names.has(name))
    .sort();
}

function nameOf({ projects }: RunRequest, { module }: GoLink): string {
  return projects.get(module)?.name ?? module;
}

async function forget(request: RunRequest, rust: RustSide): Promise<void> {
  const plan = planClean(rust, request.options);
  const { program, args, cwd } = plan;
  request.printCommand(renderCommand(plan));
  const ended = await request.processes.capture({ program, args, cwd: request.files.absolute(cwd) });
  if (ended.exitCode === 0) return;
  throw new DiagnosticError({
    code: 'run/not-cleaned',
    severity: 'error',
    message: `what cargo built of \`${rust.package}\` over other Go libraries could not be thrown away: ${ended.spawnError ?? ended.stderr.trim()}`,
    span: { file: rust.manifest, line: 1, column: 1 },
    help: 'free the files that are in use, or mend the permissions of the target folder, and run the task again',
  });
}

/** A linker that misses a library says no more than its name. */
function explain(request: RunRequest, links: readonly GoLink[]): void {
  for (const link of links) {
    if (!placedBy(request, link).some(isGoLibrary))
      request.print(
        renderDiagnostic(
          noGoLibrary(link, nameOf(request, link)),
          request.files.readText(workspacePath(link.span.file)),
        ),
      );
  }
}
