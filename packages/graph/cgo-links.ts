import type { Diagnostic } from '#diagnostics';
import { canBuild, canUseDirective, type CgoDirective, type GoFileHeader } from '#go';
import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Crate } from './crates.js';
import { findLibrary, libraryAtPlace, libraryInFolder, type LibraryIndex } from './libraries.js';
import { parseLinkWords, searchFolders } from './link-words.js';
import type { CgoLink, Edge } from './model.js';
import { packageFolderOf, type GoModule } from './modules.js';

/** The tag that replaces every bridge by its mock. */
export const MOCK_TAG = 'grout_mock';

/** What a module's `#cgo` lines say about crates of this workspace. */
export interface ModuleLinks {
  readonly links: readonly CgoLink[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the crates whose libraries the `#cgo LDFLAGS` of the module name. */
export function resolveCgoLinks(module: GoModule, libraries: LibraryIndex, world: BuildWorld): ModuleLinks {
  const builds = { ...world, cgo: 'on' as const };
  const files = module.files.filter((file) => file.cgo.length > 0 && canBuild(file, builds));
  const searched = searchedFolders(files);
  const directives = files.flatMap((file) =>
    file.cgo
      .filter((directive) => directive.verb === 'LDFLAGS' && canUseDirective(file, directive, builds))
      .map((directive) => ({ directive, folder: folderOf(workspacePath(file.file)) })),
  );
  const found = directives.map((each) => linksOfDirective(each, libraries, searched));
  const links = found.flatMap((each) => each.links);
  return {
    links,
    edges: links.map((link) => edgeOf(link, module)),
    diagnostics: [...found.flatMap((each) => each.diagnostics), ...searchedInVain(directives, links, libraries)],
  };
}

/** A `#cgo LDFLAGS` line that counts in some build, with the folder of its package. */
interface PlacedDirective {
  readonly directive: CgoDirective;
  readonly folder: WorkspacePath;
}

/** `-L` words with the place of a crate in dist whose library no word of the module names. */
function searchedInVain(
  directives: readonly PlacedDirective[],
  links: readonly CgoLink[],
  libraries: LibraryIndex,
): Diagnostic[] {
  return directives.flatMap(({ directive, folder }) =>
    searchFolders(directive.words).flatMap((word) => {
      const crate = libraryInFolder(word, libraries, folder);
      const isLinked = crate === undefined || links.some((link) => link.crate === crate.root);
      return isLinked ? [] : [unnamedLibrary(word, crate, directive)];
    }),
  );
}

function edgeOf({ crate, span }: CgoLink, module: GoModule): Edge {
  const fromPackage = packageFolderOf(module, span.file);
  return { from: module.root, to: crate, kind: 'cgo-link', evidence: span, fromPackage };
}

/** `-L` folders by folder of the package: the linker gets the flags of all its files together. */
function searchedFolders(files: readonly GoFileHeader[]): ReadonlyMap<WorkspacePath, readonly string[]> {
  const byFolder = new Map<WorkspacePath, string[]>();
  for (const file of files) {
    const folder = folderOf(workspacePath(file.file));
    const found = file.cgo.flatMap(({ verb, words }) => (verb === 'LDFLAGS' ? searchFolders(words) : []));
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), ...found]);
  }
  return byFolder;
}

function linksOfDirective(
  { directive, folder }: PlacedDirective,
  libraries: LibraryIndex,
  searched: ReadonlyMap<WorkspacePath, readonly string[]>,
): { links: CgoLink[]; diagnostics: Diagnostic[] } {
  const links = new Map<WorkspacePath, CgoLink>();
  const diagnostics: Diagnostic[] = [];
  for (const name of parseLinkWords(directive.words)) {
    const found = findLibrary(name, libraries, folder, searched.get(folder) ?? []);
    const candidates = 'candidates' in found ? found.candidates : [];
    const misnamed =
      'candidates' in found && candidates.length === 0 ? libraryAtPlace(name, libraries, folder) : undefined;
    if (misnamed !== undefined) diagnostics.push(misnamedLibrary(name.words.join(' '), misnamed, directive));
    const crate = 'crate' in found ? found.crate : misnamed;
    if (crate !== undefined) {
      const { root } = crate;
      const words = [...(links.get(root)?.words ?? []), ...name.words];
      links.set(root, { crate: root, span: directive.span, words });
    } else if (candidates.length > 1) {
      diagnostics.push(ambiguousLink(name.words.join(' '), candidates, directive));
    }
  }
  return { links: [...links.values()], diagnostics };
}

function misnamedLibrary(words: string, crate: Crate, directive: CgoDirective): Diagnostic {
  return {
    code: 'graph/misnamed-library',
    severity: 'warning',
    message: `\`${words}\` is in the place of ${crate.root}, whose library is called \`${crate.side.library?.name ?? ''}\`: builds link that one`,
    span: directive.span,
    help: 'name the file as the crate does; where it is nx-grout that wrote the line, run nx sync',
  };
}

function unnamedLibrary(word: string, crate: Crate, directive: CgoDirective): Diagnostic {
  const library = crate.side.library?.name ?? '';
  return {
    code: 'graph/unnamed-library',
    severity: 'warning',
    message: `\`-L${word}\` is the place of ${crate.root}, but no \`-l\` names its library: a change of the crate reaches no build of Go`,
    span: directive.span,
    help: `write -l${library}; where the library had another name before, that file is still in dist, and is linked as it was`,
  };
}

function ambiguousLink(words: string, candidates: readonly Crate[], directive: CgoDirective): Diagnostic {
  const roots = candidates.map((crate) => crate.root).join(', ');
  return {
    code: 'graph/ambiguous-library',
    severity: 'warning',
    message: `\`${words}\` may be the library of several crates (${roots}), so no edge was drawn`,
    span: directive.span,
    help: 'give the crates different `[lib] name`s, or link by a path below the target folder of the one that is meant',
  };
}
