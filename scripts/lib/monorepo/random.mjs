/** Numbers that are the same for a seed on every machine: the generator of Lehmer with the multiplier of Park and Miller. */
export function randomFrom(seed) {
  const modulus = 2 ** 31 - 1;
  let state = (seed % (modulus - 1)) + 1;
  const unit = () => {
    state = (state * 48271) % modulus;
    return state / modulus;
  };
  // The first values of nearby seeds lie near each other.
  for (let skipped = 0; skipped < 8; skipped++) unit();
  return { unit, below: (limit) => Math.floor(unit() * limit) };
}
