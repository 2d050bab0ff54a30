import { randomFrom } from '#testing';

/** Choices that a seed decides: the same seed makes the same workspace and the same edits. */
export class Choices {
  readonly below: (limit: number) => number;

  constructor(readonly seed: number) {
    this.below = randomFrom(seed);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** @throws when there is nothing to choose from */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new Error('nothing to choose from');
    return from[this.below(from.length)] as T;
  }

  /** Up to so many of them, each once, in their order. */
  some<T>(from: readonly T[], atMost: number): T[] {
    const chosen = new Set<T>();
    for (let count = this.below(atMost + 1); count > 0 && from.length > 0; count--) chosen.add(this.pick(from));
    return from.filter((each) => chosen.has(each));
  }
}
