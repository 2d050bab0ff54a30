import { goString, indent } from './go-file.js';

it('escapes what a Go string cannot hold as it is', () => {
  expect(goString('a "b" \\ \n\t ü')).toBe('"a \\"b\\" \\\\ \\n\\u0009 ü"');
  expect(goString('\ufeff')).toBe('"\\ufeff"');
});

it('leaves blank lines blank', () => {
  expect(indent(['a', '', 'b'])).toEqual(['\ta', '', '\tb']);
});
