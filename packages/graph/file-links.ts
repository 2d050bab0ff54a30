import { folderOf, relativePath, type WorkspacePath } from '#paths';
import { NOT_BUILT_FOLDERS } from './crate-folder.js';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';
import type { OutsideInput } from './model.js';
import { packageFolders, type GoModule } from './modules.js';

/** Sources that are symbolic links: Nx sees the link, and compilers read what it leads to. */
export function findLinkedSources(
  { fileLinks }: Pick<WorkspaceFacts, 'fileLinks'>,
  crates: ReadonlyMap<WorkspacePath, unknown>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
): OutsideInput[] {
  return [...fileLinks].flatMap(([link, path]): OutsideInput[] => {
    const owners = link.endsWith('.rs') ? crates : modules;
    const from = foldersUpwards(folderOf(link)).find((folder) => owners.has(folder));
    if (from === undefined) return [];
    const evidence = { file: link, line: 1, column: 1 };
    const input: OutsideInput = { from, path, isFolder: false, kind: 'link', evidence };
    if (owners === crates) return [isTestOfCrate(relativePath(from, link)) ? { ...input, testOnly: true } : input];
    const fromPackage = relativePath(from, folderOf(link));
    const module = modules.get(from);
    if (module === undefined || !packageFolders(module).includes(fromPackage)) return [];
    return [{ ...input, fromPackage, ...(link.endsWith('_test.go') ? { testOnly: true } : {}) }];
  });
}

function isTestOfCrate(path: string): boolean {
  return NOT_BUILT_FOLDERS.includes(path.split('/', 1)[0] ?? '');
}
