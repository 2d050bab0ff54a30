import { join } from 'node:path';
import { parseGoMod } from '#go';
import { completeRequirements, type GoRequirements } from '#graph';
import type { AbsolutePath } from '#paths';
import type { FileSystem, Processes } from '#workspace';

/**
 * What modules require, as far as Go's module cache on this machine holds their go.mod. Nothing is downloaded.
 * @param keys `path@version` of the modules
 */
export async function readRequirements(
  keys: Iterable<string>,
  root: AbsolutePath,
  files: Pick<FileSystem, 'readForeignText'>,
  processes: Processes,
): Promise<GoRequirements> {
  const requirements = new Map<string, readonly string[]>();
  const missing = [...keys].filter((key) => !/(?:^|\/)\.{1,2}(?:\/|@)/.test(key));
  const cache = missing.length === 0 ? undefined : await findModuleCache(root, processes);
  if (cache === undefined) return requirements;
  for (const key of missing) {
    const required = requiredBy(files.readForeignText(fileOf(cache, key)));
    if (required !== undefined) requirements.set(key, required);
  }
  return requirements;
}

/** Undefined where there is no go to ask. */
async function findModuleCache(cwd: AbsolutePath, processes: Processes): Promise<string | undefined> {
  const { exitCode, stdout } = await processes.capture({ program: 'go', args: ['env', 'GOMODCACHE'], cwd });
  const folder = stdout.trim();
  return exitCode === 0 && folder !== '' ? folder : undefined;
}

/** Capital letters are written as `!` and the small letter (https://go.dev/ref/mod#module-cache). */
function fileOf(cache: string, key: string): AbsolutePath {
  const escaped = key.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  const at = escaped.lastIndexOf('@');
  return join(cache, 'cache', 'download', escaped.slice(0, at), '@v', `${escaped.slice(at + 1)}.mod`) as AbsolutePath;
}

function requiredBy(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const { value, diagnostics } = parseGoMod('go.mod', text);
  const isWhole = diagnostics.every(({ severity }) => severity !== 'error');
  return value !== undefined && isWhole ? completeRequirements(value) : undefined;
}
