import type { Diagnosed } from '#diagnostics';
import type { GoSum } from './types.js';

/** Reads a go.sum or go.work.sum. Lines of another shape, such as conflict markers, are left out: go refuses them itself. */
export function parseGoSum(file: string, text: string): Diagnosed<GoSum> {
  const modules: GoSum['modules'][number][] = [];
  for (const line of text.split('\n')) {
    const [path, version, hash, ...more] = line.trim().split(/\s+/);
    if (path === undefined || version === undefined || hash?.startsWith('h1:') !== true || more.length > 0) continue;
    if (!version.endsWith('/go.mod')) modules.push({ path, version, hash });
  }
  return { value: { file, modules }, diagnostics: [] };
}
