import { renderDiagnostic } from '#diagnostics';
import { workspacePath } from '#paths';
import { checkLinks } from '#plan';
import { runCargo } from './run-cargo.js';
import { runGo } from './run-go.js';
import type { RunRequest } from './run-request.js';

/**
 * Says what there is to say of the project's links to the other language, then lets go vet or clippy look at its sources.
 * @returns whether neither found an error
 * @throws DiagnosticError when the tool cannot be run as asked
 */
export async function runLint(side: 'go' | 'rust', request: RunRequest): Promise<boolean> {
  const found = checkLinks(request.project, side, request.projects, request.options);
  for (const diagnostic of found) {
    const text = diagnostic.span && request.files.readText(workspacePath(diagnostic.span.file));
    request.print(renderDiagnostic(diagnostic, text));
  }
  const isContent = side === 'go' ? await runGo('vet', request) : await runCargo('clippy', request);
  return isContent && found.every(({ severity }) => severity !== 'error');
}
