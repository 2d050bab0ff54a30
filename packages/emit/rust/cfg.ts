import { spelledFeatures, type Condition } from '../conditions.js';
import type { BridgeFeature } from '../types.js';
import { rustString } from './layout.js';

/** Spells conditions as attributes. */
export class Cfg {
  constructor(private readonly features: readonly BridgeFeature[]) {}

  /** The attribute of what is there under the condition; none in what is there under `within` itself. */
  with(condition: Condition, within: Condition = []): string[] {
    const more = condition.filter((feature) => !within.includes(feature));
    return more.length === 0 ? [] : [`#[cfg(${this.predicate(more)})]`];
  }

  /** The attribute of what takes its place in other builds. */
  without(condition: Condition): string {
    return `#[cfg(not(${this.predicate(condition)}))]`;
  }

  predicate(condition: Condition): string {
    return predicateOf(spelledFeatures(condition, this.features).flatMap(({ cargo }) => cargo));
  }
}

/** What is true where all of these cargo features are on. */
export function predicateOf(cargo: readonly string[]): string {
  const each = [...new Set(cargo)].map((feature) => `feature = ${rustString(feature)}`);
  return each.length === 1 ? each.join('') : `all(${each.join(', ')})`;
}
