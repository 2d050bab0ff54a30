import { mayNameLibrary, parseSourcesOfArtifact } from '#plan';

describe('sources that may name a library', () => {
  it.each([
    ['an attribute', '#[link(name = "z")]\nextern "C" {}'],
    ['one with a comment in it', '#[link(kind = "dylib", /* (1) */ name = "z")]\nextern "C" {}'],
    ['one under a condition', '#[cfg_attr(unix, link(kind = "dylib",\n  name="z"))]'],
    ['a macro of another crate', 'dep::system!("z");'],
    ['one that has a name of the standard library', 'dep::vec!["z"];'],
    ['one that is handed to a macro', 'macro_rules! call { ($name:ident) => { $name!("z"); } }'],
    ['a file taken in', 'include!("bindings.inc");'],
    ['an attribute of another crate', '#[dep::links]\nmod z {}'],
    ['a derive of another crate', '#[derive(Debug, dep::Linked)]\nstruct Z;'],
    ['what cannot be read', undefined],
  ])('%s', (_what, text) => {
    expect(mayNameLibrary(['fn plain() {}', text])).toBe(true);
  });

  it('are not those that the compiler and its library understand alone', () => {
    const text = `#![no_std]
#[derive(Clone, Debug,)]
#[repr(C)]
pub struct Pair(u8, u8);

own!(7);

#[link_name = "z"]
#[unsafe(no_mangle)]
pub extern "C" fn unlink(pair: &Pair) -> u8 {
    if !(pair.0 != 1) { panic!("{}", std::format!("{pair:?}")) }
    crate::own![2]
}`;
    const script = 'fn main() { println!("cargo:rustc-link-lib=z") }';
    expect(mayNameLibrary([text, script, 'macro_rules! own { ($value:expr) => { $value } }'])).toBe(false);
    expect(mayNameLibrary([text])).toBe(true);
  });
});

it('the sources that cargo lists for an artifact', () => {
  const text = '/t/debug/libx.a: /w/x/src/lib.rs /w/my\\ files/a.rs\n/t/debug/libx.rlib: /w/x/src/lib.rs\n';
  expect(parseSourcesOfArtifact(text)).toEqual(['/w/x/src/lib.rs', '/w/my files/a.rs']);
});
