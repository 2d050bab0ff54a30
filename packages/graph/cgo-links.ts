import type { Diagnostic } from '#diagnostics';
import { canBuild, canUseDirective, type CgoDirective, type GoFileHeader } from '#go';
import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Crate } from './crates.js';
import { findLibrary, type LibraryIndex } from './libraries.js';
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
  const found = files.flatMap((file) =>
    file.cgo
      .filter((directive) => directive.verb === 'LDFLAGS' && canUseDirective(file, directive, builds))
      .map((directive) => linksOfDirective(file, directive, libraries, searched)),
  );
  const links = found.flatMap((each) => each.links);
  return {
    links,
    edges: links.map((link) => edgeOf(link, module)),
    diagnostics: found.flatMap((each) => each.diagnostics),
  };
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
  file: GoFileHeader,
  directive: CgoDirective,
  libraries: LibraryIndex,
  searched: ReadonlyMap<WorkspacePath, readonly string[]>,
): { links: CgoLink[]; diagnostics: Diagnostic[] } {
  const links = new Map<WorkspacePath, CgoLink>();
  const diagnostics: Diagnostic[] = [];
  const folder = folderOf(workspacePath(file.file));
  for (const name of parseLinkWords(directive.words)) {
    const found = findLibrary(name, libraries, folder, searched.get(folder) ?? []);
    if ('crate' in found) {
      const { root } = found.crate;
      const words = [...(links.get(root)?.words ?? []), ...name.words];
      links.set(root, { crate: root, span: directive.span, words });
    } else if (found.candidates.length > 1) {
      diagnostics.push(ambiguousLink(name.words.join(' '), found.candidates, directive));
    }
  }
  return { links: [...links.values()], diagnostics };
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
