import { canBuild, canUseDirective, type GoFileHeader } from '#go';
import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import type { CSources } from './c-sources.js';
import { isPlain, resolveCIncludes } from './cgo-includes.js';
import { resolveLinkedFiles } from './linked-files.js';
import type { CgoInput } from './model.js';
import { isNeverBuilt, type GoModule } from './modules.js';

/** What the packages of a module take in from elsewhere in the workspace by C includes and linker flags. */
export function resolveCgoInputs(
  module: GoModule,
  sources: CSources,
  files: ReadonlySet<WorkspacePath>,
  world: BuildWorld,
): CgoInput[] {
  if (!sources.areBelow(module.root) && module.files.every(isPlain)) return [];
  const builds = { ...world, cgo: 'any' as const };
  const built = module.files.filter((file) => !isNeverBuilt(file) && canBuild(file, builds));
  const included = [...byFolder(built)].flatMap(([folder, own]) => resolveCIncludes(folder, own, sources));
  const flags = built.flatMap((file) => {
    const words = file.cgo.flatMap((directive) =>
      directive.verb === 'LDFLAGS' && canUseDirective(file, directive, builds) ? directive.words : [],
    );
    return words.length === 0 ? [] : [{ file, words }];
  });
  return [...included, ...resolveLinkedFiles(flags, files)];
}

function byFolder(files: readonly GoFileHeader[]): ReadonlyMap<WorkspacePath, GoFileHeader[]> {
  const folders = new Map<WorkspacePath, GoFileHeader[]>();
  for (const file of files) {
    const folder = folderOf(workspacePath(file.file));
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [file]);
    else list.push(file);
  }
  return folders;
}
