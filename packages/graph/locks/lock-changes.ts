import { allFacts, digestOf, type LockFact, type LockNode } from './lock-node.js';

/** What changed from one state to the other, in words: `crate itoa 1.0.9 -> 1.0.10`. */
export function compareFacts(before: LockNode, after: LockNode): string[] {
  if (digestOf(before) === digestOf(after)) return [];
  const old = groupBySubject(allFacts(before));
  const now = groupBySubject(allFacts(after));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((about) => {
    const gone = missingFrom(now.get(about), old.get(about));
    const come = missingFrom(old.get(about), now.get(about));
    return gone.length + come.length === 0 ? [] : [describe(about, gone, come)];
  });
}

function groupBySubject(facts: readonly LockFact[]): ReadonlyMap<string, readonly LockFact[]> {
  const groups = new Map<string, LockFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.about);
    if (group === undefined) groups.set(fact.about, [fact]);
    else group.push(fact);
  }
  return groups;
}

function missingFrom(others: readonly LockFact[] = [], facts: readonly LockFact[] = []): readonly LockFact[] {
  return facts.filter(({ says, detail }) => !others.some((other) => other.says === says && other.detail === detail));
}

function describe(about: string, gone: readonly LockFact[], come: readonly LockFact[]): string {
  const from = gone.map(({ says }) => says).join(', ');
  const to = come.map(({ says }) => says).join(', ');
  if (gone.length === 0) return `${about} ${to} is new`;
  if (come.length === 0) return `${about} ${from} is gone`;
  if (from !== to) return `${about} ${from} -> ${to}`;
  return `${about} ${from}: ${detailsOf(gone)} -> ${detailsOf(come)}`;
}

function detailsOf(facts: readonly LockFact[]): string {
  return facts.map(({ detail }) => detail ?? 'none').join('; ');
}
