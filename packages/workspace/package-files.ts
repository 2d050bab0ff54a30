import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AbsolutePath } from '#paths';

/** The folder of the installed nx-grout package: files that ship verbatim (runtimes, options.proto) lie below it. */
export function packageFolder(): AbsolutePath {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'executors', 'executors.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('nx-grout is not installed whole: executors/executors.json is missing');
    folder = parent;
  }
  return folder as AbsolutePath;
}

/** Tells one installation of this package from another: its version, and when this file was put there. */
export function packageIdentity(): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };
  return `${manifest.version} of ${statSync(fileURLToPath(import.meta.url)).mtimeMs}`;
}
