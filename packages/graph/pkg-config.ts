import { canUseDirective, type CgoDirective } from '#go';
import { baseName, folderOf, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Crate } from './crates.js';
import { foldersUpwards, isSetAside } from './folder-index.js';
import { isLinkable } from './libraries.js';
import type { Edge } from './model.js';
import { packageFolderOf, type GoModule } from './modules.js';

/** Crates by what pkg-config calls them. */
type PkgConfigNames = ReadonlyMap<string, ReadonlySet<Crate>>;

/** Finds the crates that the `#cgo pkg-config` lines of the modules name. A name that fits several draws no edge. */
export function findPkgConfigEdges(
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  crates: ReadonlyMap<WorkspacePath, Crate>,
  files: Iterable<WorkspacePath>,
  world: BuildWorld,
): Edge[] {
  const wanted = [...modules.values()].flatMap((module) => pkgConfigLines(module, world));
  if (wanted.length === 0) return [];
  const inPcFiles = namesOfPcFiles(crates, files);
  const ofCrates = namesOfCrates(crates.values());
  return wanted.flatMap(({ module, directive }) =>
    packagesOf(directive).flatMap((name): Edge[] => {
      const [crate, ...others] = inPcFiles.get(name) ?? ofCrates.get(name) ?? [];
      if (crate === undefined || others.length > 0) return [];
      const fromPackage = packageFolderOf(module, directive.span.file);
      return [{ from: module.root, to: crate.root, kind: 'cgo-pkg-config', evidence: directive.span, fromPackage }];
    }),
  );
}

function pkgConfigLines(module: GoModule, world: BuildWorld): { module: GoModule; directive: CgoDirective }[] {
  const builds = { ...world, cgo: 'on' as const };
  return module.files.flatMap((file) =>
    file.cgo
      .filter((directive) => directive.verb === 'pkg-config' && canUseDirective(file, directive, builds))
      .map((directive) => ({ module, directive })),
  );
}

/** Words without options and versions (`x >= 1.2`); a path to a .pc file counts by its name. */
function packagesOf({ words }: CgoDirective): string[] {
  return words
    .filter((word, index) => /^[^-<>=!]/.test(word) && !/^[<>=!]+$/.test(words[index - 1] ?? ''))
    .map((word) => baseName(word).replace(/\.pc$/, ''));
}

/** A .pc file, or the template of one, in the folder of a crate describes that crate. */
function namesOfPcFiles(crates: ReadonlyMap<WorkspacePath, Crate>, files: Iterable<WorkspacePath>): PkgConfigNames {
  const names = new Map<string, Set<Crate>>();
  for (const file of files) {
    const name = /^(.+)\.pc(?:\.in)?$/.exec(baseName(file))?.[1];
    const folder = folderOf(file);
    if (name === undefined || isSetAside(folder)) continue;
    const root = foldersUpwards(folder).find((candidate) => crates.has(candidate));
    add(names, name, root === undefined ? undefined : crates.get(root));
  }
  return names;
}

function namesOfCrates(crates: Iterable<Crate>): PkgConfigNames {
  const names = new Map<string, Set<Crate>>();
  for (const crate of crates) {
    if (!isLinkable(crate)) continue;
    add(names, crate.side.package, crate);
    add(names, crate.side.library?.name, crate);
  }
  return names;
}

function add(names: Map<string, Set<Crate>>, name: string | undefined, crate: Crate | undefined): void {
  if (name === undefined || crate === undefined) return;
  const sharing = names.get(name);
  if (sharing === undefined) names.set(name, new Set([crate]));
  else sharing.add(crate);
}
