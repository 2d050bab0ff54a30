import { isMember, type CargoManifest, type CargoWorkspace } from '#cargo';
import { folderOf, joinPath, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { isSetAside } from './folder-index.js';

/**
 * Tells the folders that some manifest names as a member, a path dependency or a patch: crates even when they lie in a
 * vendor folder. What is data itself, as a whole Cargo workspace in testdata/ is, names nothing unless it is named.
 */
export function namedByManifests(manifests: readonly CargoManifest[]): (folder: WorkspacePath) => boolean {
  const named = new NamedFolders();
  let waiting = manifests;
  for (;;) {
    const rest: CargoManifest[] = [];
    const real = waiting.filter((manifest) => {
      const root = folderOf(workspacePath(manifest.file));
      const isReal = !isSetAside(root) || named.has(root);
      if (!isReal) rest.push(manifest);
      return isReal;
    });
    if (real.length === 0) return (folder) => named.has(folder);
    for (const manifest of real) named.add(manifest);
    waiting = rest;
  }
}

class NamedFolders {
  readonly #roots = new Set<WorkspacePath>();
  readonly #workspaces: { readonly root: WorkspacePath; readonly workspace: CargoWorkspace }[] = [];

  add({ file, dependencies, patches, workspace }: CargoManifest): void {
    const root = folderOf(workspacePath(file));
    if (workspace !== undefined) this.#workspaces.push({ root, workspace });
    for (const { path } of [...dependencies, ...patches, ...(workspace?.dependencies ?? [])]) {
      if (path !== undefined) this.#roots.add(joinPath(root, path));
    }
  }

  has(folder: WorkspacePath): boolean {
    if (this.#roots.has(folder)) return true;
    return this.#workspaces.some(({ root, workspace }) => isMember(relativePath(root, folder), workspace));
  }
}
