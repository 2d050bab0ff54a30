import { isFromElsewhere, type GoFileHeader } from '#go';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { isElsewhere, type CSources, type Reach } from './c-sources.js';
import type { CgoInput } from './model.js';

/** Flags that add a folder to the C include path; the folder follows at once or as the next word. */
const FOLDER_FLAGS = ['-I', '-iquote', '-isystem', '-idirafter'];

/** Flags that include a file in every source; it follows as the next word. */
const FILE_FLAGS = ['-include', '-imacros'];

/**
 * What the C and assembler sources of one package take in from outside its folder. Neither `go` nor Nx sees it by
 * itself: go looks at the files of the package's folder only.
 * @param files those of one package that may be built together
 */
export function resolveCIncludes(own: WorkspacePath, files: readonly GoFileHeader[], sources: CSources): CgoInput[] {
  if (!sources.areBelow(own) && files.every(isPlain)) return [];
  const searched = files.flatMap((file) => foldersOfFlags(file, own));
  const named = files.map((file) => ({ file: workspacePath(file.file), starts: startsOf(file, searched, sources) }));
  const direct = named.flatMap(({ file, starts }) => starts.map((reach): CgoInput => ({ file, ...reach })));
  const known = new Set(direct.map(({ path }) => path));
  const starts = named.flatMap((each) => each.starts);
  const indirect = sources.follow(own, starts, searched).filter(({ path }) => !known.has(path));
  return [...direct, ...carriersOf(files).flatMap((file) => indirect.map((reach): CgoInput => ({ file, ...reach })))];
}

/** Whether the file says nothing to a C compiler. */
export function isPlain({ cgo, cIncludes }: GoFileHeader): boolean {
  return cgo.length + cIncludes.length === 0;
}

/** Go sources that stand for the C sources of their package: those that call them, or all where cgo is not in use. */
function carriersOf(files: readonly GoFileHeader[]): WorkspacePath[] {
  const sources = files.filter(({ isTest }) => !isTest);
  const cgo = sources.filter(({ importsC }) => importsC);
  return (cgo.length === 0 ? sources : cgo).map(({ file }) => workspacePath(file));
}

/** What the flags and the preamble of one file name; a folder of a preamble counts though nothing is in it yet. */
function startsOf(file: GoFileHeader, searched: readonly WorkspacePath[], sources: CSources): Reach[] {
  const own = folderOf(workspacePath(file.file));
  const folders = foldersOfFlags(file, own).map((path): Reach => ({ path, isFolder: true }));
  const forced = compilerWords(file).flatMap((words) => argumentsOf(words, FILE_FLAGS, own));
  const included = file.cIncludes
    .filter(({ path }) => isFromElsewhere(path))
    .flatMap(({ path }) => {
      const found = sources.resolve(path, own, searched);
      return found.length === 0 ? [{ path: folderOf(joinPath(own, path)), isFolder: true }] : found;
    });
  const all = [...folders, ...forced.flatMap((path) => sources.resolve(path, workspacePath('.'), [])), ...included];
  return [...new Map(all.filter((reach) => isElsewhere(reach, own)).map((reach) => [reach.path, reach])).values()];
}

function foldersOfFlags(file: GoFileHeader, own: WorkspacePath): WorkspacePath[] {
  return compilerWords(file).flatMap((words) => argumentsOf(words, FOLDER_FLAGS, own));
}

function compilerWords(file: GoFileHeader): (readonly string[])[] {
  return file.cgo.flatMap(({ verb, words }) => (verb.endsWith('FLAGS') && verb !== 'LDFLAGS' ? [words] : []));
}

function argumentsOf(words: readonly string[], flags: readonly string[], own: WorkspacePath): WorkspacePath[] {
  return words.flatMap((word, index) => {
    const flag = flags.find((candidate) => word.startsWith(candidate));
    if (flag === undefined) return [];
    const value = word === flag ? (words[index + 1] ?? '') : word.slice(flag.length);
    return pathOfWord(value, own) ?? [];
  });
}

/** Undefined for a path that does not begin in the workspace. */
export function pathOfWord(word: string, own: WorkspacePath): WorkspacePath | undefined {
  const relative = word.replace(/^\$\{SRCDIR\}\/?/, './');
  return relative === '' || /^(?:[$/\\]|[A-Za-z]:)/.test(relative) ? undefined : joinPath(own, relative);
}
