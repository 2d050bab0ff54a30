import { createHash } from 'node:crypto';
import { DiagnosticError } from '#diagnostics';
import type { GoLink, Project, RustSide } from '#graph';
import { joinPath, type AbsolutePath } from '#paths';
import { artifactFolder, noGoLibrary, planClean } from '#plan';
import { readPlaceOfCargo } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/** Files that `go build -buildmode=c-archive` and `c-shared` make; a header alone is none. */
const LIBRARY = /^lib.+\.(?:a|so|dylib|dll)$/;

/**
 * Does work with cargo for crates whose build scripts link libraries of Go. Cargo follows the files that a script tells
 * it of, and many a script does not: what was built over other libraries is thrown away before.
 * @param projects what is built
 * @throws DiagnosticError when a library was not built
 */
export async function withGoLibraries(
  request: RunRequest,
  projects: readonly Project[],
  work: () => Promise<boolean>,
): Promise<boolean> {
  const links = projects.flatMap(({ rust }) => rust?.goLinks ?? []);
  const notes: { readonly path: AbsolutePath; readonly digest: string }[] = [];
  for (const root of new Set(links.map(({ crate }) => crate))) {
    const { rust } = request.projects.get(root) ?? {};
    if (rust === undefined) continue;
    const own = links.filter(({ crate }) => crate === root);
    const digest = own.map((link) => digestOf(request, link)).join(' ');
    const path =
      `${readPlaceOfCargo(request, rust.cargoWorkspace)}/.grout-go-libraries/${rust.package}` as AbsolutePath;
    notes.push({ path, digest });
    if (request.files.readForeignText(path) !== digest) await forget(request, rust);
    // Until the work is done nothing is known of what it leaves.
    request.files.writeForeignText(path, '');
  }
  const succeeded = await work();
  if (succeeded) for (const { path, digest } of notes) request.files.writeForeignText(path, digest);
  return succeeded;
}

/** Of all that the module's build placed for other languages. */
function digestOf({ files, projects }: RunRequest, link: GoLink): string {
  const folder = artifactFolder(link.module);
  const names = files.list(folder).filter((name) => LIBRARY.test(name) || name.endsWith('.h'));
  if (!names.some((name) => LIBRARY.test(name))) {
    throw new DiagnosticError(noGoLibrary(link, projects.get(link.module)?.name ?? link.module));
  }
  const hash = createHash('sha256');
  for (const name of [...names].sort()) hash.update(`${name}\n`).update(files.readBytes(joinPath(folder, name)) ?? '');
  return hash.digest('hex');
}

async function forget(request: RunRequest, rust: RustSide): Promise<void> {
  const { program, args, cwd } = planClean(rust, request.options);
  await request.processes.capture({ program, args, cwd: request.files.absolute(cwd) });
}
