import { hash } from 'node:crypto';

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
  readonly facts: readonly LockFact[];
  readonly parts: readonly LockNode[];
  /** The digest, a number of 64 bits in two halves. */
  readonly high: number;
  readonly low: number;
}

/** A node that says something itself; what its parts say is in its digest too. */
export function lockNode(facts: readonly LockFact[], parts: readonly LockNode[] = []): LockNode {
  const group = groupOf(parts);
  return facts.length === 0 ? group : { ...seal(facts.map(textOf).sort(), group), facts, parts };
}

/** What its parts say to one owner: two owners that swapped a part would not have the same sum as before. */
export function groupFor(owner: string, parts: readonly LockNode[]): LockNode {
  const group = groupOf(parts);
  return { ...group, ...seal([owner], group) };
}

function seal(content: readonly string[], { high, low }: LockNode): Pick<LockNode, 'high' | 'low'> {
  const digest = hash('sha256', [...content, high, low].join('\n'));
  return { high: Number.parseInt(digest.slice(0, 8), 16), low: Number.parseInt(digest.slice(8, 16), 16) };
}

/**
 * What its parts say, and nothing else. Its digest is the sum of theirs: in whatever order, and without a text to sort and
 * to hash for each of thousands of tasks. Nobody gains from two groups with the same sum, and by chance there are none.
 */
export function groupOf(parts: readonly LockNode[]): LockNode {
  let high = 0;
  let low = 0;
  for (const part of parts) {
    high = (high + part.high) >>> 0;
    low = (low + part.low) >>> 0;
  }
  return { facts: NO_FACTS, parts, high, low };
}

const NO_FACTS: readonly LockFact[] = [];

/** 16 hexadecimal digits that differ where facts do. */
export function digestOf({ high, low }: LockNode): string {
  return hexOf(high) + hexOf(low);
}

function hexOf(half: number): string {
  return half.toString(16).padStart(8, '0');
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
