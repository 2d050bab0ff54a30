// What the figures were measured on, as a Markdown list.
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { ROOT } from '../../scripts/lib/install.mjs';
import { OURS, PEERS } from './installs.mjs';

/** @param tarball the packed plugin that is measured in place of the sources */
export function describeMachine(tarball) {
  const [{ model }] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const versions = Object.entries(PEERS).map(([name, version]) => `${name} ${version}`);
  return [
    `${model}, ${cpus().length} cores, ${gigabytes} GB, ${type()} ${release()}`,
    `node ${process.version}, ${ask('go', 'version')}, ${ask('cargo', '--version')}`,
    `ours: nx ${OURS.nx}, nx-grout ${tarball === undefined ? commit() : `from ${tarball}`}`,
    `peers: ${versions.join(', ')}`,
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function commit() {
  return `at ${ask('git', 'describe', '--always', '--dirty')}`;
}

function ask(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return `no ${program}`;
  }
}
