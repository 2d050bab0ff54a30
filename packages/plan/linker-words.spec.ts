import { mayNameLibrary, parseLinkerWords, parseSourcesOfArtifact } from '#plan';

it('the libraries among what a linker would be given', () => {
  const line = (...words: readonly string[]): string =>
    ['LC_ALL="C"', 'PATH="/bin:/a b"', ...['grout-links-nothing', ...words].map((word) => `"${word}"`)].join(' ');
  expect(parseLinkerWords(line('-m64', '/t/libx.rlib', '-Wl,-Bdynamic', '-lz', '-L', '/x', '-lc'))).toEqual(['-lz']);
  expect(parseLinkerWords(line('-framework', 'Security', '-lSystem', '-o', '/a/b.so'))).toEqual([
    '-Wl,-framework,Security',
    '-lSystem',
  ]);
  expect(parseLinkerWords(line('/NOLOGO', 'kernel32.lib', 'C:\\\\t\\\\x.lib'))).toEqual(['kernel32.lib']);
  expect(parseLinkerWords('')).toBeUndefined();
});

it.each([
  ['#[link(name = "z")]\nextern "C" {}', true],
  ['#[cfg_attr(unix, link(kind = "dylib",\n  name="z"))]', true],
  ['#[link(name = $library, kind = "raw-dylib")]', true],
  ['#[link_name = "z"]\nfn link(name: &str) {}', false],
  ['fn unlink(path: &str) { link(path); }', false],
])('sources that may name a library: %j', (text, may) => {
  expect(mayNameLibrary(text)).toBe(may);
});

it('the sources that cargo lists for an artifact', () => {
  const text = '/t/debug/libx.a: /w/x/src/lib.rs /w/my\\ files/a.rs\n/t/debug/libx.rlib: /w/x/src/lib.rs\n';
  expect(parseSourcesOfArtifact(text)).toEqual(['/w/x/src/lib.rs', '/w/my files/a.rs']);
});
