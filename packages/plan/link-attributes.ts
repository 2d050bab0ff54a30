/**
 * Whether a crate of these sources may have an attribute `#[link(name = …)]`. Only the compiler knows for certain, since
 * macros of other crates may bring one: where one is called, or anything of the sources is not known, it may.
 * @param sources texts of all files that the crate is made from; undefined for one that cannot be read
 */
export function mayNameLibrary(sources: readonly (string | undefined)[]): boolean {
  // Cargo lists build scripts as well: what these say, `cargo:rustc-link-lib=…`, is no attribute.
  const own = new Set(sources.flatMap((text) => capturesOf(text, /\bmacro_rules\s*!\s*(\w+)/g)));
  return sources.some((text) => text === undefined || /(?<!-)\blink\b/.test(text) || mayExpandToLink(text, own));
}

/** Absolute paths of the sources in a file that cargo writes beside an artifact, `<artifact>: <source> <source>`. */
export function parseSourcesOfArtifact(text: string): string[] {
  const paths = text.split('\n').flatMap((line) => line.split(/(?<!\\) /).slice(1));
  return [...new Set(paths.filter((path) => path !== '').map((path) => path.replaceAll('\\ ', ' ')))];
}

/** @param own macros whose text is among the sources */
function mayExpandToLink(text: string, own: ReadonlySet<string>): boolean {
  const isKnownMacro = (path: string): boolean => {
    const [name = '', ...before] = path.split('::').reverse();
    return before.every((part) => NEAR.has(part)) && (own.has(name) || EXPANDS_TO_NO_ITEM.has(name));
  };
  const derived = capturesOf(text, /\bderive\s*\(([^)]*)\)/g).flatMap((list) => list.split(','));
  return (
    !capturesOf(text, /(\$?\b(?:\w+::)*\w+)\s*!\s*[([{]/g).every(isKnownMacro) ||
    !capturesOf(text, /#!?\s*\[\s*(?:unsafe\s*\(\s*)?([\w:$]*)/g).every((name) => PLAIN_ATTRIBUTES.has(name)) ||
    !derived.every((name) => STANDARD_DERIVES.has(name.trim()))
  );
}

function capturesOf(text: string | undefined, form: RegExp): string[] {
  return [...(text ?? '').matchAll(form)].map(([, captured = '']) => captured);
}

function wordsOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

const NEAR = wordsOf('std core alloc crate $crate self super');

/** Macros of the standard library, and words that `!` may follow otherwise. */
const EXPANDS_TO_NO_ITEM = wordsOf(
  'assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne cfg column compile_error concat dbg env',
  'eprint eprintln file format format_args include_bytes include_str line matches module_path option_env',
  'panic print println stringify thread_local todo unimplemented unreachable vec write writeln',
  'else if in match return while',
);

/** What the compiler knows of itself, and what brings no other. Source: https://doc.rust-lang.org/reference/attributes.html */
const PLAIN_ATTRIBUTES = wordsOf(
  'allow cfg cold default deny deprecated derive doc expect export_name forbid global_allocator ignore inline',
  'link_name link_section macro_export must_use no_mangle no_std non_exhaustive panic_handler path repr should_panic',
  'target_feature test track_caller used warn rustfmt::skip',
);

const STANDARD_DERIVES = wordsOf('Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd', '');
