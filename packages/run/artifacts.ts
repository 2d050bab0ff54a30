import { DiagnosticError } from '#diagnostics';
import { joinPath, type AbsolutePath, type WorkspacePath } from '#paths';
import { artifactFolder } from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * Puts freshly built files into the project's folder below dist, each whole or not at all, then removes what an
 * earlier build left there under a name that this one did not make.
 * @throws DiagnosticError when dist cannot be written
 */
export function placeArtifacts(
  request: RunRequest,
  built: readonly { readonly path: string; readonly fileName: string }[],
  allNames: readonly string[],
): void {
  placeFiles(request, artifactFolder(request.project.root), built, allNames);
}

/** The same into any folder. */
export function placeFiles(
  request: RunRequest,
  folder: WorkspacePath,
  built: readonly { readonly path: string; readonly fileName: string }[],
  allNames: readonly string[],
): void {
  const fresh = new Set(built.map((artifact) => artifact.fileName));
  writing(folder, () => {
    for (const { path, fileName } of built) request.files.copyIn(path as AbsolutePath, joinPath(folder, fileName));
    for (const name of allNames) if (!fresh.has(name)) removeFile(request, joinPath(folder, name));
  });
  for (const { fileName } of built) request.print(`  → ${joinPath(folder, fileName)}`);
}

/** Folders stay: in dist they hold the artifacts of nested projects. */
function removeFile(request: RunRequest, path: WorkspacePath): void {
  if (request.files.isFile(path)) request.files.remove(path);
}

/** Turns a failed write below `folder` into a message that says which folder and why. */
export function writing<T>(folder: WorkspacePath, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DiagnosticError({
      code: 'run/unwritable',
      severity: 'error',
      message: `artifacts could not be written to ${folder}: ${reason}`,
      help: 'free space on the filesystem, or mend the permissions of the folder, and run the task again',
    });
  }
}
