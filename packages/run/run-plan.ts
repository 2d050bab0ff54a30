import { DiagnosticError, renderDiagnostic } from '#diagnostics';
import { renderCommand, type CommandPlan } from '#plan';
import type { Command, Ended, RunOptions } from '#workspace';
import type { RunRequest } from './run-request.js';

/**
 * Prints the command as a person would type it, then runs it with its output streaming.
 * @throws DiagnosticError when the program cannot be started
 */
export async function runPlan(request: RunRequest, plan: CommandPlan, options: RunOptions): Promise<Ended> {
  for (const diagnostic of plan.diagnostics) request.print(renderDiagnostic(diagnostic));
  request.printCommand(renderCommand(plan));
  const ended = await request.processes.run(commandOf(request, plan), options);
  if (ended.spawnError === undefined) return ended;
  throw new DiagnosticError({
    code: 'run/not-started',
    severity: 'error',
    message: `\`${plan.program}\` could not be started: ${ended.spawnError}`,
    help: `have \`${plan.program}\` on PATH`,
  });
}

/** The process that a plan stands for, unshown settings and all. */
export function commandOf({ files }: RunRequest, { program, args, cwd, env, unshown }: CommandPlan): Command {
  return {
    program,
    // Behind the verb, and before anything that the tool hands on.
    args: [...args.slice(0, 1), ...(unshown?.args ?? []), ...args.slice(1)],
    cwd: files.absolute(cwd),
    env: { ...unshown?.env, ...env },
  };
}
