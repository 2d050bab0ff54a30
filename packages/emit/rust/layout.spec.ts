import {
  arrayLiteral,
  assignment,
  callExpression,
  fieldDeclaration,
  isBeyondLayout,
  matchArm,
  rustString,
  signature,
  structLiteral,
  useDeclaration,
} from './layout.js';

const long = 'x'.repeat(60);

describe('signature', () => {
  const lines = (width: number, end: string): number => {
    const start = 'fn f';
    const parameter = 'p'.repeat(width - start.length - '()'.length - end.length);
    return signature(start, [parameter], end, 0).length;
  };

  it('stays on a line of 100 columns', () => {
    expect(lines(100, ' -> u32 {')).toBe(1);
    expect(lines(101, ' -> u32 {')).toBe(3);
  });

  it('does not end on column 100 with a semicolon', () => {
    expect(lines(99, ' -> u32;')).toBe(1);
    expect(lines(100, ' -> u32;')).toBe(2);
    expect(lines(101, ' -> u32;')).toBe(3);
  });
});

it('writes a short struct literal on a line, and others with a line for each field', () => {
  expect(structLiteral('let r = R', [['left'], ['right']], ';', 8)).toEqual(['let r = R { left, right };']);
  expect(structLiteral('let r = R', [], ';', 8)).toEqual(['let r = R {};']);
  expect(structLiteral('let r = R', [['left: second'], ['right']], ';', 8)).toEqual([
    'let r = R {',
    '    left: second,',
    '    right,',
    '};',
  ]);
});

it('breaks calls and arrays whose content is longer than 60 columns', () => {
  expect(callExpression('f', [long], '', 0)).toHaveLength(1);
  expect(callExpression('f', [long, 'y'], '?', 0)).toEqual(['f(', `    ${long},`, '    y,', ')?']);
  expect(arrayLiteral('let a = ', [long], ';', 0)).toHaveLength(1);
  expect(arrayLiteral('let a = ', [long, 'y'], ';', 0)).toEqual(['let a = [', `    ${long},`, '    y,', '];']);
});

it('moves a value that does not fit to the next line', () => {
  expect(assignment('a', 'b', 0)).toEqual(['a = b;']);
  expect(assignment(long, long, 0)).toEqual([`${long} =`, `    ${long};`]);
  expect(fieldDeclaration('a', 'B', 4)).toEqual(['a: B,']);
  expect(fieldDeclaration(long, long, 4)).toEqual([`${long}:`, `    ${long},`]);
  expect(matchArm('A', 'b', 12)).toEqual(['A => b,']);
  expect(matchArm(long, long, 12)).toEqual([`${long} => {`, `    ${long}`, '}']);
});

it('knows what it cannot lay out', () => {
  expect(isBeyondLayout(['let a = b.c();'])).toBe(false);
  expect(isBeyondLayout([`let a = ${long}.c();`])).toBe(true);
  expect(isBeyondLayout([`${long}${long}`])).toBe(true);
});

it('escapes what a Rust string cannot hold as it is', () => {
  expect(rustString('a "b" \\ \n\t ü\u202e')).toBe('"a \\"b\\" \\\\ \\n\\u{9} ü\\u{202e}"');
});

it('fills the lines of a use declaration, in the order of versions', () => {
  expect(useDeclaration('pub use a', ['Item'])).toEqual(['pub use a::Item;']);
  expect(useDeclaration('pub use a', ['Item10', 'Ordered', 'OrderItem', 'Item2'])).toEqual([
    'pub use a::{Item2, Item10, OrderItem, Ordered};',
  ]);
  const names = Array.from({ length: 9 }, (_, at) => `AMessageWithALongName${at}`);
  expect(useDeclaration('pub use a', names)).toEqual([
    'pub use a::{',
    '    AMessageWithALongName0, AMessageWithALongName1, AMessageWithALongName2, AMessageWithALongName3,',
    '    AMessageWithALongName4, AMessageWithALongName5, AMessageWithALongName6, AMessageWithALongName7,',
    '    AMessageWithALongName8,',
    '};',
  ]);
});
