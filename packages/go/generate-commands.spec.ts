import { parseGenerateCommands } from './index.js';
import { splitShellCommands } from './shell-commands.js';

const span = { file: 'a.go', line: 1, column: 1 };
const commands = (...lines: string[]): string[] =>
  parseGenerateCommands(lines.map((command) => ({ command, span }))).map(
    ({ words, folder }) => `${folder ?? '?'}: ${words.join('|')}`,
  );

describe('parseGenerateCommands', () => {
  it.each([
    ['cargo run --bin gen', '.: cargo|run|--bin|gen'],
    ['mockgen "-source=a b.go" \t-x', '.: mockgen|-source=a b.go|-x'],
    ['env -u B A=1 cargo run', '.: cargo|run'],
    ['A=1 cargo run', '.: cargo|run'],
    ['/usr/bin/env nice -n 5 cargo run', '.: cargo|run'],
    ['sh -c "cargo run"', '.: cargo|run'],
    [String.raw`bash -euc "cd ../.. && A=1 cargo run -p \"x y\" > out"`, './../..: cargo|run|-p|x y|>|out'],
    ['sh -c "cd a; cd b && cargo run"', './a/b: cargo|run'],
    ['sh -c "cd $ROOT && cargo run"', '?: cargo|run'],
    ['sh -c "cd /abs && cargo run"', '?: cargo|run'],
    [`sh -c "sh -c 'cargo run'"`, '.: cargo|run'],
    ['sh ../gen.sh cargo run', '.: sh|../gen.sh|cargo|run'],
    ['echo cargo run', '.: echo|cargo|run'],
  ])('%s', (line, wanted) => {
    expect(commands(line)).toEqual([wanted]);
  });

  it('follows an abbreviation from its line on', () => {
    expect(commands('gen a', '-command gen cargo run -p gen --', 'gen b')).toEqual([
      '.: gen|a',
      '.: cargo|run|-p|gen|--|b',
    ]);
  });

  it.each(['gen "open', 'gen "a"b', '-command', 'env A=1', ''])('finds nothing in %j', (line) => {
    expect(commands(line)).toEqual([]);
  });

  it('gives up on wrappers in wrappers without end', () => {
    expect(commands(`${'env '.repeat(10_000)}cargo run`)).toEqual([]);
  });
});

describe('splitShellCommands', () => {
  it.each([
    ['a b && c || d; e | f & g', [['a', 'b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    [`a 'b c' "d \\"e\\" $f" g\\ h`, [['a', 'b c', 'd "e" $f', 'g h']]],
    ['a"b"c\'d\'', [['abcd']]],
    ['a # b; c\nd', [['a'], ['d']]],
    ['a#b', [['a#b']]],
    ['a \\\n b', [['a', 'b']]],
    ['(cd x && y)', [['cd', 'x'], ['y']]],
    [`'open`, [[`'open`]]],
    ['', []],
  ])('%j', (text, wanted) => {
    expect(splitShellCommands(text)).toEqual(wanted);
  });

  it('takes long and odd texts in good time', () => {
    for (const piece of ['"', "'", '\\', '"\\', '# ', '&', '"a\\"']) {
      expect(splitShellCommands(piece.repeat(50_000)).length).toBeGreaterThanOrEqual(0);
    }
  });
});
