import { createHash } from 'node:crypto';

/** One thing that a lockfile or a root manifest says: what it is about, and what is said. */
export interface LockFact {
  readonly about: string;
  readonly says: string;
  /** What tells apart contents of which the same is said, such as a checksum. */
  readonly detail?: string;
}

/**
 * Facts with a digest. Nodes hold other nodes, so that what many tasks share, such as the dependencies of a locked crate,
 * is hashed once; all facts of a node are gone through only when someone asks what changed.
 */
export interface LockNode {
  readonly digest: string;
  readonly facts: readonly LockFact[];
  readonly parts: readonly LockNode[];
  readonly isEmpty: boolean;
}

/** 128 bits: enough to tell nodes apart, and half to hash again in the nodes that hold them. */
const DIGEST_LENGTH = 32;

/** Makes nodes; the same content gives the same node, and a part without content is none. */
export class LockNodes {
  readonly #byContent = new Map<string, LockNode>();

  node(facts: readonly LockFact[], parts: Iterable<LockNode> = []): LockNode {
    const distinct = [...new Set(parts)].filter(({ isEmpty }) => !isEmpty);
    const [only] = distinct;
    if (facts.length === 0 && distinct.length === 1 && only !== undefined) return only;
    const content = [...facts.map(textOf).sort(), ...distinct.map(({ digest }) => digest).sort()].join('\n');
    let node = this.#byContent.get(content);
    if (node === undefined) {
      const digest = createHash('sha256').update(content).digest('hex').slice(0, DIGEST_LENGTH);
      node = { digest, facts, parts: distinct, isEmpty: content === '' };
      this.#byContent.set(content, node);
    }
    return node;
  }
}

function textOf({ about, says, detail }: LockFact): string {
  return JSON.stringify([about, says, detail]);
}

/** Everything that counts, each fact once, ordered. */
export function allFacts(node: LockNode): LockFact[] {
  const nodes = new Set([node]);
  const facts = new Map<string, LockFact>();
  for (const { facts: own, parts } of nodes) {
    for (const fact of own) facts.set(textOf(fact), fact);
    for (const part of parts) nodes.add(part);
  }
  return [...facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
}
