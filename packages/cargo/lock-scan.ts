import type { CargoLock, LockedCrate } from './types.js';

type Draft = { -readonly [K in keyof Omit<LockedCrate, 'dependencies'>]?: LockedCrate[K] } & { dependencies: string[] };
type Section = 'top' | 'package' | 'dependencies' | 'metadata' | 'other';

const STRING_FIELD = /^([a-z]+) = "([^"\\]*)"$/;
const CHECKSUM_FIELD = /^"checksum ([^"\\]*)" = "([^"\\]*)"$/;
const DEPENDENCY = /^"([^"\\]*)",?$/;

/** Reads a lock file that has cargo's own shape line by line; undefined when a line has another. */
export function scanLock(text: string): CargoLock | undefined {
  const scan = new LockScan();
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).trim();
    if (line !== '' && !line.startsWith('#') && !scan.readLine(line)) return undefined;
    start = end + 1;
  }
  return scan.finish();
}

class LockScan {
  readonly #drafts: Draft[] = [];
  readonly #checksums = new Map<string, string>();
  #section: Section = 'top';
  #current: Draft = { dependencies: [] };
  #version: number | undefined;

  /** Whether the line was understood. */
  readLine(line: string): boolean {
    if (this.#section === 'dependencies') return this.#readDependency(line);
    if (line.startsWith('[')) return this.#openSection(line);
    if (this.#section === 'package') return this.#readField(line);
    if (this.#section === 'metadata') return this.#readMetadata(line);
    return this.#section === 'other' ? line !== 'dependencies = [' : this.#readVersion(line);
  }

  finish(): CargoLock | undefined {
    if (this.#section === 'dependencies') return undefined;
    const packages: LockedCrate[] = [];
    for (const draft of this.#drafts) {
      if (draft.name === undefined || draft.version === undefined) return undefined;
      const crate = { ...draft, name: draft.name, version: draft.version };
      const checksum = this.#checksums.get(`${crate.name} ${crate.version} (${crate.source ?? ''})`);
      packages.push(checksum === undefined ? crate : { ...crate, checksum });
    }
    // Versions 1 and 2 do not say so: the first keeps checksums in [metadata].
    return { version: this.#version ?? (this.#checksums.size > 0 ? 1 : 2), packages };
  }

  #openSection(line: string): boolean {
    if (line === '[[package]]' || line === '[root]') {
      this.#section = 'package';
      this.#current = { dependencies: [] };
      this.#drafts.push(this.#current);
      return true;
    }
    this.#section = line === '[metadata]' ? 'metadata' : 'other';
    return line === '[metadata]' || line === '[[patch.unused]]';
  }

  #readField(line: string): boolean {
    if (line === 'dependencies = [') {
      this.#section = 'dependencies';
      return true;
    }
    const [, key, value] = STRING_FIELD.exec(line) ?? [];
    if (key === 'name' || key === 'version' || key === 'source' || key === 'checksum') {
      if (value === undefined || this.#current[key] !== undefined) return false;
      this.#current[key] = value;
      return true;
    }
    return key === 'replace';
  }

  #readDependency(line: string): boolean {
    if (line === ']') {
      this.#section = 'package';
      return true;
    }
    const dependency = DEPENDENCY.exec(line)?.[1];
    if (dependency === undefined) return false;
    this.#current.dependencies.push(dependency);
    return true;
  }

  #readMetadata(line: string): boolean {
    const [, crate, checksum] = CHECKSUM_FIELD.exec(line) ?? [];
    if (crate === undefined || checksum === undefined) return false;
    if (checksum !== '<none>') this.#checksums.set(crate, checksum);
    return true;
  }

  #readVersion(line: string): boolean {
    const version = /^version = (\d+)$/.exec(line)?.[1];
    if (version === undefined || this.#version !== undefined) return false;
    this.#version = Number(version);
    return true;
  }
}
