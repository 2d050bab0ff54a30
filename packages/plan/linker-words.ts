import type { WorkspacePath } from '#paths';
import type { CommandPlan } from './command-plan.js';
import { tripleOf } from './cargo-commands.js';
import type { BuildOptions } from './options.js';
import { parseSystemLibraries } from './system-libraries.js';

/**
 * Asks the compiler what it would give a linker for a library that holds crates. Nothing is linked: the linker that it is
 * told of does not exist, so the call fails in any case, after the answer.
 * @param folder absolute; nothing gets there
 * @param crates absolute path of a file with what `carriedArguments` says of the crates, a line each: a command line
 * would be too long for hundreds of them
 */
export function planLinkerWords(
  cargoWorkspace: WorkspacePath,
  options: BuildOptions,
  { program, folder, crates }: { readonly program: string; readonly folder: string; readonly crates: string },
): CommandPlan {
  const triple = tripleOf(options);
  return {
    program,
    args: [
      ...['--crate-type=cdylib', '--crate-name=grout_words', '--print=link-args'],
      // Crates for either way of panicking can be linked to what aborts.
      ...['-C', 'linker=grout-links-nothing', '-C', 'panic=abort'],
      ...(triple === undefined ? [] : ['--target', triple]),
      ...[`@${crates}`, '--out-dir', folder, '-'],
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
