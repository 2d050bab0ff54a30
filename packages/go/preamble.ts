import { suggest, type Diagnostic, type Span } from '#diagnostics';
import { splitCgoWords } from './cgo-words.js';
import type { GoComment } from './scanner.js';
import type { CgoDirective, GoFileHeader } from './types.js';

/** What the comment on `import "C"` says. */
export interface Preamble {
  readonly cgo: readonly CgoDirective[];
  readonly cIncludes: GoFileHeader['cIncludes'];
  readonly diagnostics: readonly Diagnostic[];
}

interface PreambleLine {
  /** Without the Go comment's markers. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const VERBS = ['CFLAGS', 'CPPFLAGS', 'CXXFLAGS', 'FFLAGS', 'LDFLAGS', 'pkg-config'];
const FUNCTION_VERBS = ['noescape', 'nocallback'];

/** Reads the comment group that Go takes as the preamble. `#cgo` counts at the start of a line only, as for Go. */
export function readPreamble(file: string, comments: readonly GoComment[]): Preamble {
  const lines = preambleLines(comments);
  const cgo: CgoDirective[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const line of lines) {
    if (!/^\s*#cgo[ \t]/.test(line.text)) continue;
    const directive = readDirective(spanOf(file, line, line.text), line.text.trim());
    if ('verb' in directive) cgo.push(directive);
    else diagnostics.push(directive);
  }
  return { cgo, cIncludes: findIncludes(file, lines), diagnostics };
}

/** The lines of the group as go/ast gives its text: markers off, `//go:x`-like lines left out. */
function preambleLines(comments: readonly GoComment[]): PreambleLine[] {
  return comments.flatMap(({ text, line, column }) => {
    if (text.startsWith('//')) {
      const isDirective = /^\/\/(?:(?:line|extern|export) |[a-z0-9]+:[a-z0-9])/.test(text);
      return isDirective ? [] : [{ text: text.slice(2), line, column: column + 2 }];
    }
    const inner = text.slice(2, -2).split('\n');
    return inner.map((each, index) => ({ text: each, line: line + index, column: index === 0 ? column + 2 : 1 }));
  });
}

/** Place of `part` of a line, without the white space around it. */
function spanOf(file: string, line: PreambleLine, part: string, from = 0): Span {
  const column = line.column + from + part.length - part.trimStart().length;
  return { file, line: line.line, column, endColumn: column + part.trim().length };
}

function readDirective(span: Span, text: string): CgoDirective | Diagnostic {
  const fields = text.split(/\s+/);
  const [, verb = '', name = ''] = fields;
  if (fields.length === 3 && FUNCTION_VERBS.includes(verb)) return { verb, constraints: [], words: [name], span };
  const colon = text.indexOf(':');
  if (colon === -1) return explain(span, 'it has no colon', 'write `#cgo LDFLAGS: …`');
  return readFlags(span, text.slice('#cgo'.length, colon), text.slice(colon + 1));
}

function readFlags(span: Span, head: string, flags: string): CgoDirective | Diagnostic {
  const constraints = head.split(/\s+/).filter((word) => word !== '');
  const verb = constraints.pop();
  if (verb === undefined) return explain(span, 'it has no verb', 'write `#cgo LDFLAGS: …`');
  if (!VERBS.includes(verb)) {
    const meant = suggest(verb, VERBS);
    const help = meant === undefined ? `verbs are ${VERBS.join(', ')}` : `did you mean ${meant}?`;
    return explain(span, `unknown verb ${verb}`, help);
  }
  const { words, problem } = splitCgoWords(flags);
  return problem === undefined ? { verb, constraints, words, span } : explain(span, problem, 'mend the quoting');
}

function explain(span: Span, problem: string, help: string): Diagnostic {
  return { code: 'go/bad-cgo', severity: 'error', message: `bad #cgo line: ${problem}`, span, help };
}

const INCLUDE = /^\s*#\s*include\s*"([^"]+)"/;

/** `#include "…"` lines that are not inside a C comment. */
function findIncludes(file: string, lines: readonly PreambleLine[]): GoFileHeader['cIncludes'] {
  let isInComment = false;
  return lines.flatMap((line) => {
    const { code, isOpen } = blankComments(line.text, isInComment);
    isInComment = isOpen;
    const path = INCLUDE.exec(code)?.[1];
    if (path === undefined) return [];
    return [{ path, span: spanOf(file, line, `"${path}"`, code.indexOf('"')) }];
  });
}

/** The line with C comments replaced by spaces, and whether one is still open at its end. */
function blankComments(text: string, isInComment: boolean): { code: string; isOpen: boolean } {
  let code = '';
  let quote = '';
  for (let i = 0, inside = isInComment; ; i++) {
    if (inside) {
      const close = text.indexOf('*/', i);
      const end = close === -1 ? text.length : close + 2;
      code += ' '.repeat(end - i);
      if (close === -1) return { code, isOpen: true };
      i = end;
      inside = false;
    }
    const character = text[i];
    if (character === undefined || (quote === '' && text.startsWith('//', i))) return { code, isOpen: false };
    if (quote === '' && text.startsWith('/*', i)) {
      inside = true;
      code += '  ';
      i++;
      continue;
    }
    code += character;
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (quote !== '' && character === '\\') code += text[++i] ?? '';
  }
}
