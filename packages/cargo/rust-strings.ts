/** Value of a string literal, and where it ends; no value for byte and C strings, which no path is made from. */
export interface RustString {
  readonly value?: string;
  readonly end: number;
}

/** Reads the literal that begins at `start` with `opening`: prefix, hashes and quote. */
export function readRustString(text: string, start: number, opening: string): RustString {
  const from = start + opening.length;
  const isText = !/^[bc]/.test(opening);
  if (opening.includes('r')) {
    const closing = `"${'#'.repeat(opening.length - opening.indexOf('r') - 2)}`;
    const close = text.indexOf(closing, from);
    if (close === -1) return { end: text.length };
    return { end: close + closing.length, ...(isText ? { value: text.slice(from, close) } : {}) };
  }
  let close = from;
  while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
  if (close >= text.length) return { end: text.length };
  return { end: close + 1, ...(isText ? { value: unescape(text.slice(from, close)) } : {}) };
}

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f_]{1,8})\}|\r?\n\s*|([^]))/g;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' };

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_all, byte?: string, code?: string, character?: string) => {
    if (character !== undefined) return SIMPLE[character] ?? character;
    const point = byte ?? code?.replaceAll('_', '');
    if (point === undefined) return '';
    const value = parseInt(point, 16);
    return value <= 0x10ffff ? String.fromCodePoint(value) : '';
  });
}
