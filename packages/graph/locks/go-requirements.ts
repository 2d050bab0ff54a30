import type { GoMod } from '#go';

/**
 * Module paths that modules from outside require, by `path@version`. No file of a repository says so but the go.mod files
 * in Go's module cache; what is published does not change, so it can be committed.
 */
export type GoRequirements = ReadonlyMap<string, readonly string[]>;

export function moduleKey(path: string, version: string): string {
  return `${path}@${version}`;
}

/**
 * What a go.mod from the module cache requires. Undefined where it need not be all: Go builds modules older than 1.17 with
 * an incomplete go.mod, and makes one up for those without any.
 */
export function completeRequirements(mod: GoMod): readonly string[] | undefined {
  return isPruned(mod) ? [...new Set(mod.require.map(({ path }) => path))].sort() : undefined;
}

/** Whether a tidy go.mod lists all modules that its packages need, directly or not: since Go 1.17 (https://go.dev/ref/mod#graph-pruning). */
export function isPruned({ go }: GoMod): boolean {
  const [major, minor = 0] = (go?.version ?? '1.16').split('.').map((part) => Number.parseInt(part, 10));
  return major !== 1 || minor >= 17;
}
