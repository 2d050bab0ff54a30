import type { Span } from '#diagnostics';

/** The span of `start` to `end` of a text; on several lines it keeps its start only. */
export function spanAt(file: string, text: string, start: number, end: number): Span {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  const sameLine = end > start && !text.slice(start, end).includes('\n');
  return sameLine ? { file, line, column, endColumn: column + end - start } : { file, line, column };
}

/** The line end that the text uses; `\n` for a text of one line. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Puts text in at an offset. */
export function insertAt(text: string, offset: number, insertion: string): string {
  return text.slice(0, offset) + insertion + text.slice(offset);
}

/** Adds a paragraph at the end, apart from what is there by one empty line. */
export function appendParagraph(text: string, lines: readonly string[]): string {
  const eol = lineEndOf(text);
  const body = text.trimEnd();
  const paragraph = lines.join(eol) + eol;
  return body === '' ? paragraph : body + eol + eol + paragraph;
}
