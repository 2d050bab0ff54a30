import { compareVersions, type GoReplace } from '#go';
import { moduleKey } from './go-requirements.js';
import type { LockFact } from './lock-node.js';
import type { LockGoWork, LockModule } from './lock-modules.js';

/** What the files of one build list say about modules from outside: versions, checksums, replaces and excludes, by path. */
export class GoModuleVersions {
  readonly #required = new Map<string, string>();
  /** Checksum by version. */
  readonly #sums = new Map<string, Map<string, string>>();
  readonly #excluded = new Map<string, Set<string>>();
  readonly #replaces = new Map<string, GoReplace[]>();

  /**
   * @param mains the main modules: their replaces and excludes count, and their go.sum
   * @param replaced modules that a replace takes from a folder: they add requirements
   */
  constructor(mains: readonly LockModule[], replaced: Iterable<LockModule>, work: LockGoWork | undefined) {
    for (const { mod } of [...mains, ...replaced]) {
      for (const { path, version } of mod.require) this.#require(path, version);
    }
    for (const replace of work?.work.replace ?? []) this.#replace(replace);
    for (const { mod } of mains) {
      for (const replace of mod.replace) this.#replace(replace);
      for (const { path, version } of mod.exclude) this.#exclude(path, version);
    }
    for (const { sum } of work === undefined ? mains : [...mains, work]) {
      for (const { path, version, hash } of sum?.modules ?? []) this.#check(path, version, hash);
    }
  }

  /** Every module path that a go.mod requires or a go.sum has content of. */
  paths(): ReadonlySet<string> {
    return new Set([...this.#required.keys(), ...this.#sums.keys()]);
  }

  has(path: string): boolean {
    return this.#required.has(path) || this.#sums.has(path);
  }

  isRequired(path: string): boolean {
    return this.#required.has(path);
  }

  /** The version that is built: the highest that is required, else the highest that there is a checksum of. */
  selected(path: string): string {
    return this.#required.get(path) ?? [...(this.#sums.get(path)?.keys() ?? [])].sort(compareVersions).at(-1) ?? '';
  }

  checksum(path: string, version: string): string | undefined {
    return this.#sums.get(path)?.get(version);
  }

  /** Replaces of the path, those of go.work first. */
  replacesOf(path: string): readonly GoReplace[] {
    return this.#replaces.get(path) ?? [];
  }

  /** Every content that may be built for the path: the selected version, any that has a checksum, or what replaces them. */
  keysOf(path: string): readonly string[] {
    const replaces = this.replacesOf(path);
    const replacing = replaces.map(({ with: other, withVersion = '' }) => moduleKey(other, withVersion));
    if (replaces.some(({ version }) => version === undefined)) return replacing;
    const versions = new Set([this.selected(path), ...(this.#sums.get(path)?.keys() ?? [])]);
    return [...[...versions].map((version) => moduleKey(path, version)), ...replacing];
  }

  /**
   * All that counts where the module takes part. Checksums of other versions count too: a version that only a module from
   * outside asks for, higher than what is required here, would show in nothing else.
   */
  factsOf(path: string): LockFact[] {
    const replaces = this.replacesOf(path);
    const sums = [path, ...replaces.map(({ with: other }) => other)].flatMap((each) =>
      [...(this.#sums.get(each) ?? [])].map(([version, hash]) => `${each} ${version} ${hash}`),
    );
    const says = [this.selected(path), ...replaces.map(textOfReplace)].join(', ');
    const excluded = [...(this.#excluded.get(path) ?? [])];
    return [
      { about: `go module ${path}`, says, detail: [...new Set(sums)].sort().join(', ') },
      ...excluded.map((version) => ({ about: `exclude of ${path}`, says: version })),
    ];
  }

  #require(path: string, version: string): void {
    const known = this.#required.get(path);
    if (known === undefined || compareVersions(known, version) < 0) this.#required.set(path, version);
  }

  #replace(replace: GoReplace): void {
    const known = this.#replaces.get(replace.path);
    if (known === undefined) this.#replaces.set(replace.path, [replace]);
    else known.push(replace);
  }

  #exclude(path: string, version: string): void {
    const known = this.#excluded.get(path);
    if (known === undefined) this.#excluded.set(path, new Set([version]));
    else known.add(version);
  }

  /** Two files that disagree count with both: go will refuse them. */
  #check(path: string, version: string, hash: string): void {
    const versions = this.#sums.get(path) ?? new Map<string, string>();
    this.#sums.set(path, versions);
    const known = versions.get(version);
    versions.set(version, known === undefined || known === hash ? hash : [known, hash].sort().join(' '));
  }
}

export function textOfReplace({ version, with: target, withVersion }: GoReplace): string {
  return [version, '=>', target, withVersion].filter((word) => word !== undefined).join(' ');
}
