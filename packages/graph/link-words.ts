import { baseName } from '#paths';

/** A library that words for the linker name. */
export interface LinkedName {
  /** As in `-l<library>`. */
  readonly library: string;
  /** The file, as written, when the words give its path; a `-l` leaves that to the search folders. */
  readonly path?: string;
  /** The words that would have to go to unlink it. */
  readonly words: readonly string[];
}

/** Linker options inside `-Wl,…` whose argument only looks like a library to link. */
const WITH_ARGUMENT: ReadonlySet<string> = new Set([
  ...['-rpath', '-rpath-link', '-R', '-soname', '--soname', '-h', '-install_name'],
  ...['-exclude-libs', '--exclude-libs', '-Map', '-o', '-T', '--version-script'],
]);

/**
 * Libraries that the words link: `-lx`, `-l x`, `-l:libx.a`, a path to a library file, and each of these inside
 * `-Wl,…`. Libraries outside the workspace by their absolute path are left out.
 */
export function parseLinkWords(words: readonly string[]): LinkedName[] {
  const names: LinkedName[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    if (word.startsWith('-Wl,')) {
      names.push(
        ...parseLinkWords(withoutArguments(word.split(',').slice(1))).map((name) => ({ ...name, words: [word] })),
      );
    } else if (word === '-l' && next !== undefined) {
      const library = libraryOfWord(`-l${next}`);
      if (library !== undefined) names.push({ library, words: [word, next] });
      index++;
    } else if (WITH_ARGUMENT.has(word) || word === '-L') {
      index++;
    } else {
      const library = libraryOfWord(word);
      if (library === undefined) continue;
      names.push({ library, ...(word.startsWith('-') ? {} : { path: word }), words: [word] });
    }
  }
  return names;
}

function withoutArguments(options: readonly string[]): string[] {
  return options.filter((option, index) => !WITH_ARGUMENT.has(option) && !WITH_ARGUMENT.has(options[index - 1] ?? ''));
}

/** Library that a linker word names: `-lx`, `-l:libx.a` or a path that ends in libx.a, libx.so, libx.dylib, x.lib or x.dll. */
function libraryOfWord(word: string): string | undefined {
  const flag = /^-l:?(.+)$/.exec(word)?.[1];
  if (flag === undefined && (word.startsWith('-') || isForeign(word))) return undefined;
  const file = baseName((flag ?? word).replaceAll('\\', '/'));
  const library =
    /^lib(.+?)(?:\.dll)?\.a$/.exec(file)?.[1] ??
    /^lib(.+)\.(?:so(?:\.\d+)*|dylib)$/.exec(file)?.[1] ??
    /^(.+?)(?:\.dll|(?:\.dll)?\.lib)$/.exec(file)?.[1];
  return library ?? (flag?.includes('/') === false ? flag : undefined);
}

/** An absolute path leads out of the workspace, except into the target folder of a build in a container. */
function isForeign(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(path) && !/[/\\]target[/\\]/.test(path);
}

/** Folders that the words tell the linker to search, as written. */
export function searchFolders(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word.startsWith('-Wl,')) return searchFolders(word.split(',').slice(1));
    if (!word.startsWith('-L')) return [];
    const folder = word === '-L' ? (words[index + 1] ?? '') : word.slice(2);
    return folder === '' ? [] : [folder];
  });
}

const PLATFORM =
  'x86_64|x86|i686|i386|aarch64|arm64|amd64|armv7|arm|riscv64|wasm32|unknown|linux|apple|darwin|macos|pc|windows|android|' +
  'ios|freebsd|gnu|musl|msvc';
const SUFFIX = new RegExp(`^(.+)[._-](?:${PLATFORM}|ffi)$`);

/** The name without each of the suffixes that copies of one library carry: `x.x86_64`, `x_ffi`, `x-linux-arm64`. */
export function withoutSuffixes(library: string): string[] {
  const names: string[] = [];
  for (let name = SUFFIX.exec(library)?.[1]; name !== undefined; name = SUFFIX.exec(name)?.[1]) names.push(name);
  return names;
}
