import { basename } from 'node:path/posix';
import type { Choices } from './choices.js';
import type { RandomCrate } from './crates.js';

/** Which file of the importing package has the import: one that every build takes, or only some. */
export type ImportPlace = 'source' | 'tagged' | 'windows' | 'test';

interface GoImport {
  readonly path: string;
  readonly place: ImportPlace;
}

export interface RandomPackage {
  /** Import path. */
  readonly path: string;
  readonly folder: string;
  /** As its package clauses say. */
  readonly name: string;
  readonly module: RandomModule;
  readonly isCommand: boolean;
  readonly hasEmbed: boolean;
  readonly hasTagged: boolean;
  readonly hasWindows: boolean;
  /** Name of the crate whose library it links. */
  readonly links?: string;
  imports: GoImport[];
}

export interface RandomModule {
  readonly path: string;
  readonly folder: string;
  /** Whether the go.work lists it. */
  readonly isInWork: boolean;
}

export interface RandomModules {
  /** Folder of the go.work; absent where there is none. */
  readonly work?: string;
  readonly modules: readonly RandomModule[];
  /** A package imports only packages before it. */
  readonly packages: readonly RandomPackage[];
}

/** Folders for modules, before anything lies in them. */
export function randomModuleFolders(choices: Choices): string[] {
  return Array.from({ length: 3 + choices.below(4) }, (_, index) => `go/m${String(index).padStart(2, '0')}`);
}

/** @param crates a module may lie in the folder of one, and packages link the libraries of others */
export function randomModules(
  choices: Choices,
  folders: readonly string[],
  crates: readonly RandomCrate[],
): RandomModules {
  const work = choices.pick(['.', 'go', undefined]);
  const modules: RandomModule[] = [];
  for (const folder of folders) modules.push(randomModule(choices, folder, work, modules, crates));
  const packages: RandomPackage[] = [];
  for (const module of modules) {
    const importable = packages.filter(({ isCommand, path }) => !isCommand && !path.includes('/internal/'));
    for (const relative of packageFolders(choices)) {
      const own = packages.filter((each) => each.module === module && !each.isCommand);
      packages.push(randomPackage(choices, module, relative, [...importable, ...own], crates));
    }
  }
  return { ...(work === undefined ? {} : { work }), modules, packages };
}

/** In its own folder, below another module with a path that begins with that one's, or in the folder of a crate. */
function randomModule(
  choices: Choices,
  folder: string,
  work: string | undefined,
  modules: readonly RandomModule[],
  crates: readonly RandomCrate[],
): RandomModule {
  const inWork = (place: string): boolean =>
    work !== undefined && (work === '.' || place.startsWith(`${work}/`)) && choices.chance(75);
  const outer = modules.filter((module) => !module.folder.includes('/extra'));
  if (outer.length > 0 && choices.chance(15)) {
    const { folder: around, path } = choices.pick(outer);
    const isFree = modules.every((module) => module.folder !== `${around}/extra`);
    if (isFree) return { path: `${path}/extra`, folder: `${around}/extra`, isInWork: inWork(`${around}/extra`) };
  }
  const hosts = crates.filter((crate) => modules.every((module) => module.folder !== `${crate.folder}/bindings`));
  const place = hosts.length > 0 && choices.chance(15) ? `${choices.pick(hosts).folder}/bindings` : folder;
  return { path: `example.com/${folder.replace('go/', '')}`, folder: place, isInWork: inWork(place) };
}

function packageFolders(choices: Choices): string[] {
  const libraries = choices.some(['internal/a', 'internal/b', 'pkg/x', 'pkg/y'], 3);
  return [...choices.some(['.'], 1), ...libraries, ...choices.some(['cmd/one', 'cmd/two', 'cmd/three'], 3)].concat(
    libraries.length === 0 ? ['lib'] : [],
  );
}

function randomPackage(
  choices: Choices,
  module: RandomModule,
  relative: string,
  importable: readonly RandomPackage[],
  crates: readonly RandomCrate[],
): RandomPackage {
  const linkable = crates.filter(({ isStaticlib }) => isStaticlib);
  const isCommand = relative.startsWith('cmd/');
  const hasTagged = choices.chance(20);
  const hasWindows = choices.chance(15);
  const places: ImportPlace[] = ['source', 'source', 'source', 'test'];
  if (hasTagged) places.push('tagged');
  if (hasWindows) places.push('windows');
  const folder = relative === '.' ? module.folder : `${module.folder}/${relative}`;
  return {
    path: relative === '.' ? module.path : `${module.path}/${relative}`,
    folder,
    name: isCommand ? 'main' : `p${basename(folder)}`,
    module,
    isCommand,
    hasEmbed: choices.chance(30),
    hasTagged,
    hasWindows,
    ...(linkable.length > 0 && choices.chance(isCommand ? 10 : 25) ? { links: choices.pick(linkable).name } : {}),
    imports: choices.some(importable, 3).map(({ path }) => ({ path, place: choices.pick(places) })),
  };
}
