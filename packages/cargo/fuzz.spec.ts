import { parseCargoLock, parseCargoManifest, parseRustToolchain } from './index.js';

const SEEDS = [
  '[package]\nname = "a-b"\nversion.workspace = true\nedition = "2021"\n[lib]\ncrate-type = ["staticlib"]\n',
  '[dependencies]\na = { path = "../a", features = ["x"] }\n[target.\'cfg(unix)\'.dependencies.b]\nversion = "1"\n',
  '[workspace]\nmembers = ["crates/*"]\n[[bin]]\nname = """x"""\n[patch.crates-io]\nc = { path = "c" }\n',
  'version = 4\n\n[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = [\n "b",\n]\n\n[metadata]\n',
];
const SPLINTERS = ['"', "'", '"""', '[', ']', '{', '}', '=', '\n', '\r\n', '#', '.', '\\', '\u0000', '🦀', ',', '[['];

/** Repeatable random numbers below `limit` (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function mutate(text: string, random: (limit: number) => number): string {
  let mutated = text;
  for (let count = 1 + random(6); count > 0; count--) {
    const at = random(mutated.length + 1);
    const cut = random(3) === 0 ? random(20) : 0;
    mutated = mutated.slice(0, at) + (SPLINTERS[random(SPLINTERS.length)] ?? '') + mutated.slice(at + cut);
  }
  return mutated;
}

it('never throws, and says something whenever it gives nothing', () => {
  const random = randomFrom(20_260_101);
  let rejected = 0;
  for (let round = 0; round < 4000; round++) {
    const text = mutate(SEEDS[round % SEEDS.length] ?? '', random);
    for (const parse of [parseCargoManifest, parseCargoLock, parseRustToolchain]) {
      const { value, diagnostics } = parse('rust-toolchain', text);
      if (value === undefined) rejected++;
      if (value === undefined && diagnostics.length === 0) throw new Error(`silent on ${JSON.stringify(text)}`);
    }
  }
  expect(rejected).toBeGreaterThan(1000);
});
