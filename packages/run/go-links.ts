import { createHash } from 'node:crypto';
import { DiagnosticError } from '#diagnostics';
import { matchesContext, parseGoFileHeader } from '#go';
import { reachableFrom, type CgoLink, type Project } from '#graph';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import {
  artifactFolder,
  companionFlags,
  goSideOf,
  linkableLibrary,
  listNames,
  noLinkableLibrary,
  type GoVerb,
  type LinkedLibrary,
} from '#plan';
import type { RunRequest } from './run-request.js';
import type { GoEnvironment } from './tools.js';

/** A cgo file whose `#cgo` lines link crates, and which this build takes. */
export interface LinkingFile {
  readonly file: WorkspacePath;
  readonly text: string;
  readonly links: readonly CgoLink[];
  /** Libraries that belong behind those of the crates. */
  readonly companions: readonly string[];
}

/** The cgo files of the module's closure that the build's tags and platform let in. */
export function readLinkingFiles(
  request: RunRequest,
  verb: GoVerb,
  env: GoEnvironment,
  tags: readonly string[],
): LinkingFile[] {
  if (!env.cgo) return [];
  const go = goSideOf(request.project);
  const wanted = new Set(verb === 'build' ? go.linkedCrates : go.testLinkedCrates);
  const links = closureLinks(request).filter((link) => wanted.has(link.crate));
  const files = new Set(links.map((link) => workspacePath(link.span.file)));
  return [...files].flatMap((file) => {
    const own = links.filter((link) => link.span.file === file);
    const text = request.files.readText(file);
    if (text === undefined) return [];
    const header = parseGoFileHeader(file, text).value;
    const context = { goos: env.goos, goarch: env.goarch, cgo: true, tags: new Set(tags) };
    if (header === undefined || !matchesContext(header, context)) return [];
    return [{ file, text, links: own, companions: companionFlags(header, context, own) }];
  });
}

function closureLinks(request: RunRequest): CgoLink[] {
  const imports = new Map([...request.projects].map(([root, project]) => [root, project.go?.imports ?? []]));
  return reachableFrom([request.project.root], imports).flatMap((root) => request.projects.get(root)?.go?.links ?? []);
}

/**
 * The built libraries that the files link, with the digest of their bytes.
 * @throws DiagnosticError when one was not built
 */
export function readLinkedLibraries(request: RunRequest, files: readonly LinkingFile[]): LinkedLibrary[] {
  const crates = new Set(files.flatMap((file) => file.links.map((link) => link.crate)));
  return [...crates].sort().map((crate) => readLibrary(request, crate, request.projects.get(crate)));
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

/** Tags of a build: what was asked for and what GOFLAGS brings. */
export function buildTags(request: RunRequest, goflagsTags: string | undefined): string[] {
  return [...listNames(goflagsTags), ...listNames(request.options.tags), ...listNames(request.options.features)];
}
