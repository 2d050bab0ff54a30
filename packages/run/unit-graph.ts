import { joinPath, type WorkspacePath } from '#paths';
import type { CommandPlan } from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * What cargo would compile for a call, which only an unstable output says; undefined where it does not. Cargo remembers in
 * its target folder what an unstable compiler can do, so it gets another one.
 */
export async function readUnitGraph(
  request: RunRequest,
  plan: CommandPlan,
  scratch: WorkspacePath,
): Promise<string | undefined> {
  const ended = await request.processes.capture({
    program: plan.program,
    args: [...plan.args, '--unit-graph', '-Z', 'unstable-options'],
    cwd: request.files.absolute(plan.cwd),
    env: { RUSTC_BOOTSTRAP: '1', CARGO_TARGET_DIR: request.files.absolute(joinPath(scratch, 'units')) },
  });
  return ended.exitCode === 0 ? ended.stdout : undefined;
}
