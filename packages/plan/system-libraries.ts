import type { RustSide } from '#graph';
import type { WorkspacePath } from '#paths';
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
  cargoWorkspace: WorkspacePath,
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

/** What rustc says for people when it is asked for them; undefined where it does not answer. */
export function parseStandardLibraries(said: string): string[] | undefined {
  const printed = /native-static-libs: (.*)/.exec(said)?.[1];
  return printed === undefined ? undefined : parseSystemLibraries(printed);
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
 * What build scripts told cargo to link, as linker words; static libraries that are bundled are in the archive already.
 * @param packages ids of those whose scripts count; all where it is not given
 * Format: https://doc.rust-lang.org/cargo/reference/external-tools.html#build-script-output
 */
export function parseScriptLibraries(messages: string, packages?: ReadonlySet<string>): string[] {
  return [...new Set(scriptMessages(messages, packages).flatMap(({ linked_libs }) => linked_libs.flatMap(linkerWord)))];
}

/**
 * Absolute folders in which build scripts told the linker to look for what is not in the archive; a script that names no
 * library does so for attributes in the sources.
 * @param packages as in {@link parseScriptLibraries}
 */
export function parseScriptFolders(messages: string, packages?: ReadonlySet<string>): string[] {
  const looking = scriptMessages(messages, packages).filter(
    ({ linked_libs }) => linked_libs.length === 0 || linked_libs.some((library) => linkerWord(library).length > 0),
  );
  const paths = looking.flatMap(({ linked_paths }) => linked_paths ?? []);
  return [...new Set(paths.flatMap((path) => /^(?:(?:native|all)=)?([^=]+)$/.exec(path)?.[1] ?? []))];
}

interface ScriptMessage {
  readonly package_id: string;
  readonly linked_libs: readonly string[];
  /** `kind=folder`, or the folder alone. */
  readonly linked_paths?: readonly string[];
}

function scriptMessages(messages: string, packages: ReadonlySet<string> | undefined): ScriptMessage[] {
  const lines = messages.split('\n').filter((line) => line.startsWith('{"reason":"build-script-executed"'));
  return lines
    .map((line) => JSON.parse(line) as ScriptMessage)
    .filter(({ package_id }) => packages?.has(package_id) !== false);
}

/**
 * `kind[:modifiers]=name[:rename]`, or the name alone, as the linker is told of it.
 * Source: https://doc.rust-lang.org/rustc/command-line-arguments.html#-l-link-the-generated-crate-to-a-native-library
 */
function linkerWord(library: string): string[] {
  const [, kind = 'dylib', modifiers = '', name = '', rename = name] =
    /^(?:([a-z-]+)(?::([^=]*))?=)?([^:]*)(?::(.+))?$/.exec(library) ?? [];
  const set = new Set(modifiers.split(','));
  if (rename === '') return [];
  if (kind === 'framework') return [`-Wl,-framework,${rename}`];
  const isLinked = kind === 'dylib' || (kind === 'static' && set.has('-bundle'));
  return isLinked ? [`-l${set.has('+verbatim') ? ':' : ''}${rename}`] : [];
}
