// Two folders with node_modules: the packed plugin with the Nx it is made for, and its peers with the newest Nx that
// both of them take. Workspaces lie below, and find in them what they need.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, installDependencies, packPackage, ROOT } from '../../scripts/lib/install.mjs';
import { toolEnvironment } from './processes.mjs';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

export const OURS = { nx: devDependencies.nx, '@nx/devkit': devDependencies['@nx/devkit'] };
export const PEERS = { nx: '22.7.12', '@monodon/rust': '3.0.0', '@nx-go/nx-go': '4.1.1' };

/** @param tarball a packed plugin; without it, the sources are compiled and packed */
export function installOurs(folder, tarball) {
  mkdirSync(folder, { recursive: true });
  if (tarball === undefined) {
    installDependencies();
    buildPackage();
  }
  const problem = install(folder, { ...OURS, 'nx-grout': `file:${tarball ?? packPackage(folder)}` });
  if (problem !== undefined) throw new Error(`npm install failed in ${folder}:\n${problem}`);
}

/** Undefined when the peers are there, or else why they are not. */
export function installPeers(folder) {
  return install(folder, PEERS);
}

function install(folder, dependencies) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'installed', private: true, dependencies }));
  const ended = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    env: toolEnvironment(),
  });
  return ended.status === 0 ? undefined : (ended.error?.message ?? ended.stderr.trim());
}
