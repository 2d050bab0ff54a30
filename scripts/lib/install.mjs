// Makes a fresh clone ready: dependencies as locked, the package compiled. Nothing is done that is done already.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs a program with its output shown; throws when it fails. */
export function run(program, args, options = {}) {
  execFileSync(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
}

export function installDependencies() {
  const stamp = join(ROOT, 'node_modules', '.package-lock.json');
  const isFresh = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
  if (!isFresh) run('npm', ['ci', '--no-audit', '--no-fund']);
}

export function buildPackage() {
  run(process.execPath, [join(ROOT, 'scripts', 'build.mjs')]);
}

/** Packs the compiled package into the folder and returns the tarball's path. */
export function packPackage(folder) {
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ filename }] = Object.values(JSON.parse(output));
  return join(folder, filename);
}
