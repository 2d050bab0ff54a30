import { createHash } from 'node:crypto';
import { DiagnosticError } from '#diagnostics';
import { matchesContext, parseGoFileHeader, type BuildContext, type GoFileHeader } from '#go';
import { reachableFrom, type GoSide, type Project } from '#graph';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { artifactFolder, companionFlags, linkableLibrary, noLinkableLibrary, type LinkedLibrary } from '#plan';
import type { OverlaidFile } from '#plan';
import { readHeaderDigest } from './header-digest.js';
import type { RunRequest } from './run-request.js';

/**
 * The files of the module's closure whose result go cannot foresee, as far as tags, platform and cgo let them in: they
 * link crates or committed libraries, or include C sources of other folders. Importers come before what they import, as linkers want it.
 */
export function readOverlaidFiles(
  request: RunRequest,
  wanted: ReadonlySet<WorkspacePath>,
  context: BuildContext,
): OverlaidFile[] {
  return closure(request).flatMap((side) => {
    const names = [...side.links.map((link) => link.span.file), ...side.cgoInputs.map((input) => input.file)];
    return [...new Set(names.map(workspacePath))].flatMap((file) => {
      const header = readHeader(request, file);
      if (header === undefined || !matchesContext(header, context)) return [];
      const links = side.links.filter((link) => link.span.file === file && wanted.has(link.crate));
      const paths = side.cgoInputs.filter((input) => input.file === file).map(({ path }) => path);
      const headers = paths.length === 0 ? {} : { headers: readHeaderDigest(request.files, paths) };
      return [{ file, text: request.files.readText(file) ?? '', links, ...headers }];
    });
  });
}

function closure(request: RunRequest): GoSide[] {
  const imports = new Map([...request.projects].map(([root, project]) => [root, project.go?.imports ?? []]));
  return reachableFrom([request.project.root], imports).flatMap((root) => request.projects.get(root)?.go ?? []);
}

function readHeader(request: RunRequest, file: WorkspacePath): GoFileHeader | undefined {
  const text = request.files.readText(file);
  return text === undefined ? undefined : parseGoFileHeader(file, text).value;
}

/** Libraries that belong behind those of the crates: any file of a linking package can name them. */
export function readCompanions(request: RunRequest, files: readonly OverlaidFile[], context: BuildContext): string[] {
  const links = files.flatMap((file) => file.links);
  const folders = new Set(files.filter((file) => file.links.length > 0).map((file) => folderOf(file.file)));
  return [...folders].flatMap((folder) =>
    request.files
      .list(folder)
      .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
      .flatMap((name) => {
        const header = readHeader(request, joinPath(folder, name));
        return header !== undefined && matchesContext(header, context) ? companionFlags(header, context, links) : [];
      }),
  );
}

/**
 * The built libraries that the files link, in the order in which the sources name them, with the digest of their bytes.
 * @throws DiagnosticError when one was not built
 */
export function readLinkedLibraries(request: RunRequest, files: readonly OverlaidFile[]): LinkedLibrary[] {
  const crates = new Set(files.flatMap((file) => file.links.map((link) => link.crate)));
  return [...crates].map((crate) => readLibrary(request, crate, request.projects.get(crate)));
}

function readLibrary(request: RunRequest, crate: WorkspacePath, project: Project | undefined): LinkedLibrary {
  const folder = artifactFolder(crate);
  const { rust } = project ?? {};
  const name = rust && linkableLibrary(rust, (fileName) => request.files.isFile(joinPath(folder, fileName)));
  const path = name === undefined ? undefined : joinPath(folder, name);
  const bytes = path === undefined ? undefined : request.files.readBytes(path);
  if (path === undefined || bytes === undefined) {
    throw new DiagnosticError(noLinkableLibrary(project ?? { root: crate, name: crate }));
  }
  return { crate, path, digest: createHash('sha256').update(bytes).digest('hex') };
}
