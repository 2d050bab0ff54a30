// What a command takes of the machine, its children and theirs included.
import { spawnSync } from 'node:child_process';

/**
 * Runs a shell command to its end. CPU is that of every process that was waited for, in milliseconds, as the shell counts
 * it; so is the time on the clock.
 * @throws with what it printed when it fails
 */
export function measureCommand(command, { cwd, env }) {
  const script = `TIMEFORMAT='%R %U %S'\ntime { (${command}) >"$OUTPUT" 2>&1; }`;
  const ended = spawnSync('bash', ['-e', '-c', script], {
    cwd,
    env: { ...env, OUTPUT: `${cwd}/.nx-output.log` },
    encoding: 'utf8',
  });
  const numbers = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(ended.stderr);
  if (ended.status !== 0 || numbers === null) {
    const { stdout } = spawnSync('tail', ['-n', '60', `${cwd}/.nx-output.log`], { encoding: 'utf8' });
    throw new Error(`${command} in ${cwd}:\n${stdout}${ended.stderr}`);
  }
  const [wall, user, system] = numbers.slice(1).map((seconds) => 1000 * Number(seconds));
  return { wall, cpu: user + system };
}
