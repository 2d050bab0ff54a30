import { canBuild, type GoFileHeader } from '#go';
import { baseName, folderOf, isInside, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { Crate } from './crates.js';
import type { Edge } from './model.js';
import { commandsOf, packageFolderOf, type GoModule } from './modules.js';

/**
 * Finds the crates whose artifacts `//go:embed` patterns name: the file is not in the repository, and exactly one crate,
 * and no Go command, makes one of that name.
 */
export function findEmbedEdges(
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  files: ReadonlySet<WorkspacePath>,
  world: BuildWorld,
): Edge[] {
  const embeds = [...modules.values()].flatMap((module) => embedsOf(module, world));
  if (embeds.length === 0) return [];
  const makers = makersByArtifact(crates.values(), modules.values());
  return embeds.flatMap(({ module, file, pattern, span }): Edge[] => {
    const [crate, ...others] = makers.get(baseName(pattern)) ?? [];
    if (crate === undefined || crate === 'go' || others.length > 0) return [];
    if (isThere(joinPath(folderOf(workspacePath(file.file)), pattern), files)) return [];
    const fromPackage = packageFolderOf(module, file.file);
    const edge: Edge = { from: module.root, to: crate.root, kind: 'go-embed', evidence: span, fromPackage };
    return [file.isTest ? { ...edge, testOnly: true } : edge];
  });
}

type Embed = GoFileHeader['embeds'][number] & { readonly module: GoModule; readonly file: GoFileHeader };

function embedsOf(module: GoModule, world: BuildWorld): Embed[] {
  return module.files.flatMap((file) => {
    if (file.embeds.length === 0 || !canBuild(file, { ...world, cgo: 'on' })) return [];
    return file.embeds.map(({ pattern, span }) => ({ module, file, pattern: pattern.replace(/^all:/, ''), span }));
  });
}

/** Who makes a file of this name: crates, and Go programs as one. */
function makersByArtifact(
  crates: Iterable<Crate>,
  modules: Iterable<GoModule>,
): ReadonlyMap<string, ReadonlySet<Crate | 'go'>> {
  const makers = new Map<string, Set<Crate | 'go'>>();
  const add = (name: string, maker: Crate | 'go'): void => {
    const known = makers.get(name);
    if (known === undefined) makers.set(name, new Set([maker]));
    else known.add(maker);
  };
  for (const crate of crates) for (const name of crate.side.artifacts) add(name, crate);
  for (const module of modules) {
    for (const { name } of commandsOf(module)) for (const suffix of ['', '.exe', '.wasm']) add(name + suffix, 'go');
  }
  return makers;
}

/** Whether the repository has the file, or files in a folder of that name. */
function isThere(path: WorkspacePath, files: ReadonlySet<WorkspacePath>): boolean {
  return files.has(path) || [...files].some((file) => isInside(file, path));
}
