import { unquoteGo } from './unquote.js';

/** A string literal with its quotes' places. */
export interface GoString {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** All string literals of a Go file; those in comments do not count. */
export function goStrings(text: string): GoString[] {
  const strings: GoString[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (!/^["`]/.test(token)) continue;
    const value = unquoteGo(token);
    if (value !== undefined) strings.push({ value, start: index, end: index + token.length });
  }
  return strings;
}
