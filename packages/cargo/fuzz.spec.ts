import { mutate, randomFrom } from '#testing';
import { parseCargoLock, parseCargoManifest, parseRustToolchain } from './index.js';

const SEEDS = [
  '[package]\nname = "a-b"\nversion.workspace = true\nedition = "2021"\n[lib]\ncrate-type = ["staticlib"]\n',
  '[dependencies]\na = { path = "../a", features = ["x"] }\n[target.\'cfg(unix)\'.dependencies.b]\nversion = "1"\n',
  '[workspace]\nmembers = ["crates/*"]\n[[bin]]\nname = """x"""\n[patch.crates-io]\nc = { path = "c" }\n',
  'version = 4\n\n[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = [\n "b",\n]\n\n[metadata]\n',
];
const SPLINTERS = ['"', "'", '"""', '[', ']', '{', '}', '=', '\n', '\r\n', '#', '.', '\\', '\u0000', '🦀', ',', '[['];

it('never throws, and says something whenever it gives nothing', () => {
  const random = randomFrom(20_260_101);
  let rejected = 0;
  for (let round = 0; round < 4000; round++) {
    const text = mutate(SEEDS[round % SEEDS.length] ?? '', SPLINTERS, random);
    for (const parse of [parseCargoManifest, parseCargoLock, parseRustToolchain]) {
      const { value, diagnostics } = parse('rust-toolchain', text);
      if (value === undefined) rejected++;
      if (value === undefined && diagnostics.length === 0) throw new Error(`silent on ${JSON.stringify(text)}`);
    }
  }
  expect(rejected).toBeGreaterThan(1000);
});

it.each([
  ['keys', `[profile]\n${'a.'.repeat(50_000)}a = 1\n`],
  ['a header', `[profile${'.a'.repeat(50_000)}]\n`],
  ['arrays', `[package]\nname = ${'['.repeat(50_000)}\n`],
])('takes tables nested without end for no manifest: %s', (_by, text) => {
  const { value, diagnostics } = parseCargoManifest('Cargo.toml', text);
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'cargo/broken-toml', severity: 'error', span: { file: 'Cargo.toml' } }]);
});
