import type { Span } from '#diagnostics';
import { goStrings } from './strings.js';

/** A path that a test names and that leads out of its folder. */
export interface TestPath {
  /** As written, `/` between what is joined. */
  readonly path: string;
  readonly span: Span;
}

/** `filepath.Join("..", "fixtures", name)`: what stands before the first argument that is no literal. */
const JOINED = /\bJoin\(\s*("\.\."(?:\s*,\s*"[^"\\\n]*")+)/g;

/** Literals of a test that begin with `../`, alone or joined. What a test reads beyond its module shows nowhere else. */
export function findTestPaths(file: string, text: string): TestPath[] {
  if (!/["`]\.\.[/"]/.test(text)) return [];
  const found: TestPath[] = [];
  const strings = goStrings(text);
  for (const { value, start, end } of strings) {
    if (value.startsWith('../')) found.push({ path: value, span: spanAt(file, text, start, end) });
  }
  const starts = new Set(strings.map(({ start }) => start));
  for (const { 0: call, 1: parts = '', index } of text.matchAll(JOINED)) {
    const start = index + call.length - parts.length;
    if (!starts.has(start)) continue; // in a comment or a longer string
    const path = [...parts.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('/');
    found.push({ path, span: spanAt(file, text, start, start + parts.length) });
  }
  return found;
}

function spanAt(file: string, text: string, start: number, end: number): Span {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < start; at = text.indexOf('\n', at + 1)) line++;
  const column = start - lineStart + 1;
  return { file, line, column, endColumn: column + end - start };
}
