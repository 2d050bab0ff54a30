import type { CreateDependenciesContext } from '@nx/devkit';
import { foldersUpwards, isSetAside, parseMetadata } from '#graph';
import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';

/**
 * By name of a Go module's project, the projects that own Go files of the module: Nx gives each file to the project with
 * the nearest root, Go to the nearest go.mod. A crate in a package's folder is the common case.
 */
export function nestedProjects(
  context: Pick<CreateDependenciesContext, 'projects' | 'fileMap'>,
): ReadonlyMap<string, readonly string[]> {
  const modules = new Map<WorkspacePath, string>();
  for (const [name, { root, metadata }] of Object.entries(context.projects)) {
    if (parseMetadata(metadata)?.go !== undefined) modules.set(workspacePath(root), name);
  }
  const nested = new Map<string, string[]>();
  for (const [owner, files] of Object.entries(context.fileMap.projectFileMap)) {
    for (const module of modulesOfFiles(files, modules)) {
      if (module !== owner) nested.set(module, [...(nested.get(module) ?? []), owner]);
    }
  }
  return nested;
}

function modulesOfFiles(
  files: readonly { readonly file: string }[],
  modules: ReadonlyMap<WorkspacePath, string>,
): ReadonlySet<string> {
  const folders = new Set(
    files.filter(({ file }) => file.endsWith('.go')).map(({ file }) => folderOf(workspacePath(file))),
  );
  return new Set(
    [...folders].flatMap((folder) => {
      const root = foldersUpwards(folder).find((candidate) => modules.has(candidate));
      if (root === undefined || isSetAside(workspacePath(relativePath(root, folder)))) return [];
      return modules.get(root) ?? [];
    }),
  );
}
