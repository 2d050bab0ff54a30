import { endOfDirective } from './cargo-directives.js';
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
const NOTHING: PathValue = { path: '', isManifest: false };
const ABOVE: PathValue = { path: '..', isManifest: false };
/** Folders above one another, in sources that mean it. */
const LONGEST_CLIMB = 32;

/** Functions that make a path or string of their only argument, or leave the path what it is. */
const CONVERSIONS =
  /^(?:(?:(?:Utf8)?Path(?:Buf)?|String|OsStr|OsString)::(?:new|from)|path::absolute|(?:\w+::)?canonicalize)$/;
const FORMATS = new Set(['format', 'println']);
const READS_ENVIRONMENT = /(?:^|::)var(?:_os)?$/;
/** Methods that leave the path what it is. */
const SAME_PATH = new Set([
  ...['unwrap', 'expect', 'to_path_buf', 'to_owned', 'clone', 'into', 'as_path', 'as_ref', 'as_str', 'canonicalize'],
  ...['to_string', 'to_str', 'to_string_lossy', 'into_owned', 'as_os_str', 'into_os_string', 'display', 'as_deref'],
]);

/** Methods that make another path or text of the variable that has it. */
const CHANGES = new Set(['push', 'pop', 'push_str']);

/** Where a function may return one value or another. */
const BRANCHES = new Set(['return', 'if', 'match', 'for', 'while', 'loop']);

/** Follows the few kinds of expressions in which paths are written, and the variables and constants that hold them. */
export class PathReader {
  readonly #tokens: RustTokens;
  readonly #variables = new Map<string, PathValue>();
  /** Of variables whose whole value is not known, a folder that it begins with. */
  readonly #begun = new Map<string, PathValue>();
  /** By name of a variable, where it was last given a value as a whole. */
  readonly #places = new Map<string, number>();
  /** Functions without parameters whose values were asked for; none while one is being read. */
  readonly #results = new Map<string, PathValue | undefined>();

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
    const end = this.#tokens.findAtLevel(assignment + 1, ';');
    this.#set(name, this.readWhole(assignment + 1, end), this.#readBeginning(assignment + 1, end));
    this.#places.set(name, index);
  }

  /** Notes what `path.push(…)`, `path.pop()` or `text.push_str(…)` at the index, in any source, makes of a variable. */
  change(index: number): void {
    if (this.#tokens.is(index - 1, '.')) return;
    const name = this.#tokens.word(index) ?? '';
    const [value, place] = [this.#variables.get(name), this.#places.get(name)];
    const method = this.#tokens.is(index + 1, '.') ? this.#tokens.word(index + 2) : undefined;
    if (value === undefined || place === undefined || method === undefined || !CHANGES.has(method)) return;
    const part = method === 'pop' ? ABOVE : this.readWhole(index + 4, this.#tokens.closerOf(index + 3));
    const isSure = this.#tokens.blockOf(index) === this.#tokens.blockOf(place);
    if (!isSure) this.#set(name, undefined, undefined);
    else if (part === undefined) this.#set(name, undefined, method === 'push' ? value : folderOfText(value));
    else this.#set(name, method === 'push_str' ? concatenate([value, part]) : below(value, part), undefined);
  }

  #set(name: string, value: PathValue | undefined, beginning: PathValue | undefined): void {
    this.#variables.delete(name);
    this.#begun.delete(name);
    if (value !== undefined) this.#variables.set(name, value);
    else if (beginning !== undefined) this.#begun.set(name, beginning);
  }

  /**
   * A folder in which the paths begin that an expression has, whose rest is not known: in front of what `join` is given, or
   * in the pieces of a text up to the last slash.
   */
  #readBeginning(from: number, to: number): PathValue | undefined {
    const known = this.read(from);
    if (known !== undefined && known.end < to) {
      if (this.#tokens.is(known.end, '.', 'join', '(')) return known.value;
      return this.#tokens.is(known.end, '+') ? folderOfText(known.value) : undefined;
    }
    const start = this.#tokens.is(from, '&') ? from + 1 : from;
    const word = this.#tokens.word(start) ?? '';
    if (!this.#tokens.is(start + 1, '!')) return this.#staysBelow(start + 1, to) ? this.#begun.get(word) : undefined;
    const pieces = this.#piecesOf(word, start + 2);
    const unknown = pieces.findIndex(({ value }) => value === undefined);
    if (unknown === -1) return undefined;
    const first = concatenate(pieces.slice(0, unknown).map(({ value }) => value));
    const { beginning } = pieces[unknown] ?? {};
    if (beginning !== undefined) return concatenate([first ?? NOTHING, beginning]);
    return first === undefined ? undefined : folderOfText(first);
  }

  /** Whether calls of methods take all of the range, and none of them leads upwards. */
  #staysBelow(from: number, to: number): boolean {
    let index = from;
    while (this.#tokens.is(index, '.') && this.#tokens.is(index + 2, '(')) {
      const method = this.#tokens.word(index + 1) ?? '';
      if (method !== 'join' && !SAME_PATH.has(method)) return false;
      index = this.#tokens.closerOf(index + 2) + 1;
    }
    return index === to;
  }

  /** What a `println!` at the index says to cargo, where not all of it is known; undefined where it is, or says nothing of folders. */
  readUnknownText(index: number): { readonly text: string; readonly beginning?: PathValue } | undefined {
    const text = this.#tokens.string(index + 3);
    if (text === undefined || !this.#tokens.is(index + 1, '!') || this.read(index) !== undefined) return undefined;
    const beginning = this.#readBeginning(index, this.#tokens.closerOf(index + 2));
    return { text, ...(beginning === undefined ? {} : { beginning }) };
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
    if (this.#tokens.is(index, '[')) return this.#readList(index);
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

  /** `[a, b].iter().collect()`, `["a", "b"].join("/")` */
  #readList(index: number): Known | undefined {
    const value = this.#pathOfList(index);
    const behind = this.#tokens.closerOf(index) + 1;
    if (value === undefined || !this.#tokens.is(behind, '.')) return undefined;
    if (this.#tokens.is(behind + 1, 'join', '(')) {
      return this.#tokens.string(behind + 3) === '/' ? { value, end: behind + 5 } : undefined;
    }
    const isIterated = this.#tokens.is(behind + 1, 'iter', '(') || this.#tokens.is(behind + 1, 'into_iter', '(');
    if (!isIterated || !this.#tokens.is(behind + 4, '.', 'collect')) return undefined;
    const call = this.#tokens.is(behind + 6, ':', ':', '<') ? behind + 11 : behind + 6;
    return this.#tokens.is(call, '(', ')') ? { value, end: call + 2 } : undefined;
  }

  /** Of the list at the index, its parts below one another. */
  #pathOfList(index: number): PathValue | undefined {
    const parts = this.#tokens.split(index + 1, this.#tokens.closerOf(index));
    return parts
      .map(({ from, to }) => this.readWhole(from, to))
      .reduce((path, part) => path && part && below(path, part), NOTHING);
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
    if (name.endsWith('PathBuf::from_iter') && this.#tokens.is(opening + 1, '[')) {
      const path = this.#tokens.closerOf(opening + 1) + 1 === closer ? this.#pathOfList(opening + 1) : undefined;
      return path && { value: path, end: closer + 1 };
    }
    const isOwn = closer === opening + 1 && /^(?:(?:crate|self)::)?\w+$/.test(name);
    const value = isOwn
      ? this.#resultOf(name.replace(/^.*::/, ''))
      : CONVERSIONS.test(name)
        ? this.readWhole(opening + 1, closer)
        : undefined;
    return value === undefined ? undefined : { value, end: closer + 1 };
  }

  /** What a function of this file without parameters returns, where it does nothing but put it together. */
  #resultOf(name: string): PathValue | undefined {
    if (this.#results.has(name)) return this.#results.get(name);
    this.#results.set(name, undefined);
    const body = this.#tokens.bodyOf(name);
    if (body === undefined) return undefined;
    const inside = new PathReader(this.#tokens);
    for (const [known, value] of this.#results) inside.#results.set(known, value);
    for (const [variable, value] of this.#variables)
      if (/^[A-Z]/.test(variable)) inside.#set(variable, value, undefined);
    const end = this.#tokens.closerOf(body);
    for (let index = body; index < end; index++) if (BRANCHES.has(this.#tokens.word(index) ?? '')) return undefined;
    let start = body + 1;
    for (let next = start; next < end; next = this.#tokens.findAtLevel(start, ';') + 1) {
      start = next;
      if (this.#tokens.is(start, 'let') || this.#tokens.is(start, 'const')) inside.remember(start);
      else inside.change(start);
    }
    const value = inside.readWhole(start, end);
    this.#results.set(name, value);
    return value;
  }

  #readMacro(name: string, opening: number): Known | undefined {
    const closer = this.#tokens.closerOf(opening);
    if (name === 'env' || name === 'option_env') return this.#manifestFolder(opening, closer);
    if (name !== 'concat' && !FORMATS.has(name)) return undefined;
    const value = concatenate(this.#piecesOf(name, opening).map((piece) => piece.value));
    return value === undefined ? undefined : { value, end: closer + 1 };
  }

  /** What `concat!("x", a)`, `format!("{}/x", a)` and `format!("{a}/x")`, without widths and the like, put together. */
  #piecesOf(macro: string, opening: number): Piece[] {
    if (macro !== 'concat' && !FORMATS.has(macro)) return [];
    const given = this.#tokens.split(opening + 1, this.#tokens.closerOf(opening));
    const read = ({ from, to }: Range): Piece => {
      return { value: this.readWhole(from, to), beginning: this.#readBeginning(from, to) };
    };
    if (macro === 'concat') return given.map(read);
    const [template, ...rest] = given;
    const text = template === undefined ? undefined : this.#tokens.string(template.from);
    let next = 0;
    return (
      text?.split(/(\{\w*\})/).map((piece): Piece => {
        if (!/^\{\w*\}$/.test(piece)) return { value: { path: piece, isManifest: false } };
        const name = piece.slice(1, -1);
        const part = name === '' ? rest[next++] : undefined;
        return part === undefined ? { value: this.#variables.get(name), beginning: this.#begun.get(name) } : read(part);
      }) ?? []
    );
  }

  #manifestFolder(opening: number, closer: number): Known | undefined {
    return this.#tokens.string(opening + 1) === 'CARGO_MANIFEST_DIR' ? { value: MANIFEST, end: closer + 1 } : undefined;
  }

  /** `Path::parent`, or `|p| p.parent()`. */
  #isParentOf(from: number, to: number): boolean {
    if (this.#tokens.is(from, 'Path', ':', ':', 'parent')) return from + 4 === to;
    const name = this.#tokens.is(from, '|') ? (this.#tokens.word(from + 1) ?? '') : '';
    return this.#tokens.is(from + 2, '|', name, '.', 'parent', '(', ')') && from + 8 === to;
  }

  #readSuffix({ value, end }: Known): Known | undefined {
    if (this.#tokens.is(end, '?')) return { value, end: end + 1 };
    if (this.#tokens.is(end, '+')) {
      const added = this.read(end + 1);
      const sum = added && concatenate([value, added.value]);
      return added === undefined || sum === undefined ? undefined : { value: sum, end: added.end };
    }
    const method = this.#tokens.is(end, '.') ? this.#tokens.word(end + 1) : undefined;
    if (method === undefined || !this.#tokens.is(end + 2, '(')) return undefined;
    const closer = this.#tokens.closerOf(end + 2);
    if (SAME_PATH.has(method)) return { value, end: closer + 1 };
    if (method === 'parent' || (method === 'and_then' && this.#isParentOf(end + 3, closer))) {
      return { value: below(value, ABOVE), end: closer + 1 };
    }
    if (method === 'ancestors' && this.#tokens.is(closer + 1, '.', 'nth', '(')) {
      const steps = Number(this.#tokens.word(closer + 4));
      if (!(steps < LONGEST_CLIMB) || !this.#tokens.is(closer + 5, ')')) return undefined;
      const above = Array.from({ length: steps }, () => ABOVE).reduce(below, value);
      return { value: above, end: closer + 6 };
    }
    const part = method === 'join' ? this.readWhole(end + 3, closer) : undefined;
    return part === undefined ? undefined : { value: below(value, part), end: closer + 1 };
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A piece of a text, as far as it is known. */
interface Piece {
  readonly value: PathValue | undefined;
  readonly beginning?: PathValue | undefined;
}

/** The folder that a text, which goes on, has begun with. */
function folderOfText({ path, isManifest }: PathValue): PathValue | undefined {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : { path: path.slice(0, slash), isManifest };
}

/** Relative to the manifest's folder, in which a build script starts. */
export function folderOfValue({ path }: PathValue): string {
  const relative = path.replace(/^\/+/, '');
  return relative === '' ? '.' : relative;
}

function concatenate(parts: readonly (PathValue | undefined)[]): PathValue | undefined {
  let whole: PathValue | undefined;
  for (const part of parts) {
    if (part === undefined) return undefined;
    // Behind what cargo is told, a path begins.
    const isBegun = whole !== undefined && endOfDirective(whole.path) !== whole.path.length;
    if (part.isManifest && isBegun) return undefined;
    whole = { path: (whole?.path ?? '') + part.path, isManifest: part.isManifest || whole?.isManifest === true };
  }
  return whole;
}

function below(folder: PathValue, part: PathValue): PathValue {
  if (part.isManifest || folder.path === '') return { ...part, isManifest: part.isManifest || folder.isManifest };
  return { path: `${folder.path}/${part.path}`, isManifest: folder.isManifest };
}
