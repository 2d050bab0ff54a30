import { createHash } from 'node:crypto';
import { DiagnosticError } from '#diagnostics';
import { matchesContext, parseGoFileHeader, type BuildContext, type GoFileHeader } from '#go';
import { reachableFrom, type GoSide } from '#graph';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import {
  artifactFolder,
  companionFlags,
  LINKED_SET,
  linkableLibrary,
  noLinkableLibrary,
  parseLinkedSet,
  systemLibrariesFile,
  type LinkedLibrary,
} from '#plan';
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
  return goClosure(request).flatMap((side) => {
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

/** The module and all that it imports. */
function goClosure({ project, projects }: Pick<RunRequest, 'project' | 'projects'>): GoSide[] {
  const imports = new Map([...projects].map(([root, { go }]) => [root, go?.imports ?? []]));
  return reachableFrom([project.root], imports).flatMap((root) => projects.get(root)?.go ?? []);
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

/** What a Go call links of Rust. */
export interface LinkedRust {
  /** In the order in which the sources name the crates. */
  readonly libraries: readonly LinkedLibrary[];
  /** Linker words for libraries of the system that these ask for. */
  readonly system: readonly string[];
}

/**
 * The built libraries that the files link, with the digest of their bytes: those of the target's link step where it has
 * one, else what the builds of the crates placed.
 * @throws DiagnosticError when one was not built
 */
export function readLinkedRust(request: RunRequest, files: readonly OverlaidFile[]): LinkedRust {
  const crates = [...new Set(files.flatMap((file) => file.links.map((link) => link.crate)))];
  const { linkFolder } = request.options;
  const folder = linkFolder === undefined ? undefined : workspacePath(linkFolder);
  const set =
    folder === undefined ? undefined : parseLinkedSet(request.files.readText(joinPath(folder, LINKED_SET)) ?? '');
  const placed = (crate: WorkspacePath): WorkspacePath | undefined => {
    if (folder === undefined) return builtLibrary(request, crate);
    const file = set?.libraries.find((library) => library.crates.includes(crate))?.file;
    return file === undefined ? undefined : joinPath(folder, file);
  };
  return {
    libraries: crates.map((crate) => readLibrary(request, crate, placed(crate))),
    system: folder === undefined ? crates.flatMap((crate) => readSystemLibraries(request, crate)) : (set?.system ?? []),
  };
}

/** What the build of the crate found that its library needs; nothing where it made another kind. */
function readSystemLibraries({ files, projects }: RunRequest, crate: WorkspacePath): string[] {
  const { rust } = projects.get(crate) ?? {};
  const name = rust && systemLibrariesFile(rust);
  const text = name === undefined ? undefined : files.readText(joinPath(artifactFolder(crate), name));
  return text?.split('\n').filter((word) => word !== '') ?? [];
}

function builtLibrary({ files, projects }: RunRequest, crate: WorkspacePath): WorkspacePath | undefined {
  const folder = artifactFolder(crate);
  const { rust } = projects.get(crate) ?? {};
  const name = rust && linkableLibrary(rust, (fileName) => files.isFile(joinPath(folder, fileName)));
  return name === undefined ? undefined : joinPath(folder, name);
}

function readLibrary(request: RunRequest, crate: WorkspacePath, path: WorkspacePath | undefined): LinkedLibrary {
  const bytes = path === undefined ? undefined : request.files.readBytes(path);
  if (path === undefined || bytes === undefined) {
    throw new DiagnosticError(noLinkableLibrary(request.projects.get(crate) ?? { root: crate, name: crate }));
  }
  return { crate, path, digest: createHash('sha256').update(bytes).digest('hex') };
}
