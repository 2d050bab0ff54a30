import type { Span } from '#diagnostics';
import type { PathReader } from './rust-path-values.js';
import type { RustTokens } from './rust-tokens.js';
import type { RustVariable } from './types.js';

/** What cargo itself sets for compilers and build scripts (https://doc.rust-lang.org/cargo/reference/environment-variables.html). */
const OF_CARGO =
  /^(?:CARGO(?:_.*)?|DEP_.*|OUT_DIR|HOST|TARGET|PROFILE|OPT_LEVEL|DEBUG|NUM_JOBS|RUSTC|RUSTDOC|RUSTC_LINKER)$/;
/** Where a machine keeps things. Two machines differ in them, and what is built does not follow from the words. */
const OF_MACHINE = /^(?:PATH|HOME|PWD|USERPROFILE|TMP|TEMP|TMPDIR)$/;
const WATCHED = /^cargo::?rerun-if-env-changed=(.*)$/s;
const NAME = /^[A-Za-z_]\w*$/;
const LOOKS_LIKE_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

type Found = Omit<RustVariable, 'testOnly'>;

/** Collects the environment variables that a source reads by name, when it is compiled or when it runs. */
export class VariableReader {
  readonly #tokens: RustTokens;
  readonly #paths: PathReader;
  readonly #found = new Map<string, RustVariable>();
  readonly #candidates = new Map<string, Span>();
  #readsUnknown = false;

  constructor(tokens: RustTokens, paths: PathReader) {
    this.#tokens = tokens;
    this.#paths = paths;
  }

  /** Notes the variable that the code at the index reads: `env!("X")`, `option_env!("X")`, `var("X")`, `var_os("X")`. */
  visit(index: number, isTest: boolean): void {
    const word = this.#tokens.word(index);
    const isMacro = (word === 'env' || word === 'option_env') && this.#tokens.is(index + 1, '!');
    const isCall = (word === 'var' || word === 'var_os') && this.#tokens.is(index + 1, '(');
    if (!isMacro && (!isCall || this.#tokens.is(index - 1, '.'))) return;
    const opening = isMacro ? index + 2 : index + 1;
    const [first] = this.#tokens.split(opening + 1, this.#tokens.closerOf(opening));
    const name = first === undefined ? undefined : this.#paths.readWhole(first.from, first.to)?.path;
    if (name === undefined) this.#readsUnknown ||= isCall;
    else this.#keep({ name, reads: isMacro ? 'compile' : 'run', span: this.#tokens.span(index) }, isTest);
  }

  /** Notes the variable that a text of a build script names: one that cargo watches, or what may be the name of one. */
  visitText(text: string, index: number): void {
    const watched = WATCHED.exec(text)?.[1];
    if (watched !== undefined) {
      if (NAME.test(watched)) this.#keep({ name: watched, reads: 'run', span: this.#tokens.span(index) }, false);
      else this.#readsUnknown = true;
    } else if (LOOKS_LIKE_NAME.test(text)) {
      this.#candidates.set(text, this.#tokens.span(index));
    }
  }

  /** Where a name is only known when the script runs, it is one of the texts; one too many costs nothing. */
  read(): RustVariable[] {
    if (this.#readsUnknown)
      for (const [name, span] of this.#candidates) this.#keep({ name, reads: 'run', span }, false);
    return [...this.#found.values()];
  }

  #keep(found: Found, isTest: boolean): void {
    const { name, reads } = found;
    if (!NAME.test(name) || OF_CARGO.test(name) || OF_MACHINE.test(name)) return;
    const key = `${reads} ${name}`;
    const known = this.#found.get(key);
    if (known !== undefined && (isTest || known.testOnly !== true)) return;
    this.#found.set(key, { ...found, ...(isTest ? { testOnly: true } : {}) });
  }
}
