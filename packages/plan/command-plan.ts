import type { Diagnostic } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import type { UnshownSettings } from './reproducible-cargo.js';

/** A command that is ready to run: everything decided, nothing done yet. */
export interface CommandPlan {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: WorkspacePath;
  /** Variables on top of the environment; undefined removes one. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it gets besides and is not shown with. */
  readonly unshown?: UnshownSettings;
  /** Warnings that do not stop it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Folder below dist/ that receives what a project builds. */
export function artifactFolder(projectRoot: WorkspacePath): WorkspacePath {
  return (projectRoot === '.' ? 'dist' : `dist/${projectRoot}`) as WorkspacePath;
}

/** The command as a person would type it, for the terminal; words with blanks or shell signs are quoted. */
export function renderCommand(plan: Pick<CommandPlan, 'program' | 'args' | 'env'>): string {
  const env = Object.entries(plan.env).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quote(value)}`],
  );
  return [...env, plan.program, ...plan.args.map(quote)].join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
