import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { cleanEnvironment } from './environment.js';
import { REPOSITORY } from './repository.js';

const SOURCES = ['packages', 'executors', 'generators', 'tsconfig.json', 'tsconfig.build.json'];

interface Manifest {
  /** What npm packs. */
  readonly files: readonly string[];
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/**
 * The folder with the node_modules that a user gets who installs the packed package: made once, and brought up to date
 * by unpacking our own package again when only that changed.
 */
export async function installPackage(): Promise<string> {
  await compileWhenStale();
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as Manifest;
  const folder = join(REPOSITORY, 'tmp', 'e2e', `install-${dependencyDigest(manifest)}`);
  const stamp = join(folder, 'packed-from');
  const state = stateOf(packedPaths(manifest));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return folder;
  if (existsSync(folder)) await unpackAgain(folder);
  else await installAfresh(folder, manifest);
  writeFileSync(stamp, state);
  return folder;
}

/** Paths that hold everything npm packs; of a pattern the folder in front of its first star. */
function packedPaths(manifest: Manifest): string[] {
  const paths = manifest.files.map((pattern) => pattern.split('/*')[0] ?? pattern);
  return ['package.json', ...new Set(paths)].filter((path) => existsSync(join(REPOSITORY, path)));
}

async function compileWhenStale(): Promise<void> {
  const marker = join(REPOSITORY, 'dist', 'packages', 'plugin', 'index.js');
  const compiledAt = statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isSource = (path: string): boolean => /(?<!\.spec)\.ts$|tsconfig/.test(path);
  const isStale = filesBelow(SOURCES).some((path) => isSource(path) && statSync(path).mtimeMs > compiledAt);
  if (isStale) await execa(process.execPath, ['scripts/build.mjs'], { cwd: REPOSITORY, stdio: 'inherit' });
}

function dependencyDigest(manifest: Manifest): string {
  const lock = readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([manifest.dependencies, manifest.devDependencies, lock]))
    .digest('hex')
    .slice(0, 16);
}

async function installAfresh(folder: string, manifest: Manifest): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const tarball = await pack(fresh);
  const { nx, '@nx/devkit': devkit } = manifest.devDependencies;
  const wanted = { nx, '@nx/devkit': devkit, 'nx-grout': `file:${tarball}` };
  writeFileSync(
    join(fresh, 'package.json'),
    JSON.stringify({ name: 'installed', private: true, devDependencies: wanted }),
  );
  await execa('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: fresh,
    env: cleanEnvironment(),
    extendEnv: false,
  });
  renameSync(fresh, folder);
}

async function unpackAgain(folder: string): Promise<void> {
  const installed = join(folder, 'node_modules', 'nx-grout');
  const fresh = join(folder, 'unpacked');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  const tarball = await pack(folder);
  await execa('tar', ['-xzf', tarball, '-C', fresh]);
  const own = join(installed, 'node_modules');
  if (existsSync(own)) renameSync(own, join(fresh, 'package', 'node_modules'));
  rmSync(installed, { recursive: true, force: true });
  renameSync(join(fresh, 'package'), installed);
  rmSync(fresh, { recursive: true });
}

async function pack(folder: string): Promise<string> {
  const { stdout } = await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: REPOSITORY,
    env: cleanEnvironment(),
    extendEnv: false,
  });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

/** Names, sizes and times of the files: the same as long as nobody wrote to one. */
function stateOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(paths)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(REPOSITORY, path)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const absolute = join(REPOSITORY, path);
    if (!statSync(absolute).isDirectory()) return [absolute];
    return readdirSync(absolute, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  });
}
