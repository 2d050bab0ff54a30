import { crateToml } from '#testing';
import { CRATE_A, reachesOf } from '../testing/reaches-of.js';

type Texts = Readonly<Record<string, string>>;

describe('environment variables', () => {
  const variables = (texts: Texts): string[] => reachesOf({ ...CRATE_A, ...texts }).variables;

  it.each([
    ['src/lib.rs', 'env!("BUILD_ID")', ['crates/a <- BUILD_ID']],
    ['build.rs', 'fn main() { env::var("BUILD_ID"); }', ['crates/a <- BUILD_ID']],
    ['tests/t.rs', 'env!("BUILD_ID")', ['crates/a <- BUILD_ID test']],
    ['src/lib.rs', '#[cfg(test)] const A: &str = env!("BUILD_ID");', ['crates/a <- BUILD_ID test']],
    ['tools/x.rs', 'fn main() { env::var("BUILD_ID"); }', []],
  ])('%s: %s', (file, text, wanted) => {
    expect(variables({ [`crates/a/${file}`]: text })).toEqual(wanted);
  });

  it('of a procedural macro count when it runs', () => {
    const text = { 'crates/a/src/lib.rs': 'use proc_macro::X; fn f() { env::var("BUILD_ID") }' };
    expect(variables(text)).toEqual([]);
    const manifest = { 'crates/a/Cargo.toml': crateToml('a', [], '[lib]\nproc-macro = true\n') };
    expect(variables({ ...text, ...manifest })).toEqual(['crates/a <- BUILD_ID']);
  });

  it('of a source outside count for the crate that takes it in', () => {
    const text = {
      'crates/a/src/lib.rs': '#[path = "../../../shared/s.rs"] mod s;',
      'shared/s.rs': 'env!("BUILD_ID")',
    };
    expect(variables(text)).toEqual(['crates/a <- BUILD_ID']);
  });
});
