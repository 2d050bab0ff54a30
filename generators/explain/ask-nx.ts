import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { DiagnosticError } from '#diagnostics';
import { parseVerdict, type Verdict } from '#explain';
import type { AbsolutePath } from '#paths';
import type { Processes } from '#workspace';

/** Two commits; without the second one, a commit and the work tree. */
export interface CommitRange {
  readonly base: string;
  readonly head?: string;
}

/**
 * Asks the Nx of the workspace which tasks of a target are affected, by the option that prints its reasons as JSON.
 * @throws DiagnosticError with what Nx says when it gives no answer
 */
export async function askNx(
  root: AbsolutePath,
  target: string,
  { base, head }: CommitRange,
  processes: Processes,
): Promise<Verdict> {
  const nx = createRequire(join(root, 'package.json')).resolve('nx/bin/nx.js');
  const range = [`--base=${base}`, ...(head === undefined ? [] : [`--head=${head}`])];
  const ended = await processes.capture({
    program: process.execPath,
    args: [nx, 'show', 'projects', '--affected', `--withTarget=${target}`, ...range, '--explain=stdout'],
    cwd: root,
  });
  const verdict = ended.exitCode === 0 ? parseVerdict(ended.stdout) : undefined;
  if (verdict !== undefined) return verdict;
  throw new DiagnosticError({
    code: 'generators/no-verdict',
    severity: 'error',
    message: `Nx does not say what is affected: ${(ended.stderr || ended.stdout).trim()}`,
    help: 'see what `nx show projects --affected --withTarget=build --explain` prints',
  });
}
