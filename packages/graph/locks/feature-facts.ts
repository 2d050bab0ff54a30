import type { FeatureRules } from '../facts.js';
import { groupOf, lockNode, type LockNode } from './lock-node.js';

const FEATURE = 'feature ';

/** Whether what changed, in the words of `compareFacts`, is what a feature means. */
export function isAboutFeature(change: string): boolean {
  return change.startsWith(FEATURE);
}

/** What grout.toml says of features. Every build resolves its own by all of them, so it counts for each task. */
export function featureFacts(rules: FeatureRules): LockNode {
  const names = Object.keys(rules).sort();
  // Where there are none, the digests of tasks are those of what lockfiles say.
  if (names.length === 0) return groupOf([]);
  return lockNode(names.map((name) => ({ about: `${FEATURE}${name} of grout.toml`, says: wordsOf(rules[name]) })));
}

function wordsOf(rule: FeatureRules[string] | undefined): string {
  if (rule === undefined) return '';
  const { cargo, goTags, isDefault, requires, conflicts } = rule;
  const lists = { cargo, 'go-tags': goTags, requires, conflicts };
  const words = Object.entries(lists).flatMap(([key, names]) =>
    names.length === 0 ? [] : [`${key} ${names.join(' ')}`],
  );
  return [...words, ...(isDefault ? ['on by default'] : [])].join('; ');
}
