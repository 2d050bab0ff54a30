import { parseLinkerWords } from '#plan';

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
