import { join, relative } from 'node:path';
import process from 'node:process';
import { packageFolder } from '#workspace';
import { shellWord } from './shell-word.js';

/**
 * Start of the command line that prints what of the machine counts. Nx runs it so often that the start of Node would be
 * most of what a run takes whose tasks are all cached; Windows has no other. The path is relative to the workspace root,
 * so that the hash is the same in every clone.
 */
export function fingerprintProgram(workspaceRoot: string): string {
  const [program, ...path] =
    process.platform === 'win32'
      ? ['node', 'dist', 'packages', 'cli', 'fingerprint.js']
      : ['sh', 'packages', 'cli', 'fingerprint.sh'];
  const script = relative(workspaceRoot, join(packageFolder(), ...path));
  return `${program} ${shellWord(script.replaceAll('\\', '/'))}`;
}
