import type { GoFileHeader } from '#go';
import { folderOf, joinPath, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { CgoInclude } from './model.js';

/** Flags that add a folder to the C include path; the folder follows at once or as the next word. */
const FOLDER_FLAGS = ['-I', '-iquote', '-isystem', '-idirafter'];

/**
 * Folders of this workspace other than the file's own whose headers a cgo file may include. Neither `go` nor Nx sees them
 * by themselves: go looks at the files of the package's folder only.
 */
export function resolveCgoIncludes(file: GoFileHeader): CgoInclude[] {
  const path = workspacePath(file.file);
  const own = folderOf(path);
  const searched = file.cgo
    .filter(({ verb }) => verb.endsWith('FLAGS') && verb !== 'LDFLAGS')
    .flatMap(({ words }) => foldersOfWords(words, own));
  const named = file.cIncludes
    .filter(({ path: header }) => header.includes('/') && !header.startsWith('/'))
    .map(({ path: header }) => folderOf(joinPath(own, header)));
  return [...new Set([...searched, ...named])]
    .filter((folder) => folder !== own && !leavesWorkspace(folder))
    .map((folder) => ({ file: path, folder }));
}

function foldersOfWords(words: readonly string[], own: WorkspacePath): WorkspacePath[] {
  return words.flatMap((word, index) => {
    const flag = FOLDER_FLAGS.find((candidate) => word.startsWith(candidate));
    if (flag === undefined) return [];
    const value = word === flag ? (words[index + 1] ?? '') : word.slice(flag.length);
    const relative = value.replace(/^\$\{SRCDIR\}\/?/, '');
    return value === '' || relative.startsWith('/') ? [] : [joinPath(own, relative)];
  });
}
