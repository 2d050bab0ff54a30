import { appendParagraph, insertAt, lineEndOf } from './text-places.js';

/** Lowest Go version that generated modules need; their go.mod says it, and a new go.work does at least. */
export const goFloor = '1.26';

/**
 * Adds modules to a go.work as an edit of its text: comments, order and formatting stay. A module that it already uses
 * is not added again.
 *
 * @param text undefined when there is no such file yet
 * @param modules folders relative to the go.work's folder, posix
 * @param goVersion for a new file: at least the highest version that one of its modules asks for
 */
export function addGoModules(text: string | undefined, modules: readonly string[], goVersion: string): string {
  const written = text ?? `go ${goVersion}\n`;
  const uses = listUses(written);
  const known = new Set(uses.map(({ path }) => normalize(path)));
  const missing = modules.filter((module) => !known.has(normalize(module))).map((module) => usePath(module));
  if (missing.length === 0) return written;
  const eol = lineEndOf(written);
  const block = lastBlockEnd(written);
  if (block !== undefined) return insertAt(written, block, missing.map((path) => `\t${path}${eol}`).join(''));
  const single = uses.at(-1);
  if (single === undefined) return appendParagraph(written, ['use (', ...missing.map((path) => `\t${path}`), ')']);
  const lineEnd = written.indexOf('\n', single.end);
  const lines = missing.map((path) => `use ${path}${eol}`).join('');
  return lineEnd === -1 ? `${written}${eol}${lines}` : insertAt(written, lineEnd + 1, lines);
}

/**
 * Adds replacements to a go.work as an edit of its text: below its last line of that kind, else at its end.
 *
 * @param replacements as go.work has them behind the word, e.g. `example.com/a v0.0.0 => ./a`
 */
export function addGoReplacements(text: string, replacements: readonly string[]): string {
  if (replacements.length === 0) return text;
  const lines = replacements.map((replacement) => `replace ${replacement}`);
  const last = [...text.matchAll(/^replace\s+[^\s(][^\n]*\n/gm)].at(-1);
  if (last === undefined) return appendParagraph(text, lines);
  const eol = lineEndOf(text);
  return insertAt(text, last.index + last[0].length, lines.map((line) => `${line}${eol}`).join(''));
}

/** go.work wants `./` before a folder, so that it cannot be read as a module path. */
function usePath(module: string): string {
  const path = module === '.' || module.startsWith('../') ? module : `./${module}`;
  return quotedPath(path);
}

/** A path as go.work has it. */
export function quotedPath(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : JSON.stringify(path);
}

function normalize(path: string): string {
  const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
  return plain === '' ? '.' : plain;
}

const directive = /^[ \t]*use[ \t]+(?!\()(?<path>"[^"\n]*"|`[^`\n]*`|(?:(?!\/\/)[^\s()])+)/;
const blockStart = /^[ \t]*use[ \t]*\(/;
const blockItem = /^[ \t]*(?<path>"[^"\n]*"|`[^`\n]*`|(?:(?!\/\/)[^\s()])+)/;

interface Line {
  readonly text: string;
  readonly start: number;
}

/** The lines of a text, each with its offset. */
function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const place = { text: line, start };
    start += line.length + 1;
    return place;
  });
}

/** The folders that the file uses, in blocks and in single lines; `end` is the offset after the path. */
function listUses(text: string): { path: string; end: number }[] {
  const uses: { path: string; end: number }[] = [];
  let inBlock = false;
  for (const { text: line, start } of linesOf(text)) {
    if (inBlock && /^[ \t]*\)/.test(line)) inBlock = false;
    else if (blockStart.test(line)) inBlock = true;
    else {
      const match = (inBlock ? blockItem : directive).exec(line);
      const path = match?.groups?.['path'];
      if (match !== null && path !== undefined) {
        uses.push({ path: path.replace(/^["`]|["`]$/g, ''), end: start + match[0].length });
      }
    }
  }
  return uses;
}

/** Offset of the line that closes the last `use (` block; undefined when there is none. */
function lastBlockEnd(text: string): number | undefined {
  let inBlock = false;
  let end: number | undefined;
  for (const { text: line, start } of linesOf(text)) {
    if (blockStart.test(line)) inBlock = true;
    else if (inBlock && /^[ \t]*\)/.test(line)) {
      inBlock = false;
      end = start;
    }
  }
  return end;
}
