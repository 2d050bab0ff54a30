import type { Diagnostic, Span } from '#diagnostics';
import { combineConstraints, parseConstraint, parsePlusBuild } from './constraint.js';
import type { BuildConstraint } from './types.js';

export interface FileConstraint {
  readonly constraint?: BuildConstraint;
  readonly constraintSpan?: Span;
  readonly diagnostics: readonly Diagnostic[];
}

interface SourceLine {
  /** Without surrounding white space. */
  readonly text: string;
  readonly span: Span;
}

interface LeadingLines {
  readonly goBuild: readonly SourceLine[];
  readonly plusBuild: readonly SourceLine[];
}

/**
 * Finds the build constraint in the comments at the head of a file. A `//go:build` line decides alone; without one, all
 * `// +build` lines before the last blank line of the head must hold.
 */
export function readFileConstraint(file: string, text: string): FileConstraint {
  const { goBuild, plusBuild } = findBuildLines(file, text);
  const [line, second] = goBuild;
  if (second !== undefined) {
    const repeated = explain(second.span, 'a second //go:build line', 'join them into one with && or ||');
    return { diagnostics: [repeated] };
  }
  if (line !== undefined) return readGoBuild(line);
  const [first] = plusBuild;
  if (first === undefined) return { diagnostics: [] };
  const parts = plusBuild.map(({ text: words }) => parsePlusBuild(words.replace(/^\/\/\s*\+build/, '')));
  return { constraint: combineConstraints('and', parts), constraintSpan: first.span, diagnostics: [] };
}

function readGoBuild({ text, span }: SourceLine): FileConstraint {
  const expression = text.slice('//go:build'.length);
  const parsed = parseConstraint(expression);
  if ('constraint' in parsed) return { constraint: parsed.constraint, constraintSpan: span, diagnostics: [] };
  const column = span.column + '//go:build'.length + parsed.offset;
  const place = { ...span, column, endColumn: column + 1 };
  return { diagnostics: [explain(place, parsed.problem, 'Go refuses the file; see `go help buildconstraint`')] };
}

function explain(span: Span, problem: string, help: string): Diagnostic {
  return { code: 'go/bad-constraint', severity: 'error', message: `bad build constraint: ${problem}`, span, help };
}

/** Walks the head of the file as Go does: `//` lines and blank ones, then block comments, up to the first code. */
function findBuildLines(file: string, text: string): LeadingLines {
  const goBuild: SourceLine[] = [];
  const plusBuild: SourceLine[] = [];
  let settled = 0;
  let isHead = true;
  let isInBlock = false;
  for (const line of sourceLines(file, text)) {
    if (line.text === '' && isHead) settled = plusBuild.length;
    if (line.text !== '' && !line.text.startsWith('//')) isHead = false;
    if (!isInBlock && /^\/\/go:build(?:\s|$)/.test(line.text)) goBuild.push(line);
    else if (isHead && /^\/\/\s*\+build(?:\s|$)/.test(line.text)) plusBuild.push(line);
    const state = skipComments(line.text, isInBlock);
    if (state === 'code') break;
    isInBlock = state === 'block';
  }
  return { goBuild, plusBuild: plusBuild.slice(0, settled) };
}

function skipComments(line: string, isInBlock: boolean): 'code' | 'block' | 'outside' {
  let position = 0;
  for (let inside = isInBlock; ;) {
    if (inside) {
      const end = line.indexOf('*/', position);
      if (end === -1) return 'block';
      position = end + 2;
      inside = false;
    }
    while (/\s/.test(line[position] ?? '')) position++;
    if (position >= line.length || line.startsWith('//', position)) return 'outside';
    if (!line.startsWith('/*', position)) return 'code';
    position += 2;
    inside = true;
  }
}

function* sourceLines(file: string, text: string): Generator<SourceLine> {
  let line = 1;
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    const column = raw.length - raw.trimStart().length + 1;
    yield { text: trimmed, span: { file, line, column, endColumn: column + trimmed.length } };
    start = end + 1;
  }
}
