import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from './workspace.js';

/** A PATH on which `cargo` and `go` write down how they were called before they do their work. */
export class LoggedTools {
  private constructor(
    readonly workspace: Workspace,
    readonly folder: string,
  ) {}

  static async put(workspace: Workspace): Promise<LoggedTools> {
    const folder = '.nx/logged-tools';
    for (const program of ['cargo', 'go']) {
      const real = await locate(workspace, program);
      const script = `#!/bin/sh\necho "${program} $*" >> '${workspace.path(folder)}/calls'\nexec '${real}' "$@"\n`;
      workspace.write(`${folder}/${program}`, script, 0o755);
    }
    workspace.write(`${folder}/calls`, '');
    return new LoggedTools(workspace, folder);
  }

  environment(): Record<string, string> {
    return { PATH: `${this.workspace.path(this.folder)}:${this.workspace.environment()['PATH'] ?? ''}` };
  }

  /** Every call so far, one line each. */
  calls(): string[] {
    return readFileSync(this.workspace.path(join(this.folder, 'calls')), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }
}

/** A PATH with everything that a build needs but the named programs. */
export async function pathWithout(workspace: Workspace, ...missing: readonly string[]): Promise<string> {
  const needed = [
    'node',
    'npx',
    'git',
    'sh',
    'bash',
    'cc',
    'gcc',
    'ld',
    'as',
    'ar',
    'env',
    'cargo',
    'rustc',
    'rustdoc',
    'go',
    'uname',
  ];
  const folder = `.nx/path-without-${missing.join('-')}`;
  workspace.remove(folder);
  mkdirSync(workspace.path(folder), { recursive: true });
  for (const program of needed) {
    if (missing.includes(program)) continue;
    const real = await locate(workspace, program);
    if (real !== '') symlinkSync(real, workspace.path(join(folder, program)));
  }
  return workspace.path(folder);
}

/** Where the program lies on this machine; empty when it does not. */
async function locate(workspace: Workspace, program: string): Promise<string> {
  const found = await workspace.run('sh', ['-c', `command -v ${program}`]);
  return found.exitCode === 0 ? found.output.trim() : '';
}
