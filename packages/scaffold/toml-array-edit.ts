import { insertAt, lineEndOf } from './text-places.js';
import type { TomlPair } from './toml-statements.js';

/** Where the strings of an array stand in the text, and where its closing bracket does. */
interface ArrayPlaces {
  readonly items: readonly { readonly start: number; readonly end: number }[];
  /** Offset of the comma after the last item, if there is one. */
  readonly lastComma: number | undefined;
  readonly close: number;
}

/**
 * Adds strings at the end of an array of strings, in the array's own formatting: on its line, or on lines of their own
 * with the same indentation. Comments stay where they are.
 */
export function addToArray(text: string, pair: TomlPair, additions: readonly string[]): string {
  const places = placesIn(text, pair);
  const quoted = additions.map((addition) => JSON.stringify(addition));
  const last = places.items.at(-1);
  const isMultiLine = text.slice(pair.valueStart, pair.valueEnd).includes('\n');
  if (!isMultiLine) {
    if (last === undefined) return insertAt(text, places.close, quoted.join(', '));
    return insertAt(text, last.end, `, ${quoted.join(', ')}`);
  }
  if (last === undefined) return addFirstLines(text, places, quoted);
  return addLines(text, places, last, quoted);
}

function addLines(text: string, places: ArrayPlaces, last: { start: number; end: number }, quoted: string[]): string {
  const eol = lineEndOf(text);
  const indent = indentOfLine(text, last.start);
  const lineEnd = text.indexOf('\n', last.end);
  if (places.close < lineEnd || lineEnd === -1) {
    return insertAt(text, last.end, quoted.map((item) => `,${eol}${indent}${item}`).join(''));
  }
  const withLines = insertAt(text, lineEnd + 1, quoted.map((item) => `${indent}${item},${eol}`).join(''));
  return places.lastComma === undefined ? insertAt(withLines, last.end, ',') : withLines;
}

/** The array has lines, but nothing or only comments on them: the items go above the line of the bracket. */
function addFirstLines(text: string, places: ArrayPlaces, quoted: string[]): string {
  const lineStart = text.lastIndexOf('\n', places.close) + 1;
  const indent = `${indentOfLine(text, places.close)}    `;
  return insertAt(text, lineStart, quoted.map((item) => `${indent}${item},${lineEndOf(text)}`).join(''));
}

function indentOfLine(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function placesIn(text: string, pair: TomlPair): ArrayPlaces {
  const items: { start: number; end: number }[] = [];
  let lastComma: number | undefined;
  let close = pair.valueEnd - 1;
  const token = /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[,\]]/g;
  token.lastIndex = pair.valueStart;
  for (let match = token.exec(text); match !== null && match.index < pair.valueEnd; match = token.exec(text)) {
    const [found] = match;
    if (found === ',') lastComma = match.index;
    else if (found === ']') close = match.index;
    else if (!found.startsWith('#')) {
      items.push({ start: match.index, end: match.index + found.length });
      lastComma = undefined;
    }
  }
  return { items, lastComma, close };
}
