import type { GoFileHeader } from './types.js';

const SOURCE = /^\/\/ [Ss]ource: (\S+\.proto)[ \t\r]*$/m;

/** The .proto that the comments above the package clause of a generated file name: `// source: a/b.proto`. */
export function findProtoSource(file: string, text: string): GoFileHeader['protoSource'] {
  const packageClause = /^package\b/m.exec(text)?.index ?? 0;
  const head = text.slice(0, packageClause);
  if (!head.includes('Code generated')) return undefined;
  const match = SOURCE.exec(head);
  if (match?.[1] === undefined) return undefined;
  const line = head.slice(0, match.index).split('\n').length;
  return { path: match[1], span: { file, line, column: 1, endColumn: match[0].trimEnd().length + 1 } };
}
