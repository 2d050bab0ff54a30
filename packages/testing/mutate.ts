/** Repeatable random numbers below `limit` (mulberry32). */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Puts splinters of the syntax into the text, and cuts pieces out of it, at random places. */
export function mutate(text: string, splinters: readonly string[], random: (limit: number) => number): string {
  let mutated = text;
  for (let count = 1 + random(6); count > 0; count--) {
    const at = random(mutated.length + 1);
    const cut = random(3) === 0 ? random(20) : 0;
    mutated = mutated.slice(0, at) + (splinters[random(splinters.length)] ?? '') + mutated.slice(at + cut);
  }
  return mutated;
}
