import type { Diagnostic } from '#diagnostics';
import { matchesContext, type CgoDirective, type GoFileHeader } from '#go';
import { baseName, folderOf, isInside, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { resolveCgoIncludes } from './cgo-includes.js';
import type { Crate } from './crates.js';
import type { CgoInclude, CgoLink } from './model.js';
import { isNeverBuilt, type GoModule } from './modules.js';

/** The tag that replaces every bridge by its mock. */
export const MOCK_TAG = 'grout_mock';

/** What a module's `#cgo` lines say about crates of this workspace. */
export interface ModuleLinks {
  readonly links: readonly CgoLink[];
  /** Whether every file that links a crate is left out under the mock tag. */
  readonly goneWhenMocked: boolean;
  readonly includes: readonly CgoInclude[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the crates by their library names. A name that two crates share needs a path that says which one is meant. */
export function resolveCgoLinks(module: GoModule, librariesByName: ReadonlyMap<string, readonly Crate[]>): ModuleLinks {
  const links: CgoLink[] = [];
  const diagnostics: Diagnostic[] = [];
  const includes: CgoInclude[] = [];
  let goneWhenMocked = true;
  for (const file of module.files) {
    if (isNeverBuilt(file)) continue;
    includes.push(...resolveCgoIncludes(file));
    for (const directive of file.cgo) {
      const found = linksOfDirective(file, directive, librariesByName);
      links.push(...found.links);
      diagnostics.push(...found.diagnostics);
      if (found.links.length > 0 && !isGoneWhenMocked(file)) goneWhenMocked = false;
    }
  }
  return { links, goneWhenMocked, includes, diagnostics };
}

/** Crates that another language can link, by the name their library has there. */
export function indexLibraries(crates: Iterable<Crate>): ReadonlyMap<string, readonly Crate[]> {
  const byName = new Map<string, Crate[]>();
  for (const crate of crates) {
    const { library } = crate.side;
    if (library?.crateTypes.some((type) => type === 'staticlib' || type === 'cdylib') !== true) continue;
    byName.set(library.name, [...(byName.get(library.name) ?? []), crate]);
  }
  return byName;
}

function linksOfDirective(
  file: GoFileHeader,
  directive: CgoDirective,
  librariesByName: ReadonlyMap<string, readonly Crate[]>,
): { links: CgoLink[]; diagnostics: Diagnostic[] } {
  if (directive.verb !== 'LDFLAGS') return { links: [], diagnostics: [] };
  const links = new Map<WorkspacePath, CgoLink>();
  const diagnostics: Diagnostic[] = [];
  const folder = folderOf(workspacePath(file.file));
  for (const word of directive.words) {
    const name = libraryOfWord(word);
    const candidates = name === undefined ? [] : (librariesByName.get(name) ?? []);
    const crate = chooseCrate(candidates, folder, word);
    if (crate !== undefined) {
      const words = [...(links.get(crate.root)?.words ?? []), word];
      links.set(crate.root, { crate: crate.root, span: directive.span, words });
    } else if (candidates.length > 1) {
      diagnostics.push(ambiguousLink(word, candidates, directive));
    }
  }
  return { links: [...links.values()], diagnostics };
}

/** Library that a linker word names: `-lx`, `-l:libx.a` or a path that ends in libx.a, libx.so, libx.dylib or x.lib. */
export function libraryOfWord(word: string): string | undefined {
  const flag = /^-l:?(.+)$/.exec(word)?.[1];
  const file = baseName((flag ?? word).replaceAll('\\', '/'));
  const library = /^lib(.+)\.(?:a|so|dylib)$/.exec(file)?.[1] ?? /^(.+)\.lib$/.exec(file)?.[1];
  return library ?? (flag?.includes('/') === false ? flag : undefined);
}

/** Where the path of the word lies decides between crates of one library name. */
function chooseCrate(candidates: readonly Crate[], folder: WorkspacePath, word: string): Crate | undefined {
  if (candidates.length <= 1) return candidates[0];
  const target = pathOfWord(folder, word);
  if (target === undefined) return undefined;
  const placed = candidates.filter(({ root }) => target === joinPath(workspacePath('dist'), root, baseName(target)));
  const built = candidates.filter(({ side }) => isInside(target, joinPath(side.cargoWorkspace, 'target')));
  const near = candidates.filter(({ root }) => root !== '.' && isInside(target, root));
  return [placed, near, built].find((choice) => choice.length === 1)?.[0];
}

function pathOfWord(folder: WorkspacePath, word: string): WorkspacePath | undefined {
  return word.startsWith('${SRCDIR}/') ? joinPath(folder, word.slice('${SRCDIR}/'.length)) : undefined;
}

function isGoneWhenMocked(file: GoFileHeader): boolean {
  return !matchesContext(file, { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set([MOCK_TAG]) });
}

function ambiguousLink(word: string, candidates: readonly Crate[], directive: CgoDirective): Diagnostic {
  const roots = candidates.map((crate) => crate.root).join(', ');
  return {
    code: 'graph/ambiguous-library',
    severity: 'warning',
    message: `\`${word}\` may be the library of several crates (${roots}), so no edge was drawn`,
    span: directive.span,
    help: 'give the crates different `[lib] name`s, or link by a path below the target folder of the one that is meant',
  };
}
