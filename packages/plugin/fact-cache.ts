import { createHash } from 'node:crypto';
import type { Diagnosed } from '#diagnostics';
import type { ContentStore } from '#workspace';

/** Raise when a parser's result changes between releases: records of another version are not read. */
const VERSION = 2;

/** Parsed records by path and content: a file that did not change is not parsed again, in this process or the next. */
export class FactCache {
  #known: Map<string, unknown>;
  readonly #used = new Map<string, unknown>();
  #grew = false;

  readonly #version: string;

  /** @param packageVersion version of this package: records that another one wrote are not read */
  constructor(
    readonly store: ContentStore,
    packageVersion: string,
  ) {
    this.#version = `${VERSION} of ${packageVersion}`;
    this.#known = readRecords(store.read(), this.#version);
  }

  /** The record of this file: remembered, or parsed now. */
  record<T>(
    path: string,
    text: string,
    parse: (file: string, text: string) => Diagnosed<T | undefined>,
  ): Diagnosed<T | undefined> {
    const key = `${path} ${createHash('sha1').update(text).digest('base64')}`;
    let record = this.#known.get(key);
    if (record === undefined) {
      record = parse(path, text);
      this.#known.set(key, record);
      this.#grew = true;
    }
    this.#used.set(key, record);
    return record as Diagnosed<T | undefined>;
  }

  /** Keeps what this run used, for the next process, and forgets the rest. */
  save(): void {
    if (!this.#grew && this.#used.size === this.#known.size) return;
    this.#known = new Map(this.#used);
    this.#grew = false;
    this.store.write(JSON.stringify({ version: this.#version, records: [...this.#used] }));
  }

  /** Begins a new run: what it does not use is forgotten at the next save. */
  begin(): void {
    this.#used.clear();
  }
}

function readRecords(text: string | undefined, version: string): Map<string, unknown> {
  try {
    const stored = JSON.parse(text ?? '{}') as { version?: string; records?: [string, unknown][] };
    return new Map(stored.version === version ? stored.records : []);
  } catch {
    return new Map();
  }
}
