import type { RustSide } from '#graph';
import type { CommandPlan } from './command-plan.js';
import { tripleOf } from './cargo-commands.js';
import type { BuildOptions } from './options.js';

/** File beside a static library that says what of the system to link with it; undefined for a crate that makes none. */
export function systemLibrariesFile({ library }: Pick<RustSide, 'library'>): string | undefined {
  return library?.crateTypes.includes('staticlib') === true ? `${library.name}.system-libraries` : undefined;
}

/**
 * Asks the compiler what Rust's own library needs of the system, on the platform of the build.
 * @param folder absolute; gets a library that nobody needs
 */
export function planStandardLibraries(
  { cargoWorkspace }: RustSide,
  options: BuildOptions,
  { program, folder }: { readonly program: string; readonly folder: string },
): CommandPlan {
  const triple = tripleOf(options);
  return {
    program,
    args: [
      ...['--crate-type=staticlib', '--crate-name=grout_nothing', '--print=native-static-libs'],
      ...(triple === undefined ? [] : ['--target', triple]),
      ...['--out-dir', folder, '-'],
    ],
    cwd: cargoWorkspace,
    env: {},
    diagnostics: [],
  };
}

/** What rustc says for people when it is asked for them. */
export function parseStandardLibraries(said: string): string[] {
  return parseSystemLibraries(/native-static-libs: (.*)/.exec(said)?.[1] ?? '');
}

/**
 * Linker words out of what `rustc --print native-static-libs` says, each whole by itself, so that none is lost where
 * two are alike. The C library is left out: Go's linker adds it itself, in its place.
 */
export function parseSystemLibraries(printed: string): string[] {
  return printed
    .replaceAll(/(?<=^|\s)-framework\s+(?=\S)/g, '-Wl,-framework,')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-lc' && !/^(?:msvcrt|libcmt)d?\.lib$/.test(word));
}

/**
 * What build scripts told cargo to link, as linker words; static libraries are in the archive already.
 * @param packages ids of those whose scripts count; all where it is not given
 * Format: https://doc.rust-lang.org/cargo/reference/external-tools.html#build-script-output
 */
export function parseScriptLibraries(messages: string, packages?: ReadonlySet<string>): string[] {
  const words = messages.split('\n').flatMap((line) => {
    if (!line.startsWith('{"reason":"build-script-executed"')) return [];
    const { package_id, linked_libs } = JSON.parse(line) as { package_id: string; linked_libs: readonly string[] };
    return packages?.has(package_id) === false ? [] : linked_libs.flatMap(linkerWord);
  });
  return [...new Set(words)];
}

/** `kind[:modifiers]=name[:rename]`, or the name alone. */
function linkerWord(library: string): string[] {
  const [, kind = 'dylib', name = ''] = /^(?:([a-z-]+)(?::[^=]*)?=)?([^:]*)/.exec(library) ?? [];
  if (name === '' || kind.startsWith('static')) return [];
  return [kind === 'framework' ? `-Wl,-framework,${name}` : `-l${name}`];
}
