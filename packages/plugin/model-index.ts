import { FolderOwners, foldersUpwards, type ProjectModel } from '#graph';
import { folderOf, relativePath, type WorkspacePath } from '#paths';
import type { ModelIndex } from './input-surroundings.js';

/** Looks things of the model up by place. */
export function indexModel(model: ProjectModel, files: ReadonlySet<WorkspacePath>): ModelIndex {
  const projects = new Map(model.projects.map((project) => [project.root, project]));
  const owners = new FolderOwners(projects.keys(), files);
  const nested = nestedNames(projects.keys());
  const folders = new Map([...model.packages].map(([root, all]) => [root, new Set(all.map(({ folder }) => folder))]));
  let foldersWithFiles: ReadonlySet<WorkspacePath> | undefined;
  return {
    projects,
    packages: model.packages,
    participants: model.participants,
    files,
    hasFilesIn: (folder) => (foldersWithFiles ??= foldersOf(files)).has(folder),
    hasPackage: (root, folder) => folders.get(root)?.has(folder) === true,
    ownerOf: (folder) => owners.ownerOf(folder),
    nestedFolders: (root) => nested.get(root) ?? new Set(),
  };
}

function foldersOf(files: ReadonlySet<WorkspacePath>): ReadonlySet<WorkspacePath> {
  const folders = new Set<WorkspacePath>();
  for (const file of files) {
    for (let folder = folderOf(file); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

function nestedNames(roots: Iterable<WorkspacePath>): ReadonlyMap<WorkspacePath, ReadonlySet<string>> {
  const names = new Map<WorkspacePath, Set<string>>();
  for (const root of roots) {
    for (const above of foldersUpwards(root).slice(1)) {
      const [name = ''] = relativePath(above, root).split('/');
      const known = names.get(above);
      if (known === undefined) names.set(above, new Set([name]));
      else known.add(name);
    }
  }
  return names;
}
