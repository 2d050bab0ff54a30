import type { Diagnostic, Span } from '#diagnostics';
import { unquoteGo } from './unquote.js';

/** A word of a go.mod or go.work file; a string has its value, without the quotes. */
export interface ModWord {
  readonly text: string;
  readonly span: Span;
}

/** One statement: a single line, or one line of a block with the block's verb. */
export interface ModLine {
  readonly verb: ModWord;
  readonly args: readonly ModWord[];
  /** From the first word to the last. */
  readonly span: Span;
  /** Text after `//` at the end of the line. */
  readonly comment: string;
}

export interface ModFile {
  readonly lines: readonly ModLine[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Block {
  readonly verb: ModWord;
}

/** Reads the grammar that go.mod and go.work share. A line that cannot be read is reported and left out. */
export function readModLines(file: string, text: string): ModFile {
  const lines: ModLine[] = [];
  const diagnostics: Diagnostic[] = [];
  let block: Block | undefined;
  for (const [index, lineText] of text.split('\n').entries()) {
    const { words, comment, problem } = splitLine(file, index + 1, lineText);
    const [first, ...rest] = words;
    if (problem !== undefined) diagnostics.push(problem);
    if (problem !== undefined || first === undefined) continue;
    if (block !== undefined && isPunctuation(words, ')')) block = undefined;
    else if (block === undefined && opensBlock(rest)) block = { verb: first };
    else if (block !== undefined) lines.push(toLine(block.verb, words, first, comment));
    else if (!isEmptyBlock(rest)) lines.push(toLine(first, rest, first, comment));
  }
  if (block !== undefined) diagnostics.push(explainOpenBlock(block));
  return { lines, diagnostics };
}

function toLine(verb: ModWord, args: readonly ModWord[], first: ModWord, comment: string): ModLine {
  const endColumn = args.at(-1)?.span.endColumn ?? first.span.endColumn;
  return { verb, args, span: { ...first.span, ...(endColumn === undefined ? {} : { endColumn }) }, comment };
}

function isPunctuation(words: readonly ModWord[], ...texts: string[]): boolean {
  return words.length === texts.length && words.every(({ text }, index) => text === texts[index]);
}

function opensBlock(rest: readonly ModWord[]): boolean {
  return isPunctuation(rest, '(');
}

function isEmptyBlock(rest: readonly ModWord[]): boolean {
  return isPunctuation(rest, '(', ')');
}

function explainOpenBlock(block: Block): Diagnostic {
  return {
    code: 'go/mod-syntax',
    severity: 'error',
    message: `the block \`${block.verb.text} (\` is not closed`,
    span: block.verb.span,
    help: 'add `)` on a line of its own after the last entry',
  };
}

interface SplitLine {
  readonly words: readonly ModWord[];
  readonly comment: string;
  readonly problem?: Diagnostic;
}

const SPACE = /[ \t\r\uFEFF]+/y;
const PUNCTUATION = '()[]{},';
/** What ends a bare word: white space, punctuation, quotes, a comment. */
const WORD_END = /[\s()[\]{},"`]|\/[/*]/g;

function splitLine(file: string, line: number, text: string): SplitLine {
  const words: ModWord[] = [];
  for (let position = 0; ;) {
    position = skipSpace(text, position);
    if (position >= text.length) return { words, comment: '' };
    if (text.startsWith('//', position)) return { words, comment: text.slice(position + 2).trim() };
    const end = findWordEnd(text, position);
    const word = text.slice(position, end);
    const value = word.startsWith('"') || word.startsWith('`') ? unquoteGo(word) : word;
    const span: Span = { file, line, column: position + 1, endColumn: Math.max(end, position + 1) + 1 };
    if (word === '' || value === undefined) {
      return { words, comment: '', problem: explainWord(text, position, span) };
    }
    words.push({ text: value, span });
    position = end;
  }
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(text)?.[0].length ?? 0);
}

/** End of the word that begins at `from`; equals `from` when no word can begin there. */
function findWordEnd(text: string, from: number): number {
  const first = text[from] ?? '';
  if (PUNCTUATION.includes(first)) return from + 1;
  if (first === '"' || first === '`') return findStringEnd(text, from, first);
  WORD_END.lastIndex = from;
  return WORD_END.exec(text)?.index ?? text.length;
}

function findStringEnd(text: string, from: number, quote: string): number {
  for (let end = from + 1; end < text.length; end++) {
    if (text[end] === quote) return end + 1;
    if (quote === '"' && text[end] === '\\') end++;
  }
  return text.length;
}

function explainWord(text: string, position: number, span: Span): Diagnostic {
  const common = { code: 'go/mod-syntax', severity: 'error', span } as const;
  if (text.startsWith('/*', position)) {
    return { ...common, message: '/* */ comments are not allowed here', help: 'use // comments' };
  }
  if (text[position] === '"' || text[position] === '`') {
    return { ...common, message: 'the quoted string is not closed or has a bad escape', help: 'mend the string' };
  }
  const code = text.codePointAt(position) ?? 0;
  return {
    ...common,
    message: `unexpected character U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    help: 'remove it',
  };
}
