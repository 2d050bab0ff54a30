import type { RustTokens } from './rust-tokens.js';

/** A path that an expression is known to have. */
export interface PathValue {
  readonly path: string;
  /** Whether it begins at the folder of the crate's manifest. */
  readonly isManifest: boolean;
}

interface Known {
  readonly value: PathValue;
  /** Index behind the expression. */
  readonly end: number;
}

const MANIFEST: PathValue = { path: '', isManifest: true };

/** `Type::function` that makes a path or string of its only argument. */
const CONVERSIONS = /^(?:(?:Utf8)?Path(?:Buf)?|String|OsStr|OsString)::(?:new|from)$/;
const FORMATS = new Set(['format', 'println']);
const READS_ENVIRONMENT = /(?:^|::)var(?:_os)?$/;
/** Methods that leave the path what it is. */
const SAME_PATH = new Set([
  ...['unwrap', 'expect', 'to_path_buf', 'to_owned', 'clone', 'into', 'as_path', 'as_ref', 'as_str', 'canonicalize'],
  ...['to_string', 'to_str', 'to_string_lossy', 'into_owned', 'as_os_str', 'into_os_string', 'display', 'as_deref'],
]);

/** Follows the few kinds of expressions in which paths are written, and the variables and constants that hold them. */
export class PathReader {
  readonly #tokens: RustTokens;
  readonly #variables = new Map<string, PathValue>();

  /** Folder that commands start in, from the manifest's; undefined once it is only known when the program runs. */
  startFolder: string | undefined = '.';

  constructor(tokens: RustTokens) {
    this.#tokens = tokens;
  }

  /** Notes the folder that the `set_current_dir(…)` at the index changes to. */
  enter(index: number): void {
    const value = this.readWhole(index + 2, this.#tokens.closerOf(index + 1));
    this.startFolder = value === undefined ? undefined : folderOfValue(value);
  }

  /** Notes what the `let`, `const` or `static` at the index gives a name to. */
  remember(index: number): void {
    const nameIndex = this.#tokens.is(index + 1, 'mut') ? index + 2 : index + 1;
    const name = this.#tokens.word(nameIndex);
    if (name === undefined || !(this.#tokens.is(nameIndex + 1, '=') || this.#tokens.is(nameIndex + 1, ':'))) return;
    const assignment = this.#tokens.findAtLevel(nameIndex, '=', ';');
    if (!this.#tokens.is(assignment, '=')) return;
    const value = this.readWhole(assignment + 1, this.#tokens.findAtLevel(assignment + 1, ';'));
    if (value === undefined) this.#variables.delete(name);
    else this.#variables.set(name, value);
  }

  /** The value of the expression that takes all of the range. */
  readWhole(from: number, to: number): PathValue | undefined {
    const known = this.read(from);
    return known?.end === to ? known.value : undefined;
  }

  /** The folder of the paths that a `concat!` makes whose later parts are not known, as in a macro that is given a name. */
  readFolder(index: number): PathValue | undefined {
    if (!this.#tokens.is(index, 'concat', '!')) return undefined;
    const parts = this.#tokens.split(index + 3, this.#tokens.closerOf(index + 2));
    const values = parts.map(({ from, to }) => this.readWhole(from, to));
    const start = concatenate(values.slice(0, values.indexOf(undefined)));
    const slash = start?.path.lastIndexOf('/') ?? -1;
    return start === undefined || slash === -1 ? undefined : { ...start, path: start.path.slice(0, slash) };
  }

  /** The longest known expression at the index. */
  read(index: number): Known | undefined {
    let start = index;
    while (this.#tokens.is(start, '&') || this.#tokens.is(start, '*') || this.#tokens.is(start, 'mut')) start++;
    let known = this.#readPrimary(start);
    for (let next = known; next !== undefined; next = this.#readSuffix(next)) known = next;
    return known;
  }

  #readPrimary(index: number): Known | undefined {
    const literal = this.#tokens.string(index);
    if (literal !== undefined) return { value: { path: literal, isManifest: false }, end: index + 1 };
    const word = this.#tokens.word(index);
    if (word === undefined) return undefined;
    if (this.#tokens.is(index + 1, '!')) return this.#readMacro(word, index + 2);
    if (!this.#tokens.is(index + 1, '(') && !this.#tokens.is(index + 1, ':', ':')) {
      const value = this.#variables.get(word);
      return value === undefined ? undefined : { value, end: index + 1 };
    }
    const { name, end } = this.#readName(index);
    return this.#tokens.is(end, '(') ? this.#readCall(name, end) : undefined;
  }

  /** `a::b::c` */
  #readName(index: number): { readonly name: string; readonly end: number } {
    const parts = [this.#tokens.word(index) ?? ''];
    let end = index + 1;
    for (; this.#tokens.is(end, ':', ':'); end += 3) {
      const part = this.#tokens.word(end + 2);
      if (part === undefined) break;
      parts.push(part);
    }
    return { name: parts.slice(-2).join('::'), end };
  }

  #readCall(name: string, opening: number): Known | undefined {
    const closer = this.#tokens.closerOf(opening);
    // Build scripts and tests start in the folder of their manifest.
    if (name === 'env::current_dir' && closer === opening + 1) return { value: MANIFEST, end: closer + 1 };
    if (READS_ENVIRONMENT.test(name)) return this.#manifestFolder(opening, closer);
    const value = CONVERSIONS.test(name) ? this.readWhole(opening + 1, closer) : undefined;
    return value === undefined ? undefined : { value, end: closer + 1 };
  }

  #readMacro(name: string, opening: number): Known | undefined {
    const closer = this.#tokens.closerOf(opening);
    if (name === 'env' || name === 'option_env') return this.#manifestFolder(opening, closer);
    if (name !== 'concat' && !FORMATS.has(name)) return undefined;
    const parts = this.#tokens.split(opening + 1, closer);
    const value = name === 'concat' ? this.#concatenate(parts) : this.#format(parts);
    return value === undefined ? undefined : { value, end: closer + 1 };
  }

  #manifestFolder(opening: number, closer: number): Known | undefined {
    return this.#tokens.string(opening + 1) === 'CARGO_MANIFEST_DIR' ? { value: MANIFEST, end: closer + 1 } : undefined;
  }

  #concatenate(parts: readonly { readonly from: number; readonly to: number }[]): PathValue | undefined {
    return concatenate(parts.map(({ from, to }) => this.readWhole(from, to)));
  }

  /** `format!("{}/x", a)` and `format!("{a}/x")`, without widths and the like. */
  #format([template, ...rest]: readonly { readonly from: number; readonly to: number }[]): PathValue | undefined {
    const text = template === undefined ? undefined : this.#tokens.string(template.from);
    let next = 0;
    return concatenate(
      text?.split(/(\{\w*\})/).map((piece): PathValue | undefined => {
        if (!/^\{\w*\}$/.test(piece)) return { path: piece, isManifest: false };
        const name = piece.slice(1, -1);
        const part = name === '' ? rest[next++] : undefined;
        return part === undefined ? this.#variables.get(name) : this.readWhole(part.from, part.to);
      }) ?? [],
    );
  }

  #readSuffix({ value, end }: Known): Known | undefined {
    if (this.#tokens.is(end, '?')) return { value, end: end + 1 };
    const method = this.#tokens.is(end, '.') ? this.#tokens.word(end + 1) : undefined;
    if (method === undefined || !this.#tokens.is(end + 2, '(')) return undefined;
    const closer = this.#tokens.closerOf(end + 2);
    if (SAME_PATH.has(method)) return { value, end: closer + 1 };
    if (method === 'parent') return { value: below(value, { path: '..', isManifest: false }), end: closer + 1 };
    const part = method === 'join' ? this.readWhole(end + 3, closer) : undefined;
    return part === undefined ? undefined : { value: below(value, part), end: closer + 1 };
  }
}

/** Relative to the manifest's folder, in which a build script starts. */
export function folderOfValue({ path }: PathValue): string {
  const relative = path.replace(/^\/+/, '');
  return relative === '' ? '.' : relative;
}

function concatenate(parts: readonly (PathValue | undefined)[]): PathValue | undefined {
  let whole: PathValue | undefined;
  for (const part of parts) {
    if (part === undefined || (part.isManifest && whole !== undefined && whole.path !== '')) return undefined;
    whole = { path: (whole?.path ?? '') + part.path, isManifest: part.isManifest || whole?.isManifest === true };
  }
  return whole;
}

function below(folder: PathValue, part: PathValue): PathValue {
  if (part.isManifest || folder.path === '') return { ...part, isManifest: part.isManifest || folder.isManifest };
  return { path: `${folder.path}/${part.path}`, isManifest: folder.isManifest };
}
