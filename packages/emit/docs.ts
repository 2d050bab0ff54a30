import { generatedMark } from '#diagnostics';

/**
 * The lines of a contract's comment as prose for a doc comment. Indentation and list markers go, as both languages give
 * them a meaning (code blocks, lists that their formatters move around); fences of code stay out of Rust's doc tests.
 */
export function docLines(doc: string): string[] {
  if (doc === '') return [];
  const lines = doc.split('\n').map((line) => plainLine(line));
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines.filter((line, at) => line !== '' || lines[at - 1] !== '');
}

function plainLine(line: string): string {
  return line
    .trim()
    .replace(/^(?:[-*+•]|\d+[.)])\s+/, '– ')
    .replace(/^#+\s*/, '')
    .replace(/^(?:```|~~~).*$/, '')
    .replace(/^\+build\b/, '"+build"')
    .replace(/^\[([^\]]+)\]:\s*/, '$1: ');
}

/** Doc comment lines: `marker` is `//` for Go or `///` for Rust. */
export function docComment(marker: '//' | '///', doc: string, fallback = ''): string[] {
  const lines = docLines(doc === '' ? fallback : doc);
  return (marker === '//' ? forGo(lines) : lines).map((line) => `${marker} ${line}`.trimEnd());
}

/** gofmt makes typographic quotes of two pairs of characters, and a heading of a line that stands alone. */
function forGo(lines: readonly string[]): string[] {
  return lines.map((line, at) => {
    const isAlone = (at === 0 || lines[at - 1] === '') && lines[at + 1] === '';
    const text = line.replaceAll('``', '“').replaceAll("''", '”');
    return isAlone && /[\p{L}\p{N}]$/u.test(text) ? `${text}.` : text;
  });
}

/** First lines of every generated file; `marker` begins a line comment. */
export function generatedHeader(marker: string, files: readonly string[]): string[] {
  return generatedMark(files).map((line) => `${marker} ${line}`);
}

/** `a`, `a and b`, `a, b and c`. */
export function enumeration(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
