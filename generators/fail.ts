import type { Tree } from '@nx/devkit';
import { DiagnosticError, renderDiagnostic, type Diagnosed, type Diagnostic } from '#diagnostics';

/** Ends a generator with what is wrong, each with the user's line underlined; nothing of the tree is written then. */
export function fail(tree: Tree, diagnostics: readonly Diagnostic[]): never {
  const error = new DiagnosticError(...diagnostics);
  error.message = diagnostics.map((diagnostic) => render(tree, diagnostic)).join('\n\n');
  throw error;
}

/** Ends the generator if there is an error among the diagnostics. */
export function failOnErrors(tree: Tree, diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) fail(tree, errors);
}

/** The value, or the end of the generator if there is none or an error was found in making it. */
export function valueOf<T>(tree: Tree, { value, diagnostics }: Diagnosed<T | undefined>): T {
  failOnErrors(tree, diagnostics);
  if (value === undefined) return fail(tree, diagnostics);
  return value;
}

function render(tree: Tree, diagnostic: Diagnostic): string {
  const text = diagnostic.span && tree.exists(diagnostic.span.file) && tree.read(diagnostic.span.file, 'utf8');
  return typeof text === 'string' ? renderDiagnostic(diagnostic, text) : renderDiagnostic(diagnostic);
}
