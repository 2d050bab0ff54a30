import type { Choices } from './choices.js';

/** How one crate needs another. */
export interface CrateNeed {
  /** Name of the other. */
  readonly crate: string;
  readonly kind: 'normal' | 'dev' | 'build';
  readonly isOptional: boolean;
  readonly onlyOnWindows: boolean;
  /** Name that the code has for it, where that is another than its own. */
  readonly alias?: string;
  /** Whether the path stands in `[workspace.dependencies]`. */
  readonly isInherited: boolean;
}

export interface RandomCrate {
  readonly name: string;
  readonly folder: string;
  /** Folder of the Cargo workspace it belongs to; its own where it belongs to none. */
  readonly cargoWorkspace: string;
  readonly isStaticlib: boolean;
  readonly hasBuildScript: boolean;
  readonly hasBinary: boolean;
  /** Whether the library takes its README in with `include_str!`. */
  readonly includesReadme: boolean;
  needs: CrateNeed[];
}

export interface CargoWorkspace {
  readonly folder: string;
  readonly membersAreGlobs: boolean;
  /** Folders below it that are no members. */
  readonly excluded: readonly string[];
}

export interface RandomCrates {
  readonly workspaces: readonly CargoWorkspace[];
  /** A crate needs only crates before it, but for dev-dependencies. */
  readonly crates: readonly RandomCrate[];
}

/** Folder of the second Cargo workspace, which is a crate as well. */
const SECOND = 'native';

/** @param loneFolder where the crate goes that belongs to no Cargo workspace; it may lie in the folder of a Go module */
export function randomCrates(choices: Choices, loneFolder: string): RandomCrates {
  const main = choices.pick(['.', 'rust']);
  const crates: RandomCrate[] = [];
  for (const place of randomPlaces(choices)) {
    const name = `c${String(crates.length).padStart(2, '0')}`;
    const folder = folderOf(place, name, main, crates, choices, loneFolder);
    const cargoWorkspace = { main, second: SECOND, part: SECOND, lone: folder }[place];
    crates.push({ ...traits(choices), name, folder, cargoWorkspace, needs: [] });
  }
  for (const [index, crate] of crates.entries()) {
    crate.needs = choices.some(crates.slice(0, index), 3).map(({ name }) => randomNeed(choices, crate, name));
  }
  if (choices.chance(40)) closeDevCycle(choices, crates);
  const homes = [...new Set(crates.map(({ cargoWorkspace }) => cargoWorkspace))];
  const workspaces = homes
    .filter((home) => home === main || home === SECOND)
    .map((folder) => ({
      folder,
      membersAreGlobs: choices.chance(50),
      excluded: folder === '.' ? homes.filter((home) => home !== '.') : [],
    }));
  return { workspaces, crates };
}

/** A member of the main workspace, the root crate of the second one, a member of that, or a crate of no workspace. */
type Place = 'main' | 'second' | 'part' | 'lone';

function randomPlaces(choices: Choices): Place[] {
  const places: Place[] = Array.from({ length: 4 + choices.below(4) }, () => 'main');
  const putIn = (place: Place): void => {
    places.splice(choices.below(places.length + 1), 0, place);
  };
  if (choices.chance(60)) {
    putIn('second');
    for (let count = choices.below(3); count > 0; count--) putIn('part');
  }
  if (choices.chance(60)) putIn('lone');
  return places;
}

function folderOf(
  place: Place,
  name: string,
  main: string,
  crates: readonly RandomCrate[],
  choices: Choices,
  loneFolder: string,
): string {
  if (place === 'second') return SECOND;
  if (place === 'part') return `${SECOND}/parts/${name}`;
  if (place === 'lone') return loneFolder;
  const hosts = crates.filter(({ cargoWorkspace, folder }) => cargoWorkspace === main && !folder.includes('/inner/'));
  return hosts.length > 0 && choices.chance(20)
    ? `${choices.pick(hosts).folder}/inner/${name}`
    : below(main, `crates/${name}`);
}

function traits(
  choices: Choices,
): Pick<RandomCrate, 'isStaticlib' | 'hasBuildScript' | 'hasBinary' | 'includesReadme'> {
  return {
    isStaticlib: choices.chance(40),
    hasBuildScript: choices.chance(30),
    hasBinary: choices.chance(25),
    includesReadme: choices.chance(25),
  };
}

/** One more need, of any kind. */
export function randomNeed(choices: Choices, from: RandomCrate, to: string): CrateNeed {
  const kind = choices.pick(['normal', 'normal', 'normal', 'dev', 'build'] as const);
  return {
    crate: to,
    kind,
    isOptional: kind !== 'dev' && choices.chance(25),
    onlyOnWindows: choices.chance(15),
    ...(choices.chance(25) ? { alias: `also_${to}` } : {}),
    isInherited: from.cargoWorkspace !== from.folder && choices.chance(30),
  };
}

/** Cargo allows it: a library needs another one, whose tests need the first. */
function closeDevCycle(choices: Choices, crates: readonly RandomCrate[]): void {
  const pairs = crates.flatMap((from) => from.needs.map(({ crate }) => ({ from, to: crate })));
  if (pairs.length === 0) return;
  const { from, to } = choices.pick(pairs);
  const needed = crates.find(({ name }) => name === to);
  needed?.needs.push({
    crate: from.name,
    kind: 'dev',
    isOptional: false,
    onlyOnWindows: false,
    isInherited: false,
  });
}

export function below(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
