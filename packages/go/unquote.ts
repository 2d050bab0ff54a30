const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.?))/gs;

/** The value of a Go string literal, interpreted or raw; undefined when it is none. */
export function unquoteGo(literal: string): string | undefined {
  const quote = literal[0];
  if (literal.length < 2 || literal.at(-1) !== quote) return undefined;
  const inner = literal.slice(1, -1);
  if (quote === '`') return inner.includes('`') ? undefined : inner.replaceAll('\r', '');
  return quote === '"' && hasOnlyEscapedQuotes(inner) ? unescapeInterpreted(inner) : undefined;
}

function hasOnlyEscapedQuotes(inner: string): boolean {
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '"' || inner[i] === '\n') return false;
    if (inner[i] === '\\') i++;
  }
  return true;
}

function unescapeInterpreted(inner: string): string | undefined {
  const seen = { onlyValid: true };
  const value = inner.replace(
    ESCAPE,
    (_whole, byte?: string, short?: string, long?: string, octal?: string, letter?: string) => {
      const digits = byte ?? short ?? long;
      const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16);
      const text = letter === undefined ? codeText(code) : SIMPLE_ESCAPES[letter];
      seen.onlyValid &&= text !== undefined;
      return text ?? '';
    },
  );
  return seen.onlyValid ? value : undefined;
}

function codeText(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
