import {
  artifactFolder,
  parseScriptLibraries,
  parseStandardLibraries,
  planStandardLibraries,
  systemLibrariesFile,
} from '#plan';
import { joinPath } from '#paths';
import { writing } from './artifacts.js';
import { readPlaceOfCargo } from './cargo-machine.js';
import type { RunRequest } from './run-request.js';

/**
 * Writes beside the crate's static library what has to be linked with it, for builds of Go that may run where there is no
 * Rust.
 * @param messages what cargo said of the build
 * @param packages ids of the packages that are in the library; all of the messages where it is not given
 */
export async function placeSystemLibraries(
  request: RunRequest,
  messages: string,
  packages?: ReadonlySet<string>,
): Promise<void> {
  const { rust, root } = request.project;
  const name = rust && systemLibrariesFile(rust);
  if (rust === undefined || name === undefined) return;
  const program = request.machine.environment['RUSTC'] ?? 'rustc';
  const folder = `${readPlaceOfCargo(request, rust.cargoWorkspace)}/.grout-nothing`;
  const plan = planStandardLibraries(rust, request.options, { program, folder });
  // The same question for all crates of the workspace.
  const { stderr } = await request.processes.capture({
    program,
    args: plan.args,
    cwd: request.files.absolute(plan.cwd),
    input: '',
  });
  const words = [...new Set([...parseScriptLibraries(messages, packages), ...parseStandardLibraries(stderr)])];
  const place = artifactFolder(root);
  writing(place, () => {
    request.files.write(joinPath(place, name), words.map((word) => `${word}\n`).join(''));
  });
}
