import { DiagnosticError } from '#diagnostics';

/**
 * Splits a Go flag list: blanks separate, a word that begins with a quote runs to the same quote. No escapes.
 * Source: `go help environment` (GOFLAGS) and the `-ldflags` paragraph of `go help build`.
 */
function splitGoFlags(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/**
 * The inverse of {@link splitGoFlags}.
 * @throws DiagnosticError when a word needs quoting and holds both kinds of quotes: Go has no way to write it
 */
function joinGoFlags(words: readonly string[]): string {
  return words.map(quoteGoFlag).join(' ');
}

function quoteGoFlag(word: string): string {
  if (word !== '' && !/[\s'"]/.test(word)) return word;
  if (!word.includes("'")) return `'${word}'`;
  if (!word.includes('"')) return `"${word}"`;
  throw new DiagnosticError({
    code: 'plan/unquotable-flag',
    severity: 'error',
    message: `Go cannot take the flag ${word}: it holds blanks or quotes of both kinds`,
    help: 'use one kind of quotes within ldflags, and no quotes in folder names',
  });
}

/** Value of the last `-name=value` in a GOFLAGS list. */
export function valueInGoFlags(goflags: string, name: string): string | undefined {
  const found = splitGoFlags(goflags).findLast((word) => word.startsWith(`-${name}=`) || word.startsWith(`--${name}=`));
  return found?.slice(found.indexOf('=') + 1);
}

/** `-ldflags` arguments that link the given words as well, the user's own `-extldflags` first; `own` flags yield to the user's. */
export function mergeLinkerFlags(
  ldflags: string,
  extldflags: readonly string[],
  own: readonly string[] = [],
): string[] {
  const { pattern, list } = splitPattern(ldflags);
  if (extldflags.length === 0 && own.length === 0) return ldflags.trim() === '' ? [] : [`-ldflags=${ldflags}`];
  const merged = mergeExternalFlags([...own, ...splitGoFlags(list)], extldflags);
  if (pattern === undefined) return [`-ldflags=${joinGoFlags(merged)}`];
  // The last flag whose pattern matches wins, so packages outside the user's pattern still get theirs.
  return [`-ldflags=${joinGoFlags(mergeExternalFlags(own, extldflags))}`, `-ldflags=${pattern}=${joinGoFlags(merged)}`];
}

/** `-ldflags=pattern=list`: a value that does not begin with a dash or quote names packages first. */
function splitPattern(ldflags: string): { pattern?: string; list: string } {
  const match = /^\s*([^\s'"=-][^\s'"=]*)=(.*)$/s.exec(ldflags);
  return match?.[1] === undefined ? { list: ldflags } : { pattern: match[1], list: match[2] ?? '' };
}

function mergeExternalFlags(words: readonly string[], extldflags: readonly string[]): string[] {
  const kept: string[] = [];
  let own: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (/^--?extldflags$/.test(word)) own = words[++index] ?? '';
    else if (/^--?extldflags=/.test(word)) own = word.slice(word.indexOf('=') + 1);
    else kept.push(word);
  }
  const external = [...splitGoFlags(own ?? ''), ...extldflags];
  if (external.length === 0) return kept;
  // Two words, and first: go refuses a value of -ldflags that begins with a quote.
  return ['-extldflags', joinGoFlags(external), ...kept];
}
