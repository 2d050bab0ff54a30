import type { RustSource } from '#cargo';
import { foldersUpwards } from '#graph';
import { folderOf, joinPath, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { FileSystem } from '#workspace';

/**
 * Symbolic links to folders that paths in Rust sources go through. Nx does not list such links, and looking for them all
 * would mean to walk the disk: only paths that lead to no listed file are looked at.
 */
export function readFolderLinks(
  sources: readonly RustSource[],
  listed: ReadonlySet<WorkspacePath>,
  files: Pick<FileSystem, 'readLink'>,
): ReadonlyMap<WorkspacePath, WorkspacePath> {
  const looked = new Set<WorkspacePath>();
  const links = new Map<WorkspacePath, WorkspacePath>();
  for (const { file, includes, literals } of sources) {
    const folder = folderOf(workspacePath(file));
    const crate = foldersUpwards(folder).find((above) => listed.has(joinPath(above, 'Cargo.toml'))) ?? folder;
    for (const { path, base } of [...includes, ...literals]) {
      const meant = joinPath(base === 'file' ? folder : crate, path);
      if (listed.has(meant) || leavesWorkspace(meant) || !path.includes('/')) continue;
      for (const candidate of foldersUpwards(meant)) {
        if (looked.has(candidate)) break;
        looked.add(candidate);
        const target = files.readLink(candidate);
        if (target !== undefined) links.set(candidate, target);
      }
    }
  }
  return links;
}
