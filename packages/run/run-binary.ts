import { DiagnosticError, suggest } from '#diagnostics';
import { joinPath } from '#paths';
import { artifactFolder, listArguments } from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * Starts the built binary of the project in the project's folder, with the terminal's input.
 * @returns its exit code
 * @throws DiagnosticError when the project has none, or several and none was chosen
 */
export async function runBinary(request: RunRequest): Promise<number> {
  const name = chooseBinary(request);
  const folder = artifactFolder(request.project.root);
  const path = [name, `${name}.exe`].map((file) => joinPath(folder, file)).find((file) => request.files.isFile(file));
  if (path === undefined) {
    throw new DiagnosticError({
      code: 'run/not-built',
      severity: 'error',
      message: `${joinPath(folder, name)} is not there`,
      help: `run \`nx build ${request.project.name}\` first`,
    });
  }
  const args = listArguments(request.options.programArgs);
  request.printCommand([path, ...args].join(' '));
  const ended = await request.processes.run(
    { program: request.files.absolute(path), args, cwd: request.files.absolute(request.project.root) },
    { interactive: true },
  );
  if (ended.spawnError !== undefined) throw notStarted(path, ended.spawnError);
  return ended.exitCode;
}

function chooseBinary(request: RunRequest): string {
  const { project, options } = request;
  const names = [...(project.rust?.binaries ?? []), ...(project.go?.mains.map((main) => main.name) ?? [])];
  const chosen = options.bin ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined && names.includes(chosen)) return chosen;
  const meant = chosen === undefined ? undefined : suggest(chosen, names);
  throw new DiagnosticError({
    code: 'run/which-binary',
    severity: 'error',
    message:
      chosen === undefined
        ? `${project.name} has ${String(names.length)} binaries, so which one to run has to be said`
        : `${project.name} has no binary called \`${chosen}\``,
    help: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}set --bin to one of: ${names.join(', ')}`,
  });
}

function notStarted(path: string, reason: string): DiagnosticError {
  return new DiagnosticError({
    code: 'run/not-started',
    severity: 'error',
    message: `${path} could not be started: ${reason}`,
    help: 'a binary built for another platform cannot run here: build without --target, --goos and --goarch',
  });
}
