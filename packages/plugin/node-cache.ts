import { createHash } from 'node:crypto';
import type { WorkspaceFacts } from '#graph';
import { isGraphFile, type ContentStore, type ListedFile } from '#workspace';
import type { Nodes } from './emit-nodes.js';

/** What one look at the workspace gave. */
export interface Answer {
  readonly nodes: Nodes;
  /** Rendered warnings, to be shown each time. */
  readonly warnings: readonly string[];
}

/**
 * The last answer, kept in this process and for the next one. It has two keys: what the files hold, which is known
 * without reading any, and what they say to the graph, which an edit of a function's body does not change.
 */
export class NodeCache {
  readonly #store: ContentStore;
  readonly #keys: ContentStore;
  #last: { readonly facts: string; readonly answer: Answer } | undefined;
  #files: { readonly files: string; readonly facts: string } | undefined;

  /** @param keys which state of the files the answer in the store is known to be good for */
  constructor(store: ContentStore, keys: ContentStore) {
    this.#store = store;
    this.#keys = keys;
  }

  findByFiles(files: string): Answer | undefined {
    if (this.#files === undefined) {
      const [known = '', facts = ''] = this.#keys.read()?.split('\n') ?? [];
      this.#files = { files: known, facts };
    }
    return this.#files.files === files ? this.#find(this.#files.facts) : undefined;
  }

  /** @param files the state that turned out to say the same as another one */
  findByFacts(facts: string, files: string): Answer | undefined {
    const answer = this.#find(facts);
    if (answer !== undefined) this.#remember(files, facts);
    return answer;
  }

  keep(files: string, facts: string, answer: Answer): void {
    this.#last = { facts, answer };
    // The key stands first and alone on its line: an answer to another question is not parsed.
    this.#store.write(`${facts}\n${JSON.stringify(answer)}`);
    this.#remember(files, facts);
  }

  #find(facts: string): Answer | undefined {
    this.#last ??= this.#load(facts);
    return this.#last?.facts === facts ? this.#last.answer : undefined;
  }

  #load(facts: string): { facts: string; answer: Answer } | undefined {
    const text = this.#store.read();
    if (text?.startsWith(`${facts}\n`) !== true) return undefined;
    try {
      return { facts, answer: JSON.parse(text.slice(facts.length + 1)) as Answer };
    } catch {
      return undefined;
    }
  }

  #remember(files: string, facts: string): void {
    this.#files = { files, facts };
    this.#keys.write(`${files}\n${facts}`);
  }
}

/** Which files there are, what those hold that the graph reads, and how the plugin is set; undefined without hashes. */
export function keyOfFiles(listed: readonly ListedFile[], settings: string): string | undefined {
  const lines: string[] = [];
  for (const { path, hash } of listed) {
    if (hash === undefined) return undefined;
    lines.push(isGraphFile(path) ? `${path} ${hash}` : path);
  }
  return createHash('sha1').update(settings).update(lines.join('\n')).digest('hex');
}

/** What the files say to the graph, down to the lines of its evidence. */
export function keyOfFacts(facts: WorkspaceFacts, settings: string): string {
  // Maps and sets stand at the top only, as records are kept as JSON; a replacer would be called for every value below.
  const plain = Object.entries(facts).map(([name, value]: [string, unknown]) =>
    value instanceof Map || value instanceof Set ? [name, [...(value as Iterable<unknown>)]] : [name, value],
  );
  const text = JSON.stringify(plain);
  return createHash('sha1').update(settings).update(text).digest('hex');
}
