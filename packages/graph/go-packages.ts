import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { CgoInput, PackageSources } from './model.js';
import { isNeverBuilt, packageFolders, type GoModule } from './modules.js';

/** The packages of a module with what their builds read, in the order of their folders. */
export function packageSources(
  module: GoModule,
  cgoInputs: readonly CgoInput[] = [],
  unlisted: Iterable<string> = [],
): PackageSources[] {
  const folderOfFile = (file: string): string => relativePath(module.root, folderOf(workspacePath(file)));
  const embeds = new Map<string, Set<string>>();
  for (const file of module.files) {
    if (file.embeds.length === 0 || file.isTest || isNeverBuilt(file)) continue;
    const folder = folderOfFile(file.file);
    const patterns = embeds.get(folder) ?? new Set();
    for (const { pattern } of file.embeds) patterns.add(folder === '.' ? pattern : `${folder}/${pattern}`);
    embeds.set(folder, patterns);
  }
  const listed = packageFolders(module).map((folder) => ({
    folder,
    embeds: [...(embeds.get(folder) ?? [])].sort(),
    ...takenIn(cgoInputs.filter(({ file }) => folderOfFile(file) === folder)),
  }));
  const others = [...unlisted]
    .sort()
    .map((folder) => ({ folder, embeds: [], includes: [], files: [], isUnlisted: true as const }));
  return [...listed, ...others];
}

function takenIn(inputs: readonly CgoInput[]): Pick<PackageSources, 'includes' | 'files'> {
  const pathsOf = (wanted: boolean): WorkspacePath[] => [
    ...new Set(inputs.flatMap(({ path, isFolder }) => (isFolder === wanted ? [path] : []))),
  ];
  return { includes: pathsOf(true), files: pathsOf(false) };
}
