import { endOfDirective } from './cargo-directives.js';
import type { PathValue } from './rust-path-values.js';
import type { RustPath } from './types.js';

type LiteralPath = Pick<RustPath, 'path' | 'takesFolder'> & { readonly isManifest: boolean };

const LONGEST_PATH = 260;
/** What crates' own builds otherwise leave alone: Markdown, files of Go, and the folders of tests. */
const LEFT_ALONE = /\.(?:md|go)$|^(?:\.\/)?(?:tests|benches|examples)\//;
const NO_PATH = /[{}<>"|$\r\n\0]|:|^-|^~/;

/** The relative path that a text may be; undefined where it cannot be one. */
export function pathOfLiteral({ path, isManifest }: PathValue): LiteralPath | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  const bare = path.slice(endOfDirective(path)).replaceAll('\\', '/').replace(/^-I/, '');
  const fromManifest = bare.replace(/^(?:\$\{?CARGO_MANIFEST_DIR\}?|\{\w*\})\//, '');
  const isFromManifest = isManifest || fromManifest !== bare;
  // Text added to a folder's begins with a slash.
  const relative = isFromManifest || fromManifest.startsWith('/../') ? fromManifest.replace(/^\/+/, '') : fromManifest;
  const fixed = withoutGlob(relative);
  if (fixed === '' || fixed.startsWith('/') || NO_PATH.test(fixed)) return undefined;
  if (/\s/.test(fixed) && !fixed.includes('/')) return undefined;
  const takesFolder = fixed !== relative || endOfDirective(path) > 0;
  return { path: fixed, isManifest: isFromManifest, ...(takesFolder ? { takesFolder } : {}) };
}

/** Whether the path goes upwards from where it begins, or may. */
export function climbs(path: string): boolean {
  return path.split('/').includes('..');
}

/** Whether the path leads to a file that no build reads unless a source names it, wherever in the crate that lies. */
export function isLeftAlone(path: string): boolean {
  return LEFT_ALONE.test(path);
}

/** The folder in front of the first part with a wildcard. */
function withoutGlob(path: string): string {
  const parts = path.split('/');
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  return wild === -1 ? path : parts.slice(0, wild).join('/');
}
