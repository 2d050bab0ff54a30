import { DiagnosticError } from '#diagnostics';
import type { AbsolutePath } from '#paths';
import { rewriteCgoFile, type LinkedLibrary, type OverlaidFile } from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * Writes what `go -overlay` wants: a JSON file that puts rewritten cgo files in the place of the sources, which stay as
 * they are. An overlay that the user set in GOFLAGS is taken in, as the command line's would replace it.
 * @throws DiagnosticError when the user's overlay is not valid JSON
 */
export function writeOverlay(
  request: RunRequest,
  files: readonly OverlaidFile[],
  libraries: readonly LinkedLibrary[],
  userOverlay: string | undefined,
): AbsolutePath | undefined {
  if (files.length === 0) return undefined;
  const replace: Record<string, string> = userOverlay === undefined ? {} : readUserOverlay(request, userOverlay);
  for (const overlaid of files) {
    replace[request.files.absolute(overlaid.file)] = request.overlays.keep('go', rewriteCgoFile(overlaid, libraries));
  }
  return request.overlays.keep('json', JSON.stringify({ Replace: replace }));
}

function readUserOverlay(request: RunRequest, path: string): Record<string, string> {
  const text = request.files.readForeignText(path as AbsolutePath);
  try {
    const parsed = JSON.parse(text ?? '') as { Replace?: Record<string, string> };
    return { ...parsed.Replace };
  } catch {
    throw new DiagnosticError({
      code: 'run/broken-overlay',
      severity: 'error',
      message: `GOFLAGS names the overlay ${path}, which is not there or not valid JSON`,
      help: 'mend the file, or take -overlay out of GOFLAGS',
    });
  }
}
