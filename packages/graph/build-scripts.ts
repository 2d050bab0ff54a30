import type { Diagnostic, Span } from '#diagnostics';
import { folderOf, isInside, joinPath, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { NOT_BUILT_FOLDERS } from './crate-folder.js';
import type { Crate } from './crates.js';
import { findGoRuns } from './go-runs.js';
import type { GoTargets } from './go-targets.js';
import type { Edge, OutsideInput } from './model.js';
import type { OwnInputs } from './own-inputs.js';
import type { CompiledProto } from './rust-protos.js';
import type { CrateSource } from './rust-sources.js';
import type { ScriptPath } from './script-paths.js';

/** What one kind of evidence shows. */
export interface Reaches {
  readonly edges: readonly Edge[];
  readonly outsideInputs: readonly OutsideInput[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ScriptSurroundings {
  readonly targets: GoTargets;
  readonly own: OwnInputs;
  /** What grout.toml says that crates and modules need. */
  readonly declared: readonly Edge[];
}

/** Finds what a crate's build script builds of Go, and the files and folders beyond the crate's own inputs that it names. */
export function resolveBuildScript(
  crate: Crate,
  scripts: readonly CrateSource[],
  paths: readonly ScriptPath[],
  compiled: readonly CompiledProto[],
  { targets, own, declared }: ScriptSurroundings,
): Reaches {
  const linked = linkedModules(crate, scripts, targets);
  const hidden = linked.length === 0 ? hiddenSearch(crate, scripts, targets) : undefined;
  const ofHidden = hidden === undefined ? [] : declaredLinks(crate, hidden, declared, targets);
  const edges = [
    ...findGoRuns(scripts, targets),
    ...builtPackages(crate, scripts, paths, targets),
    ...linked,
    ...ofHidden,
  ];
  const protos = compiled.flatMap(({ files }) => files);
  const outsideInputs = paths
    .filter((path) => !isOwn(path, crate, own) && !isGoOf(path, edges, targets) && !isAboutProtos(path, protos))
    .map(({ path, isFolder, literal }): OutsideInput => {
      return { from: crate.root, path, isFolder, kind: 'build-script', evidence: literal.span };
    });
  const diagnostics = [
    ...(edges.length === 0 ? unseenBuilds(crate, scripts) : []),
    ...(hidden !== undefined && ofHidden.length === 0 ? [unseenLink(crate, hidden)] : []),
  ];
  return { edges, outsideInputs, diagnostics };
}

/**
 * Packages that the script builds without naming them where it does: in a variable, or as an argument of a builder. They
 * are the folders with Go that it names, or files where it names no folder.
 */
function builtPackages(
  { root }: Crate,
  scripts: readonly CrateSource[],
  paths: readonly ScriptPath[],
  targets: GoTargets,
): Edge[] {
  const namesBuilder = scripts.some(({ source }) => source.namesGoBuilder);
  const calls = scripts.flatMap(({ source }) => source.goCalls).filter(({ folder }) => folder === undefined);
  if (!namesBuilder && calls.length === 0) return [];
  const isArchive = namesBuilder || calls.some(({ buildmode }) => buildmode !== undefined);
  const edgesOf = (named: readonly ScriptPath[], folderOfPath: (path: WorkspacePath) => WorkspacePath): Edge[] =>
    named.flatMap(({ path, literal }): Edge[] => {
      const target = targets.inFolder(folderOfPath(path));
      const kind = isArchive ? 'c-archive' : 'go-command';
      return target === undefined ? [] : [{ from: root, ...target, kind, evidence: literal.span }];
    });
  const folders = paths.filter(({ isFolder }) => isFolder);
  const files = paths.filter(({ path, isFolder }) => !isFolder && path.endsWith('.go'));
  const byFolder = edgesOf(folders, (path) => path);
  return byFolder.length > 0 ? byFolder : edgesOf(files, folderOf);
}

/** Modules whose builds place in dist what the script names there. Nothing of dist is listed, nor need it be there yet. */
function linkedModules({ root }: Crate, scripts: readonly CrateSource[], targets: GoTargets): Edge[] {
  return scripts.flatMap(({ source }) =>
    source.literals.flatMap((literal): Edge[] => {
      const path = joinPath(root, literal.path);
      if (!isInside(path, DIST)) return [];
      const place = workspacePath(relativePath(DIST, path));
      const to = targets.isModule(place) ? place : folderOf(place);
      // All of dist lies in the folder of a module at the root: only a library's name is told from a folder's there.
      const isNamed = place === to || to !== '.' || LIBRARY_FILE.test(place);
      return targets.isModule(to) && isNamed ? [{ from: root, to, kind: 'go-library', evidence: literal.span }] : [];
    }),
  );
}

/**
 * A folder that the script tells the linker of, which is known to lie in dist, but not where; or which is not known at all,
 * in a script that puts a module's folder of dist behind one that it finds itself.
 */
function hiddenSearch({ root }: Crate, scripts: readonly CrateSource[], targets: GoTargets): Span | undefined {
  const searches = scripts.flatMap(({ source }) => source.unreadSearches);
  const inDist = searches.find(({ inside }) => inside !== undefined && isInside(joinPath(root, inside), DIST));
  if (inDist !== undefined) return inDist.span;
  const literals = scripts.flatMap(({ source }) => source.literals).map(({ path }) => workspacePath(path));
  const namesModule = literals.some((path) => {
    const place = workspacePath(relativePath(DIST, path));
    return path !== DIST && isInside(path, DIST) && targets.isModule(place);
  });
  return namesModule ? searches[0]?.span : undefined;
}

/** Modules that grout.toml says the crate needs: what the script takes from dist, their builds place there. */
function declaredLinks({ root }: Crate, evidence: Span, declared: readonly Edge[], targets: GoTargets): Edge[] {
  return declared
    .filter(({ from, to, testOnly }) => from === root && testOnly !== true && targets.isModule(to))
    .map(({ to }) => ({ from: root, to, kind: 'go-library', evidence }));
}

const LIBRARY_FILE = /^lib[^/]+\.(?:a|so|dylib|dll|h)$/;

/** Where builds place what they make, each below the path of its project. */
const DIST = workspacePath('dist');

/**
 * A folder that holds files which builds otherwise leave alone counts with all that is in it. Projects inside the crate, and
 * its folders of tests, have to be named for cargo to watch: any word may be such a folder's name.
 */
function isOwn({ path, isFolder, literal }: ScriptPath, { root }: Crate, own: OwnInputs): boolean {
  if (!isFolder) return own.holds(root, path, 'build');
  if (isInside(root, path)) return true;
  if (literal.takesFolder === true) return own.holdsFolder(root, path, 'build');
  return NOT_BUILT_FOLDERS.includes(relativePath(root, path)) || own.holdsOwn(root, path, 'build');
}

/**
 * What is built takes part by its edge, and without its tests: the sources of that package, and folders that hold it. Other
 * Go files of the module count where the script names them.
 */
function isGoOf({ path, isFolder }: ScriptPath, edges: readonly Edge[], targets: GoTargets): boolean {
  const folder = isFolder ? path : folderOf(path);
  const target = isFolder || path.endsWith('.go') ? targets.inFolder(folder) : undefined;
  return edges.some(({ to, toPackage }) => {
    if (target?.to !== to || toPackage === undefined) return target?.to === to;
    const built = joinPath(to, toPackage);
    return isFolder ? isInside(built, folder) : built === folder;
  });
}

/** .proto files have inputs of their own; a folder that holds them is where the compiler searches for imports. */
function isAboutProtos({ path, isFolder, literal }: ScriptPath, protos: readonly WorkspacePath[]): boolean {
  if (!isFolder) return path.endsWith('.proto');
  return literal.takesFolder !== true && protos.some((proto) => isInside(proto, path));
}

function unseenBuilds({ root }: Crate, scripts: readonly CrateSource[]): Diagnostic[] {
  const calls = scripts.flatMap(({ source }) => source.goCalls).filter(({ folder }) => folder === undefined);
  return calls.slice(0, 1).map(({ span }) => ({
    code: 'graph/unseen-go-build',
    severity: 'info',
    message: `the build script of ${root} runs go in a folder that is only known when it runs, so no edge was drawn`,
    span,
    help: 'write the folder as a literal, or declare the edge in grout.toml: `[[edges]]` with from, to and why',
  }));
}

function unseenLink({ root }: Crate, span: Span): Diagnostic {
  return {
    code: 'graph/unseen-go-library',
    severity: 'warning',
    message: `the build script of ${root} links a library in dist whose folder is only known when it runs, so no edge was drawn`,
    span,
    help: 'write the folder as `Path::new(env!("CARGO_MANIFEST_DIR")).join("<path to dist/module>")`, or declare the edge in grout.toml: `[[edges]]` with from, to and why',
  };
}
