import { RustTokens } from './rust-tokens.js';

const MARKS = ['(', ')', '[', ']', '{', '}', '!', '#', ',', ';', ':', '=', '.', '&', '<', '>'];

/** Words and marks as written, strings in guillemets. */
function tokensOf(text: string): string {
  const tokens = new RustTokens('a.rs', text);
  const shown: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const string = tokens.string(index);
    const written = tokens.word(index) ?? MARKS.find((mark) => tokens.is(index, mark));
    shown.push(string === undefined ? (written ?? '?') : `«${string}»`);
  }
  return shown.join(' ');
}

describe('strings', () => {
  it.each([
    ['"a"', '«a»'],
    [String.raw`"a\\b\"c"`, '«a\\b"c»'],
    [String.raw`"\x41\u{1F980}\n\t\0\'"`, "«A🦀\n\t\0'»"],
    ['"a\\\n    b"', '«ab»'],
    ['"two\nlines"', '«two\nlines»'],
    ['r"c:\\dir"', '«c:\\dir»'],
    ['r##"a"#b"##', '«a"#b»'],
    ['r#"// no comment"# x', '«// no comment» x'],
    ['f("a",r"b")', 'f ( «a» , «b» )'],
  ])('reads %j', (text, wanted) => {
    expect(tokensOf(text)).toBe(wanted);
  });

  it.each([
    ['b"x" y', 'y'],
    ['br#"x"# y', 'y'],
    ['c"x" y', 'y'],
    ['cr"x" y', 'y'],
    ["b'x' y", 'y'],
  ])('leaves out what is no text: %j', (text, wanted) => {
    expect(tokensOf(text)).toBe(wanted);
  });
});

describe('what is no code', () => {
  it.each([
    ['a // "b" /* \n c', 'a c'],
    ['a /* "b" */ c', 'a c'],
    ['a /* /* nested */ still */ b', 'a b'],
    ['/// ```\n/// include_str!("x")\n/// ```\na', 'a'],
    ['//! include_str!("x")\na', 'a'],
    ['/** "x" */ a', 'a'],
  ])('skips comments: %j', (text, wanted) => {
    expect(tokensOf(text)).toBe(wanted);
  });

  it.each([
    ["'a' b", 'b'],
    ["'\\'' b", 'b'],
    ["'\\\\' b", 'b'],
    ['\'"\' b "c"', 'b «c»'],
    ["'/' '*' \"c\"", '«c»'],
    ["'\\u{1F980}' b", 'b'],
    ["'🦀' b", 'b'],
    ["&'a str", '& str'],
    ["'outer: loop", ': loop'],
    ["fn f<'a>(x: &'a str) {}", 'fn f < > ( x : & str ) { }'],
  ])('tells characters from lifetimes: %j', (text, wanted) => {
    expect(tokensOf(text)).toBe(wanted);
  });

  it.each(['"open', 'r#"open"', '/* open', "'\\", '// open', 'b"', 'r####'])('ends with the text: %j', (text) => {
    expect(() => tokensOf(`a ${text}`)).not.toThrow();
  });
});

it('knows the place of a token, with its end where that is on the same line', () => {
  const tokens = new RustTokens('a.rs', 'x\n  "yz"\r\n"two\nlines"');
  expect(tokens.span(1)).toEqual({ file: 'a.rs', line: 2, column: 3, endColumn: 7 });
  expect(tokens.span(2)).toEqual({ file: 'a.rs', line: 3, column: 1 });
});

it('pairs brackets, and splits at the commas of one level', () => {
  const tokens = new RustTokens('a.rs', 'f(a, g(b, [c, d]), { e, f },)');
  expect(tokens.closerOf(1)).toBe(tokens.length - 1);
  expect(tokens.split(2, tokens.closerOf(1)).map(({ from, to }) => to - from)).toEqual([1, 10, 5]);
  expect(new RustTokens('a.rs', '( ]').closerOf(0)).toBe(2);
});

it('takes long and deep texts in linear time', () => {
  const texts = ['('.repeat(200_000), '/*'.repeat(200_000), `r${'#'.repeat(200_000)}`, '"\\'.repeat(200_000)];
  const start = performance.now();
  for (const text of texts) new RustTokens('a.rs', text);
  expect(performance.now() - start).toBeLessThan(5000);
});
