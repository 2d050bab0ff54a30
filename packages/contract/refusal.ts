import type { Diagnostic, Span } from '#diagnostics';

/** An error about a declaration of the contract, in the order in which rules read best: what, where, what to do. */
export function refuse(name: string, message: string, span: Span, help: string): Diagnostic {
  return { code: `contract/${name}`, severity: 'error', message, span, help };
}
