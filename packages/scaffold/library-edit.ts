import { appendParagraph, insertAt, lineEndOf } from './text-places.js';
import { parseTomlStatements } from './toml-statements.js';

/**
 * Adds a module to what a go.mod requires, as an edit of its text: in its last block, else below its last line of that
 * kind.
 *
 * @param requirement path and version
 */
export function addGoRequirement(text: string, requirement: string): string {
  const eol = lineEndOf(text);
  const block = [...text.matchAll(/^require\s*\(.*\n(?:(?!\)).*\n)*/gm)].at(-1);
  if (block !== undefined) return insertAt(text, block.index + block[0].length, `\t${requirement}${eol}`);
  const single = [...text.matchAll(/^require\s+[^\s(][^\n]*\n?/gm)].at(-1);
  if (single === undefined) return appendParagraph(text, [`require ${requirement}`]);
  const end = single.index + single[0].length;
  return insertAt(text, end, `${single[0].endsWith('\n') ? '' : eol}require ${requirement}${eol}`);
}

/**
 * Adds a crate to what the tests of a Cargo.toml depend on, as an edit of its text.
 *
 * @param dependency a line of `[dev-dependencies]`
 */
export function addDevDependency(text: string, dependency: string): string {
  const { headers } = parseTomlStatements(text);
  const header = headers.find(({ path }) => path.length === 1 && path[0] === 'dev-dependencies');
  if (header === undefined) return appendParagraph(text, ['[dev-dependencies]', dependency]);
  const lineEnd = text.indexOf('\n', header.end);
  const eol = lineEndOf(text);
  return lineEnd === -1 ? `${text}${eol}${dependency}${eol}` : insertAt(text, lineEnd + 1, `${dependency}${eol}`);
}
