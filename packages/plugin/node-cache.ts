import { createHash } from 'node:crypto';
import { isGraphFile, type ContentStore, type ListedFile } from '#workspace';
import type { Nodes } from './emit-nodes.js';

/** What one look at the workspace gave. */
export interface Answer {
  readonly nodes: Nodes;
  /** Rendered warnings, to be shown each time. */
  readonly warnings: readonly string[];
}

/** The last answer, kept in this process and for the next one: where no file changed, nothing is resolved again. */
export class NodeCache {
  readonly #store: ContentStore;
  #last: { readonly key: string; readonly answer: Answer } | undefined;

  constructor(store: ContentStore) {
    this.#store = store;
  }

  find(key: string): Answer | undefined {
    if (this.#last === undefined) this.#last = this.#load(key);
    return this.#last?.key === key ? this.#last.answer : undefined;
  }

  keep(key: string, answer: Answer): void {
    this.#last = { key, answer };
    // The key stands first and alone on its line: an answer to another question is not parsed.
    this.#store.write(`${key}\n${JSON.stringify(answer)}`);
  }

  #load(key: string): { key: string; answer: Answer } | undefined {
    const text = this.#store.read();
    if (text?.startsWith(`${key}\n`) !== true) return undefined;
    try {
      return { key, answer: JSON.parse(text.slice(key.length + 1)) as Answer };
    } catch {
      return undefined;
    }
  }
}

/** Everything that the answer depends on: which files there are, what they hold, and how the plugin is set. */
export function keyOf(listed: readonly ListedFile[], settings: string): string | undefined {
  const hash = createHash('sha1').update(settings);
  const lines: string[] = [];
  for (const { path, hash: content } of listed) {
    if (content === undefined) return undefined;
    lines.push(isGraphFile(path) ? `${path} ${content}` : path);
  }
  return hash.update(lines.join('\n')).digest('hex');
}
