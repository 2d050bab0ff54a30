import { indexKeys } from './key-spans.js';

function find(text: string, ...path: string[]): string {
  const { line, column, endColumn } = indexKeys('x.toml', text).find(path);
  return `${line}:${column}-${endColumn ?? ''}`;
}

describe('indexKeys', () => {
  const text = `# [package] in a comment
title = "a = 1 # not a comment" # c = 2
doc = """
[fake]
key = 1 \\"""
""""
raw = '''
[raw] '' '
name = 2'''

[package] # name = 3
"name" = 'x'
'quoted key' = 1
dotted . key.deep = [ # a
  "]", '}', { inner = 1, "x\\u0041" = 2 },
  { inner = 2 },
]
[ target . 'cfg(unix)' . dependencies ]
a = { path = "../a", features = ["x", "y"], nested = { deep = true } }
[[bin]]
name = "one"
[[bin]]
name = "two"
[bin.extra]
flag = true
`;

  it.each([
    [['title'], '2:1-6'],
    [['doc'], '3:1-4'],
    [['raw'], '7:1-4'],
    [['package'], '11:2-9'],
    [['package', 'name'], '12:1-7'],
    [['package', 'quoted key'], '13:1-13'],
    [['package', 'dotted'], '14:1-7'],
    [['package', 'dotted', 'key', 'deep'], '14:14-18'],
    [['package', 'dotted', 'key', 'deep', '2', 'inner'], '15:15-20'],
    [['package', 'dotted', 'key', 'deep', '2', 'xA'], '15:26-35'],
    [['package', 'dotted', 'key', 'deep', '3', 'inner'], '16:5-10'],
    [['target', 'cfg(unix)'], '18:12-23'],
    [['target', 'cfg(unix)', 'dependencies', 'a', 'path'], '19:7-11'],
    [['target', 'cfg(unix)', 'dependencies', 'a', 'nested', 'deep'], '19:56-60'],
    [['bin'], '20:3-6'],
    [['bin', '0', 'name'], '21:1-5'],
    [['bin', '1', 'name'], '23:1-5'],
    [['bin', '1', 'extra', 'flag'], '25:1-5'],
  ])('finds %j', (path, place) => {
    expect(find(text, ...path)).toBe(place);
  });

  it('gives the nearest parent of a key that is not there, or the start of the file', () => {
    expect(find(text, 'package', 'version')).toBe('11:2-9');
    expect(find(text, 'fake')).toBe('1:1-');
    expect(find(text, 'c')).toBe('1:1-');
  });

  it('counts columns after CRLF and a byte order mark', () => {
    expect(find('\uFEFFa = 1\r\nb = 2\r\n', 'b')).toBe('2:1-2');
  });

  it.each([
    ['deep arrays', '['.repeat(200_000)],
    ['deep tables', 'a = ' + '{a='.repeat(200_000)],
    ['a long dotted key', 'a.'.repeat(200_000) + 'b = 1'],
    ['an open string', 'a = "' + 'x'.repeat(500_000)],
    ['one long line', 'a = {' + 'b = 1, '.repeat(100_000) + '}'],
    ['blank lines', '\n \t'.repeat(300_000)],
  ])('ends soon on %s', (_lesson, long) => {
    const start = performance.now();
    indexKeys('x.toml', long);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
