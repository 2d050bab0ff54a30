import type { Diagnosed, Diagnostic, Span } from '#diagnostics';
import { baseName } from '#paths';
import { readFileConstraint } from './build-lines.js';
import { findEmbeds, findGenerates } from './directives.js';
import { parseFileNameConstraint } from './platforms.js';
import { readPreamble, type Preamble } from './preamble.js';
import { findProtoSource } from './proto-source.js';
import { GoScanner, type GoComment, type GoToken } from './scanner.js';
import { findTestPaths } from './test-paths.js';
import type { GoFileHeader } from './types.js';
import { unquoteGo } from './unquote.js';

/**
 * Reads a .go file up to the end of its imports, its build constraint, and the directives that may stand anywhere.
 * Undefined without a package clause; a mistake in the imports (`go/broken-source`), in the constraint
 * (`go/bad-constraint`) or in a `#cgo` line (`go/bad-cgo`) is reported and the rest stands.
 */
export function parseGoFileHeader(file: string, text: string): Diagnosed<GoFileHeader | undefined> {
  const reader = new HeaderReader(file, text);
  const packageName = reader.readPackage();
  if (packageName === undefined) return { value: undefined, diagnostics: reader.diagnostics };
  reader.readImports();
  const { diagnostics, ...constraint } = readFileConstraint(file, text);
  const preambles = reader.preambles.map((comments) => readPreamble(file, comments));
  const protoSource = findProtoSource(file, text);
  const testPaths = file.endsWith('_test.go') ? findTestPaths(file, text) : [];
  const value: GoFileHeader = {
    file,
    package: packageName,
    isTest: file.endsWith('_test.go'),
    imports: reader.imports,
    ...constraint,
    fileNameConstraint: parseFileNameConstraint(baseName(file)),
    importsC: reader.imports.some(({ path }) => path === 'C'),
    cgo: preambles.flatMap(({ cgo }) => cgo),
    cIncludes: preambles.flatMap(({ cIncludes }) => cIncludes),
    embeds: reader.imports.some(({ path }) => path === 'embed') ? findEmbeds(file, text) : [],
    generates: findGenerates(file, text),
    ...(protoSource === undefined ? {} : { protoSource }),
    ...(testPaths.length === 0 ? {} : { testPaths }),
  };
  return { value, diagnostics: [...diagnostics, ...reader.diagnostics, ...preambles.flatMap(diagnosticsOf)] };
}

function diagnosticsOf(preamble: Preamble): readonly Diagnostic[] {
  return preamble.diagnostics;
}

interface ImportSpec {
  readonly path: string;
  readonly doc: readonly GoComment[];
}

class HeaderReader {
  readonly imports: GoFileHeader['imports'][number][] = [];
  /** Comments on each `import "C"`. */
  readonly preambles: (readonly GoComment[])[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;
  readonly #scanner: GoScanner;
  #token: GoToken;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#scanner = new GoScanner(text);
    this.#token = this.#scanner.next();
  }

  readPackage(): string | undefined {
    if (!this.#is('word', 'package')) return this.#fail('the package clause is missing', 'begin with `package name`');
    const name = this.#advance();
    if (name.kind !== 'word') return this.#fail('the package has no name', 'write `package name`');
    this.#advance();
    return name.text;
  }

  readImports(): void {
    for (;;) {
      while (this.#is('punctuation', ';')) this.#advance();
      if (this.#token.kind === 'broken') this.#fail(this.#token.text, 'close it');
      if (!this.#is('word', 'import') || !this.#readDeclaration()) return;
    }
  }

  /** False when the declaration is broken; what was read until then stands. */
  #readDeclaration(): boolean {
    const declarationDoc = this.#token.lead;
    this.#advance();
    const isGroup = this.#is('punctuation', '(');
    const specs = isGroup ? this.#readGroup() : this.#readSpecs([], () => false);
    const onlyOne = specs.length === 1;
    for (const { path, doc } of specs) {
      if (path === 'C') this.preambles.push(doc.length === 0 && onlyOne ? declarationDoc : doc);
    }
    return this.diagnostics.length === 0;
  }

  #readGroup(): ImportSpec[] {
    this.#advance();
    const specs = this.#readSpecs(undefined, () => {
      while (this.#is('punctuation', ';')) this.#advance();
      return !this.#is('punctuation', ')');
    });
    if (this.#is('punctuation', ')')) this.#advance();
    return specs;
  }

  /** Reads specs while there are more. Without a group the comment before the path is not the spec's: `doc` says so. */
  #readSpecs(doc: readonly GoComment[] | undefined, hasMore: () => boolean): ImportSpec[] {
    const specs: ImportSpec[] = [];
    if (doc === undefined && !hasMore()) return specs;
    do {
      const lead = doc ?? this.#token.lead;
      const path = this.#readPath();
      if (path === undefined) return specs;
      specs.push({ path, doc: lead });
    } while (hasMore());
    return specs;
  }

  #readPath(): string | undefined {
    if (this.#token.kind === 'word' || this.#is('punctuation', '.')) this.#advance();
    const { kind, text } = this.#token;
    if (kind === 'broken') return this.#fail(text, 'close it');
    const path = kind === 'string' ? unquoteGo(text) : undefined;
    if (path === undefined || path === '') return this.#fail('an import path is missing', 'write `import "path"`');
    this.imports.push({ path, span: this.#span() });
    this.#advance();
    return path;
  }

  #is(kind: GoToken['kind'], text: string): boolean {
    return this.#token.kind === kind && this.#token.text === text;
  }

  #advance(): GoToken {
    this.#token = this.#scanner.next();
    return this.#token;
  }

  #span(): Span {
    const { line, column, text, kind } = this.#token;
    const width = kind === 'broken' || text.includes('\n') ? 1 : Math.max(1, text.length);
    return { file: this.#file, line, column, endColumn: column + width };
  }

  /** Reports at the current token; undefined, for a reader that has nothing to give then. */
  #fail(message: string, help: string): string | undefined {
    this.diagnostics.push({ code: 'go/broken-source', severity: 'error', message, span: this.#span(), help });
    return undefined;
  }
}
