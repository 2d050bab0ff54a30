import { createHash } from 'node:crypto';
import type { Diagnosed } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import type { ContentStore, ListedFile } from '#workspace';

type Read = (path: WorkspacePath) => string | undefined;
type Parse<T> = (file: string, text: string) => FileRecord<T>;

/** What one file says. */
export interface FileRecord<T> extends Diagnosed<T | undefined> {
  /** Where it lies in truth, for a symbolic link. */
  readonly link?: WorkspacePath;
}

/** Parsed records by path and content: a file that did not change is neither read nor parsed again, in this process or the next. */
export class FactCache {
  #known: Map<string, unknown> | undefined;
  #used = new Map<string, unknown>();
  #grew = false;
  #latest = new Map<WorkspacePath, string>();
  #hasLinks = false;
  readonly #store: ContentStore;
  readonly #version: string;

  /** @param version of this package and its records: those that another one wrote may be what another parser made of the files */
  constructor(store: ContentStore, version: string) {
    this.#store = store;
    this.#version = version;
  }

  /** What the file says: remembered, or read and parsed now. Undefined when the file is gone. */
  record<T>({ path, hash }: ListedFile, read: Read, parse: Parse<T>): FileRecord<T> | undefined {
    const text = hash === undefined ? read(path) : undefined;
    if (hash === undefined && text === undefined) return undefined;
    const key = `${path} ${
      hash ??
      createHash('sha1')
        .update(text ?? '')
        .digest('base64')
    }`;
    this.#known ??= readRecords(this.#store.read(), this.#version);
    let record = this.#known.get(key);
    if (record === undefined) {
      const content = text ?? read(path);
      if (content === undefined) return undefined;
      record = shortened(parse(path, content));
      this.#grew = true;
    }
    this.#used.set(key, record);
    this.#latest.set(path, key);
    if (record !== NOTHING && (record as FileRecord<T>).link !== undefined) this.#hasLinks = true;
    return record === NOTHING ? NOTHING_SAID : (record as FileRecord<T>);
  }

  /** Whether a file with another content than when it was read here says what it said then, to the letter. */
  saysTheSame<T>({ path, hash }: ListedFile, read: Read, parse: Parse<T>): boolean {
    const key = this.#latest.get(path);
    const before = key === undefined ? undefined : this.#known?.get(key);
    const text = before === undefined || hash === undefined || this.#hasLinks ? undefined : read(path);
    if (text === undefined) return false;
    return JSON.stringify(shortened(parse(path, text))) === JSON.stringify(before);
  }

  /** Keeps what this run used, for the next one and the next process, and forgets the rest. */
  save(): void {
    const isSame = !this.#grew && this.#used.size === this.#known?.size;
    this.#known = this.#used;
    this.#used = new Map();
    this.#grew = false;
    if (!isSame) this.#store.write(JSON.stringify({ version: this.#version, records: [...this.#known] }));
  }
}

/** Most Rust sources say nothing that reaches out of them; their records take no room. */
const NOTHING = 0;
const NOTHING_SAID = { value: undefined, diagnostics: [] };

function shortened({ value, diagnostics, link }: FileRecord<unknown>): unknown {
  if (link !== undefined) return { value, diagnostics, link };
  return value === undefined && diagnostics.length === 0 ? NOTHING : { value, diagnostics };
}

function readRecords(text: string | undefined, version: string): Map<string, unknown> {
  try {
    const stored = JSON.parse(text ?? '{}') as { version?: string; records?: [string, unknown][] };
    return new Map(stored.version === version ? stored.records : []);
  } catch {
    return new Map();
  }
}
