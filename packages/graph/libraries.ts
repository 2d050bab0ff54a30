import { isInside, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { Crate } from './crates.js';
import { withoutSuffixes, type LinkedName } from './link-words.js';

/** Crates that another language can link, by the name their library has there. */
export type LibraryIndex = ReadonlyMap<string, readonly Crate[]>;

export function indexLibraries(crates: Iterable<Crate>): LibraryIndex {
  const byName = new Map<string, Crate[]>();
  for (const crate of crates) {
    const { library } = crate.side;
    if (library === undefined || !isLinkable(crate)) continue;
    const sharing = byName.get(library.name);
    if (sharing === undefined) byName.set(library.name, [crate]);
    else sharing.push(crate);
  }
  return byName;
}

/** Whether the crate makes a library that another language can link. */
export function isLinkable({ side }: Crate): boolean {
  return side.library?.crateTypes.some((type) => type === 'staticlib' || type === 'cdylib') === true;
}

/** The crate that is meant, or all between which nothing decides. */
export type FoundLibrary = { readonly crate: Crate } | { readonly candidates: readonly Crate[] };

/**
 * The crate whose library the words name. A name that several crates share needs a path that says which one is meant; a
 * name with a suffix counts only where without it it fits one crate.
 * @param folder what relative paths start from
 * @param searched folders of `-L` words, as written
 */
export function findLibrary(
  name: LinkedName,
  libraries: LibraryIndex,
  folder: WorkspacePath,
  searched: readonly string[],
): FoundLibrary {
  const exact = libraries.get(name.library) ?? [];
  const [only, ...others] = exact;
  if (only === undefined) return findWithoutSuffix(name.library, libraries);
  if (others.length === 0) return { crate: only };
  const places = name.path === undefined ? searched.map((each) => `${each}/lib${name.library}`) : [name.path];
  const meant = new Set(places.map((place) => chooseByPlace(exact, pathOf(folder, place))));
  meant.delete(undefined);
  const [crate] = meant;
  return crate !== undefined && meant.size === 1 ? { crate } : { candidates: exact };
}

function findWithoutSuffix(library: string, libraries: LibraryIndex): FoundLibrary {
  const fitting = withoutSuffixes(library).flatMap((name) => libraries.get(name) ?? []);
  const [crate] = fitting;
  return crate !== undefined && fitting.length === 1 ? { crate } : { candidates: [] };
}

/**
 * The crate in whose place in dist the file would lie that the words name, though it makes none of that name: nothing else
 * is there, so that what the words find is at best what the crate made when its library was called so.
 */
export function libraryAtPlace(
  { path }: LinkedName,
  libraries: LibraryIndex,
  folder: WorkspacePath,
): Crate | undefined {
  const place = path === undefined ? undefined : pathOf(folder, path);
  return place === undefined ? undefined : crates(libraries).find((each) => isDirectlyIn(place, placeInDist(each)));
}

/** The crate whose artifacts are in the folder, as written from `folder`. */
export function libraryInFolder(searched: string, libraries: LibraryIndex, folder: WorkspacePath): Crate | undefined {
  const place = pathOf(folder, searched);
  return crates(libraries).find((each) => placeInDist(each) === place);
}

function crates(libraries: LibraryIndex): Crate[] {
  return [...libraries.values()].flat();
}

/** Where the build of a crate puts its artifacts. */
function placeInDist({ root }: Pick<Crate, 'root'>): WorkspacePath {
  return joinPath(workspacePath('dist'), root);
}

function pathOf(folder: WorkspacePath, path: string): WorkspacePath | undefined {
  const relative = path.replace(/^\$\{SRCDIR\}(?:\/|$)/, './');
  return /^[$/\\]/.test(relative) ? undefined : joinPath(folder, relative);
}

/** A file in dist/<root>, in the crate's own folder, or in the target folder of its Cargo workspace tells crates apart. */
function chooseByPlace(candidates: readonly Crate[], place: WorkspacePath | undefined): Crate | undefined {
  if (place === undefined) return undefined;
  const placed = candidates.filter(({ root }) => isDirectlyIn(place, placeInDist({ root })));
  const near = candidates.filter(({ root }) => root !== '.' && isInside(place, root));
  const built = candidates.filter(({ side }) => isInside(place, joinPath(side.cargoWorkspace, 'target')));
  return [placed, near, built].find((choice) => choice.length === 1)?.[0];
}

function isDirectlyIn(place: WorkspacePath, folder: WorkspacePath): boolean {
  return isInside(place, folder) && !place.slice(folder.length + 1).includes('/');
}
