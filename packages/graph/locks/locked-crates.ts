import type { CargoLock, LockedCrate } from '#cargo';
import type { WorkspacePath } from '#paths';

/** The packages of one Cargo.lock and what they depend on. */
export class LockedCrates {
  readonly folder: WorkspacePath;
  readonly packages: readonly LockedCrate[];
  readonly #byName = new Map<string, LockedCrate[]>();
  readonly #dependencies = new Map<LockedCrate, readonly LockedCrate[]>();

  constructor(folder: WorkspacePath, lock: CargoLock) {
    this.folder = folder;
    this.packages = lock.packages;
    for (const locked of lock.packages) {
      const sharing = this.#byName.get(locked.name);
      if (sharing === undefined) this.#byName.set(locked.name, [locked]);
      else sharing.push(locked);
    }
  }

  /** Packages of the name that are built from sources on disk. */
  locals(name: string): readonly LockedCrate[] {
    return (this.#byName.get(name) ?? []).filter((locked) => !isForeign(locked));
  }

  /** The entry of a crate that is built from sources on disk; undefined when there is none. */
  find(name: string, version: string | undefined): LockedCrate | undefined {
    const local = this.locals(name);
    return local.find((candidate) => candidate.version === version) ?? local[0];
  }

  /** Cargo writes `name`, with version and source only as far as the name alone is not unique. */
  dependenciesOf(locked: LockedCrate): readonly LockedCrate[] {
    let found = this.#dependencies.get(locked);
    if (found === undefined) {
      found = locked.dependencies.flatMap((written) => this.#resolve(written));
      this.#dependencies.set(locked, found);
    }
    return found;
  }

  #resolve(written: string): readonly LockedCrate[] {
    const [name = '', version, source] = written.split(' ');
    const sharing = this.#byName.get(name) ?? [];
    if (version === undefined) return sharing;
    const versions = sharing.filter((candidate) => candidate.version === version);
    if (source === undefined) return versions;
    const exact = versions.filter((candidate) => `(${candidate.source ?? ''})` === source);
    return exact.length > 0 ? exact : versions;
  }
}

/** From a registry or a repository: packages on disk, of this workspace or beside it, have no source. */
export function isForeign({ source }: LockedCrate): boolean {
  return source !== undefined;
}
