import type { GoFileHeader } from '#go';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { pathOfWord } from './cgo-includes.js';
import { searchFolders } from './link-words.js';
import type { CgoInput } from './model.js';

/** The `#cgo LDFLAGS` of one file, as far as some build takes them. */
export interface LinkerFlags {
  readonly file: GoFileHeader;
  readonly words: readonly string[];
}

/**
 * Files that somebody committed and the linker reads: libraries by path or by `-L` and `-l`, objects, linker scripts.
 * What a crate's task makes is in no repository and so is not among them. All packages of a program share their search
 * folders, as the linker gets their flags together.
 */
export function resolveLinkedFiles(flags: readonly LinkerFlags[], files: ReadonlySet<WorkspacePath>): CgoInput[] {
  if (flags.length === 0) return [];
  const folders = new Set(flags.flatMap(searchedFolders));
  return flags.flatMap(({ file, words }) => {
    const own = folderOf(workspacePath(file.file));
    const named = words.flatMap((word) => piecesOf(word)).flatMap((piece) => pathOfWord(piece, own) ?? []);
    const linked = librariesOf(words).flatMap((library) =>
      [...folders].flatMap((folder) => fileNames(library).map((name) => joinPath(folder, name))),
    );
    const found = new Set([...named, ...linked].filter((path) => files.has(path)));
    return [...found].map((path): CgoInput => ({ file: workspacePath(file.file), path, isFolder: false }));
  });
}

function searchedFolders({ file, words }: LinkerFlags): WorkspacePath[] {
  const own = folderOf(workspacePath(file.file));
  return searchFolders(words).flatMap((folder) => pathOfWord(folder, own) ?? []);
}

/** A path may be the word, or stand in one for the linker: `-Wl,--version-script=x.map,y.a`. */
function piecesOf(word: string): string[] {
  return word.startsWith('-') ? word.split(/[,=]/).slice(1) : [word];
}

/** Names after `-l`. */
function librariesOf(words: readonly string[]): string[] {
  const flat = words.flatMap((word) => (word.startsWith('-Wl,') ? word.split(',').slice(1) : [word]));
  return flat.flatMap((word, index) => {
    if (!word.startsWith('-l')) return [];
    return word === '-l' ? (flat[index + 1] ?? []) : [word.slice(2)];
  });
}

/** What linkers of the common systems look for. */
function fileNames(library: string): string[] {
  if (library.startsWith(':')) return [library.slice(1)];
  const suffixes = ['.a', '.so', '.dylib', '.tbd', '.dll.a', '.dll'].map((suffix) => `lib${library}${suffix}`);
  return [...suffixes, `${library}.lib`, `${library}.dll`, `${library}.dll.lib`];
}
