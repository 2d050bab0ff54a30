import type { Diagnosed } from '#diagnostics';
import { baseName } from '#paths';
import { attributeAt, endOfTestCode, settingsOf, type Attribute } from './rust-attributes.js';
import { isGoBuilder } from './rust-go-builders.js';
import { readGoCall } from './rust-go-calls.js';
import { isLinkSearch } from './cargo-directives.js';
import { climbs, isLeftAlone, pathOfLiteral } from './rust-literals.js';
import { PathReader, type PathValue } from './rust-path-values.js';
import { RustTokens } from './rust-tokens.js';
import { VariableReader } from './rust-variables.js';
import type { RustGoCall, RustPath, RustSource, UnreadSearch } from './types.js';

/** Without any of these a source says nothing, unless it is a build script. Plain searches: most sources end here. */
const HINTS = [
  ...['../', '".."', 'CARGO_MANIFEST_DIR', 'current_dir', '"go"', '"go ', '/go"'],
  ...['include!', '#[path', '#[folder', 'migrate!', 'embed_migrations!', 'env!'],
  ...['.md"', '.go"', '"tests/', '"benches/', '"examples/'],
];

function isWorthReading(text: string): boolean {
  if (HINTS.some((hint) => text.includes(hint))) return true;
  if (text.includes('include_') && /\binclude_\w+!/.test(text)) return true;
  if (text.includes('cfg_attr') && /\bpath\s*=\s*"/.test(text)) return true;
  return mayExpandByVariable(text);
}

/** A procedural macro runs while the crates that use it are compiled; it is known by the libraries that all of them need. */
function mayExpandByVariable(text: string): boolean {
  return text.includes('env::') && /\b(?:proc_macro2?|syn|quote)\b/.test(text);
}

/** Macros that take a folder, from the manifest's. */
const FOLDER_MACROS = new Set(['include_dir', 'migrate', 'embed_migrations']);

/** Macros of the standard library, and of common crates, that take no file in: texts that they are given are shown. */
const TEXT_MACROS =
  /^(?:e?print(?:ln)?|format(?:_args)?|write(?:ln)?|panic|(?:debug_)?assert(?:_eq|_ne)?|vec|todo|unimplemented|unreachable|matches|dbg|trace|debug|info|warn|error|bail|ensure|anyhow)$/;

/**
 * Reads what a .rs file says that reaches outside its crate's own sources. Undefined when it says nothing, as most do. A
 * mistake in it is the compiler's to report.
 */
export function parseRustSource(file: string, text: string): Diagnosed<RustSource | undefined> {
  const isScript = mayBeBuildScript(file, text);
  const source = isScript || isWorthReading(text) ? new SourceReader(file, text, isScript).read() : undefined;
  return { value: source, diagnostics: [] };
}

/** Cargo.toml decides which file is one; any that lies outside the usual folders of sources may be a part of it. */
function mayBeBuildScript(file: string, text: string): boolean {
  return (
    baseName(file) === 'build.rs' ||
    !/(?:^|\/)(?:src|tests|benches|examples)\//.test(file) ||
    text.includes('rerun-if-')
  );
}

/** Whether modules in this file's own folder are its submodules: mod.rs, and the usual names of crate roots. */
function isModuleRoot(file: string): boolean {
  return /(?:^|\/)(?:(?:mod|lib|main|build)\.rs|(?:src\/bin|tests|benches|examples)\/[^/]+\.rs)$/.test(file);
}

class SourceReader {
  readonly #file: string;
  readonly #isScript: boolean;
  readonly #tokens: RustTokens;
  readonly #paths: PathReader;
  readonly #includes = new Map<string, RustPath>();
  readonly #literals = new Map<string, RustPath>();
  readonly #modules: string[] = [];
  readonly #goCalls: RustGoCall[] = [];
  readonly #unreadSearches: UnreadSearch[] = [];
  readonly #variables: VariableReader;
  readonly #mayExpand: boolean;
  /** Folders from which macros of this file take in what they are given. */
  readonly #starts: PathValue[] = [];
  #namesGoBuilder = false;
  /** Up to this index a macro or an attribute is given the code, and may take in files that it names. */
  #givenEnd = 0;
  /** Up to this index only tests take the code. */
  #testEnd = 0;
  /** Inline modules around the current index, outermost first. */
  #inlineModules: { readonly name: string; readonly end: number }[] = [];

  constructor(file: string, text: string, isScript: boolean) {
    this.#file = file;
    this.#isScript = isScript;
    this.#tokens = new RustTokens(file, text);
    this.#paths = new PathReader(this.#tokens);
    this.#variables = new VariableReader(this.#tokens, this.#paths);
    this.#mayExpand = isScript || mayExpandByVariable(text);
  }

  read(): RustSource | undefined {
    for (let index = 0; index < this.#tokens.length; index = this.#readAt(index));
    const variables = this.#variables.read().filter(({ reads }) => reads === 'compile' || this.#mayExpand);
    const { size } = this.#includes;
    const lists = [this.#modules, this.#goCalls, variables, this.#unreadSearches];
    const found = lists.reduce((sum, { length }) => sum + length, size + this.#literals.size);
    if (found === 0) return undefined;
    return {
      file: this.#file,
      includes: [...this.#includes.values()],
      literals: [...this.#literals.values()],
      modules: this.#modules,
      variables,
      goCalls: this.#goCalls,
      unreadSearches: this.#unreadSearches,
      namesGoBuilder: this.#namesGoBuilder,
    };
  }

  /** Reads what begins at the index; the index to go on from. */
  #readAt(index: number): number {
    const word = this.#tokens.word(index);
    if (word === undefined) {
      if (this.#tokens.string(index) !== undefined) return this.#readLiteral(index);
      const attribute = attributeAt(this.#tokens, index);
      return attribute === undefined ? index + 1 : this.#readAttribute(attribute);
    }
    if (word === 'let' || word === 'const' || word === 'static') this.#paths.remember(index);
    if (word === 'set_current_dir' && this.#tokens.is(index + 1, '(')) this.#paths.enter(index);
    if (word === 'mod') this.#readModule(index);
    this.#paths.change(index);
    if (this.#isScript && word === 'println') this.#readSearch(index);
    this.#variables.visit(index, index < this.#testEnd);
    if (this.#tokens.is(index + 1, '!') && this.#tokens.isOpening(index + 2)) {
      const closer = this.#tokens.closerOf(index + 2);
      if (this.#readMacro(word, index)) return closer;
      if (!TEXT_MACROS.test(word)) this.#givenEnd = Math.max(this.#givenEnd, closer);
    }
    if (this.#isScript && isGoBuilder(this.#tokens, index)) this.#namesGoBuilder = true;
    return this.#readGoCall(index) ?? this.#readLiteral(index);
  }

  #readAttribute(attribute: Attribute): number {
    const { from, to } = attribute;
    this.#testEnd = Math.max(this.#testEnd, endOfTestCode(this.#tokens, attribute) ?? 0);
    this.#givenEnd = Math.max(this.#givenEnd, to);
    for (const setting of settingsOf(this.#tokens, attribute)) {
      if (setting.name !== 'path' && setting.name !== 'folder') continue;
      const value = this.#paths.readWhole(setting.from, setting.to);
      if (value === undefined) continue;
      if (setting.name === 'path') this.#include(this.#modulePath(value.path, from), 'file', setting.from);
      else this.#includeFrom(value, setting.from, 'takes folders');
      return to;
    }
    return from;
  }

  /** Where the module of a `#[path]` lies, from the file's folder: inline modules around it count as folders. */
  #modulePath(path: string, index: number): string {
    const around = this.#inlineModules.filter(({ end }) => end > index).map(({ name }) => name);
    if (around.length === 0) return path;
    const own = isModuleRoot(this.#file) ? [] : [baseName(this.#file).replace(/\.rs$/, '')];
    return [...own, ...around, path].join('/');
  }

  #readModule(index: number): void {
    const name = this.#tokens.word(index + 1)?.replace(/^r#/, '');
    if (name === undefined) return;
    if (this.#tokens.is(index + 2, '{')) {
      const outer = this.#inlineModules.filter(({ end }) => end > index);
      this.#inlineModules = [...outer, { name, end: this.#tokens.closerOf(index + 2) }];
    } else if (this.#isScript && this.#tokens.is(index + 2, ';')) {
      this.#modules.push(name);
    }
  }

  /** Whether it was a macro that takes files in, and all that it is given is read. */
  #readMacro(name: string, index: number): boolean {
    const takesFolder = FOLDER_MACROS.has(name);
    if (!takesFolder && !/^include(?:_|$)/.test(name)) return false;
    const opening = index + 2;
    const [first] = this.#tokens.split(opening + 1, this.#tokens.closerOf(opening));
    if (first === undefined) return false;
    const whole = this.#paths.readWhole(first.from, first.to);
    const value = whole ?? this.#paths.readFolder(first.from);
    if (whole === undefined && value !== undefined) this.#starts.push(value);
    const folders = takesFolder || whole === undefined ? 'takes folders' : undefined;
    if (takesFolder || value?.isManifest === true) this.#includeFrom(value, index, folders);
    else if (value !== undefined) this.#include(value.path, 'file', index, folders);
    return whole !== undefined;
  }

  #includeFrom(value: PathValue | undefined, index: number, folders?: 'takes folders'): void {
    const found = value === undefined ? undefined : pathOfLiteral(value);
    if (found !== undefined) this.#include(found.path, 'manifest', index, folders);
  }

  #include(path: string, base: RustPath['base'], index: number, folders?: 'takes folders'): void {
    const clean = path.replaceAll('\\', '/');
    const isAbsolute = /^(?:[A-Za-z]:)?\//.test(clean);
    if (clean !== '' && !isAbsolute)
      this.#keep(this.#includes, { path: clean, base, ...(folders === undefined ? {} : { takesFolder: true }) }, index);
  }

  #keep(list: Map<string, RustPath>, path: Omit<RustPath, 'span' | 'testOnly'>, index: number): void {
    const isTest = index < this.#testEnd;
    const key = `${path.base} ${path.path}`;
    const known = list.get(key);
    if (known !== undefined && (isTest || known.testOnly !== true)) return;
    list.set(key, { ...path, ...(isTest ? { testOnly: true } : {}), span: this.#tokens.span(index) });
  }

  #readSearch(index: number): void {
    const { text, beginning } = this.#paths.readUnknownText(index) ?? { text: '' };
    if (!isLinkSearch(text)) return;
    const inside = beginning === undefined ? undefined : pathOfLiteral(beginning)?.path;
    this.#unreadSearches.push({ ...(inside === undefined ? {} : { inside }), span: this.#tokens.span(index + 3) });
  }

  #readGoCall(index: number): number | undefined {
    const call = readGoCall(this.#tokens, this.#paths, index);
    if (call === undefined) return undefined;
    this.#goCalls.push({ ...call, ...(index < this.#testEnd ? { testOnly: true } : {}) });
    // Behind the program's name, which is no path.
    return index + 6;
  }

  /** Whether a macro or an attribute is given a path, or a pattern, that leads to what builds otherwise leave alone. */
  #mayBeTaken(index: number, path: string, pattern: string): boolean {
    return index < this.#givenEnd && (isLeftAlone(path) || isLeftAlone(pattern));
  }

  #readLiteral(index: number): number {
    const known = this.#tokens.is(index - 1, '.') ? undefined : this.#paths.read(index);
    const found = known === undefined ? undefined : pathOfLiteral(known.value);
    if (this.#isScript && known !== undefined) this.#variables.visitText(known.value.path, index);
    if (known === undefined || found === undefined) return index + 1;
    const { path, isManifest, takesFolder } = found;
    const rest = takesFolder === undefined ? {} : { takesFolder };
    const kept: Omit<RustPath, 'span'> = { path, base: isManifest ? 'manifest' : 'either', ...rest };
    if (this.#isScript) this.#keep(this.#literals, kept, index);
    else if (climbs(path) || this.#mayBeTaken(index, path, known.value.path)) this.#keep(this.#includes, kept, index);
    if (index < this.#givenEnd) this.#readGiven(path, index);
    return known.end;
  }

  /** What a macro of this file is given may lie where that takes files from, even in a folder too wide to count as a whole. */
  #readGiven(given: string, index: number): void {
    for (const { path, isManifest } of this.#starts) {
      const start = path.replace(/^\/+/, '');
      this.#keep(this.#includes, { path: `${start}/${given}`, base: isManifest ? 'manifest' : 'either' }, index);
    }
  }
}
