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
  readonly parts: ReadonlySet<LockNode>;
  /** The digest as a number of 128 bits, 32 each. */
  readonly words: Words;
}

type Words = readonly [number, number, number, number];

/** Makes nodes; the same facts on the same parts are one node. */
export class LockNodes {
  readonly #byContent = new Map<string, LockNode>();

  node(facts: readonly LockFact[], parts: ReadonlySet<LockNode> = NO_PARTS): LockNode {
    const sum = sumOf(parts);
    if (facts.length === 0) return { digest: hexOf(sum), facts, parts, words: sum };
    const content = [...facts.map(textOf).sort(), ...sum].join('\n');
    let node = this.#byContent.get(content);
    if (node === undefined) {
      const words = hash(content);
      node = { digest: hexOf(words), facts, parts, words };
      this.#byContent.set(content, node);
    }
    return node;
  }
}

const NO_PARTS: ReadonlySet<LockNode> = new Set();

/**
 * Parts count as the sum of their digests: in whatever order, and without a text to sort and to hash for each of
 * thousands of tasks. Nobody gains from two sets with the same sum, and by chance there are none.
 */
function sumOf(parts: ReadonlySet<LockNode>): Words {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (const { words } of parts) {
    a = (a + words[0]) >>> 0;
    b = (b + words[1]) >>> 0;
    c = (c + words[2]) >>> 0;
    d = (d + words[3]) >>> 0;
  }
  return [a, b, c, d];
}

function hash(content: string): Words {
  const bytes = createHash('sha256').update(content).digest();
  return [bytes.readUInt32BE(0), bytes.readUInt32BE(4), bytes.readUInt32BE(8), bytes.readUInt32BE(12)];
}

function hexOf(words: Words): string {
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

function textOf({ about, says, detail = '' }: LockFact): string {
  return `${about}\0${says}\0${detail}`;
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
