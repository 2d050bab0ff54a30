import { foldersUpwards, type ProjectModel } from '#graph';
import { baseName, folderOf, relativePath, type WorkspacePath } from '#paths';
import type { ModelIndex } from './input-surroundings.js';

/** Files by which Nx, or one of the plugins for other languages, makes a folder a project. */
const PROJECT_FILES: ReadonlySet<string> = new Set([
  ...['project.json', 'package.json', 'deno.json', 'deno.jsonc', 'composer.json'],
  ...['pyproject.toml', 'pom.xml', 'build.gradle', 'build.gradle.kts'],
]);

/** Looks things of the model up by place. */
export function indexModel(model: ProjectModel, files: ReadonlySet<WorkspacePath>): ModelIndex {
  const projects = new Map(model.projects.map((project) => [project.root, project]));
  const owners = new Set(projects.keys());
  for (const file of files) if (PROJECT_FILES.has(baseName(file))) owners.add(folderOf(file));
  const nested = nestedNames(projects.keys());
  const folders = new Map([...model.packages].map(([root, all]) => [root, new Set(all.map(({ folder }) => folder))]));
  return {
    projects,
    packages: model.packages,
    participants: model.participants,
    files,
    hasPackage: (root, folder) => folders.get(root)?.has(folder) === true,
    ownerOf: (folder) => foldersUpwards(folder).find((candidate) => owners.has(candidate)),
    nestedFolders: (root) => nested.get(root) ?? new Set(),
  };
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
