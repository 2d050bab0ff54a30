import type { RustSide } from '#graph';
import type { CommandPlan } from './command-plan.js';
import { tripleOf } from './cargo-commands.js';
import type { BuildOptions } from './options.js';
import { carriedArguments, type CarriedCrates } from './rust-archive.js';
import { parseSystemLibraries } from './system-libraries.js';

/**
 * Asks the compiler what it would give a linker for a library that holds these crates. Nothing is linked: the linker that
 * it is told of does not exist, so the call fails in any case, after the answer.
 * @param folder absolute; nothing gets there
 */
export function planLinkerWords(
  { cargoWorkspace }: RustSide,
  options: BuildOptions,
  { program, folder, crates }: { readonly program: string; readonly folder: string; readonly crates: CarriedCrates },
): CommandPlan {
  const triple = tripleOf(options);
  return {
    program,
    args: [
      ...['--crate-type=cdylib', '--crate-name=grout_words', '--print=link-args'],
      // Crates for either way of panicking can be linked to what aborts.
      ...['-C', 'linker=grout-links-nothing', '-C', 'panic=abort'],
      ...(triple === undefined ? [] : ['--target', triple]),
      ...carriedArguments(crates),
      ...['--out-dir', folder, '-'],
    ],
    cwd: cargoWorkspace,
    env: {},
    diagnostics: [],
  };
}

/** Libraries in what `rustc --print link-args` prints, as {@link parseSystemLibraries} has them; undefined for anything else. */
export function parseLinkerWords(printed: string): string[] | undefined {
  const words = [...printed.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word);
  if (!printed.includes('grout-links-nothing')) return undefined;
  const libraries = words.filter(
    (word, index) => /^-l.|^[^/\\-]+\.lib$/.test(word) || word === '-framework' || words[index - 1] === '-framework',
  );
  return parseSystemLibraries(libraries.join(' '));
}

/** Whether a source of Rust may say `#[link(name = …)]`. */
export function mayNameLibrary(text: string): boolean {
  return /\blink\s*\([^)]*\bname\s*=/.test(text);
}

/** Absolute paths of the sources in a file that cargo writes beside an artifact, `<artifact>: <source> <source>`. */
export function parseSourcesOfArtifact(text: string): string[] {
  const paths = text.split('\n').flatMap((line) => line.split(/(?<!\\) /).slice(1));
  return [...new Set(paths.filter((path) => path !== '').map((path) => path.replaceAll('\\ ', ' ')))];
}
