import type { Diagnosed } from '#diagnostics';
import { originalOf } from './copied-proto.js';

/** What a .proto file imports. */
export interface ProtoSource {
  readonly file: string;
  /** Paths as written, each relative to a folder that the compiler is told to search. */
  readonly imports: readonly string[];
  /** Whether it is a copy that `nx sync` put beside a contract. */
  readonly isCopy?: true;
}

/** Comments, strings, words and other marks. */
const TOKEN = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\w+|[^\s]/g;

/** Reads the imports of a .proto file without its messages. Whether it is right is for the compiler to say. */
export function parseProtoImports(file: string, text: string): Diagnosed<ProtoSource | undefined> {
  const imports = text.includes('import') ? findImports(text) : [];
  return { value: { file, imports, ...(originalOf(text) !== undefined && { isCopy: true }) }, diagnostics: [] };
}

/** `import "path";`, also `public`, `weak` and `option`, at the beginning of a statement. */
function findImports(text: string): string[] {
  const imports: string[] = [];
  let statement: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (token !== ';' && token !== '{' && token !== '}') {
      // The rest of a long statement says nothing about imports.
      if (statement.length < 8) statement.push(token);
      continue;
    }
    const path = token === ';' ? importedPath(statement) : undefined;
    if (path !== undefined) imports.push(path);
    statement = [];
  }
  return imports;
}

function importedPath([keyword, ...rest]: readonly string[]): string | undefined {
  if (keyword !== 'import') return undefined;
  const strings = rest[0] === 'public' || rest[0] === 'weak' || rest[0] === 'option' ? rest.slice(1) : rest;
  const isString = strings.length > 0 && strings.every((token) => /^["']/.test(token));
  // Strings one after the other are one string.
  const path = strings.map((token) => token.slice(1, -1)).join('');
  return isString && path !== '' ? path : undefined;
}
