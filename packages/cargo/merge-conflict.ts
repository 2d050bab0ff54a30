import type { Diagnostic } from '#diagnostics';

const OPENING_MARKER = /^<{7} .*$/;

/** The diagnostic for the first unresolved merge conflict in the text, or undefined when there is none. */
export function findMergeConflict(file: string, text: string): Diagnostic | undefined {
  if (!text.includes('<<<<<<< ')) return undefined;
  const lines = text.split('\n');
  const index = lines.findIndex((line) => OPENING_MARKER.test(line.trimEnd()));
  if (index === -1) return undefined;
  return {
    code: 'cargo/merge-conflict',
    severity: 'error',
    message: `${file} has an unresolved merge conflict`,
    span: { file, line: index + 1, column: 1, endColumn: (lines[index]?.trimEnd().length ?? 0) + 1 },
    help: file.endsWith('.lock')
      ? 'take one side of the conflict, then let `cargo check` bring the lock file up to date'
      : 'resolve the conflict and remove its markers',
  };
}
