import { docLines } from '../docs.js';

/** The comment of a declaration, if there is one. */
export function paragraph(doc: string): string[][] {
  const lines = docLines(doc);
  return lines.length === 0 ? [] : [[...lines]];
}

/** Lines that begin with blanks belong to the one above. */
export function bullets(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^ */, '$&- '));
}

/** A name of the contract, or of the code. */
export function code(text: string): string {
  return `\`${text}\``;
}
