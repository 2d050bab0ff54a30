import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../harness/workspace.js';

/** What Nx says to a change of one file. Projects go by their folders. */
export interface Affected {
  /** Folder of every project, by its name. */
  readonly roots: Readonly<Record<string, string>>;
  /** By target and changed file, the projects whose task is affected. */
  readonly affected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const SCRIPT = join(fileURLToPath(new URL('.', import.meta.url)), 'ask-affected.mjs');

/** Asks about each file by itself, all in one process. */
export async function askAffected(
  workspace: Workspace,
  targets: readonly string[],
  files: readonly string[],
): Promise<Affected> {
  workspace.write('.nx/questions.json', JSON.stringify({ targets, files }));
  const ended = await workspace.start([
    SCRIPT,
    workspace.path('.nx/questions.json'),
    workspace.path('.nx/answers.json'),
  ]);
  if (ended.exitCode !== 0) throw new Error(`asking Nx failed: ${ended.all}`);
  return JSON.parse(workspace.read('.nx/answers.json')) as Affected;
}

/** Projects whose build is affected by what the work tree has that the last commit has not, as a user asks for them. */
export async function showAffected(workspace: Workspace, roots: Affected['roots']): Promise<string[]> {
  const run = await workspace.nx(['show', 'projects', '--affected', '-t', 'build', '--base=HEAD', '--json']);
  const json = run.output.split('\n').find((line) => line.startsWith('['));
  if (run.exitCode !== 0 || json === undefined) throw new Error(`nx show projects failed: ${run.output}`);
  return (JSON.parse(json) as string[]).map((name) => roots[name] ?? name).sort();
}
