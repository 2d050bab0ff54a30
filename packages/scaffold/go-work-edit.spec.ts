import { addGoModules, addGoReplacements } from './index.js';

describe('addGoModules', () => {
  it('makes a go.work', () => {
    expect(addGoModules(undefined, ['.', 'libs/a/go'], '1.27')).toBe('go 1.27\n\nuse (\n\t.\n\t./libs/a/go\n)\n');
  });

  it('adds to the last block and keeps comments and order', () => {
    const text = '// ours\ngo 1.26\n\nuse (\n\t./z // last letter\n\t// ./off\n\t./a\n)\n\nreplace x => ./y\n';
    expect(addGoModules(text, ['libs/a/go'], '1.26')).toBe(text.replace('\t./a\n)', '\t./a\n\t./libs/a/go\n)'));
  });

  it('adds lines after single lines', () => {
    expect(addGoModules('go 1.26\n\nuse ./a // one\nuse ./b\n\ntoolchain go1.26.8\n', ['c', 'd'], '1.26')).toBe(
      'go 1.26\n\nuse ./a // one\nuse ./b\nuse ./c\nuse ./d\n\ntoolchain go1.26.8\n',
    );
    expect(addGoModules('go 1.26\nuse ./a', ['c'], '1.26')).toBe('go 1.26\nuse ./a\nuse ./c\n');
  });

  it('adds a block where nothing is used yet', () => {
    expect(addGoModules('go 1.26.8\n', ['c'], '1.26')).toBe('go 1.26.8\n\nuse (\n\t./c\n)\n');
  });

  it.each([
    ['in a block', 'go 1.26\nuse (\n\t./libs/a/go/\n)\n'],
    ['on a line', 'go 1.26\nuse ./libs/a/go\n'],
    ['in quotes', 'go 1.26\nuse "./libs/a/go"\n'],
    ['in raw quotes', 'go 1.26\nuse (\n\t`./libs/a/go`\n)\n'],
  ])('adds nothing that is used already %s', (_, text) => {
    expect(addGoModules(text, ['libs/a/go'], '1.26')).toBe(text);
  });

  it('does not take a comment for a use, and ends a path at its comment', () => {
    expect(addGoModules('go 1.26\nuse (\n\t// ./c\n)\n', ['c'], '1.26')).toBe('go 1.26\nuse (\n\t// ./c\n\t./c\n)\n');
    const commented = 'go 1.26\nuse ./c// here\n';
    expect(addGoModules(commented, ['c'], '1.26')).toBe(commented);
  });

  it('keeps Windows line ends and quotes what needs it', () => {
    expect(addGoModules('go 1.26\r\nuse (\r\n\t./a\r\n)\r\n', ['my libs/go'], '1.26')).toBe(
      'go 1.26\r\nuse (\r\n\t./a\r\n\t"./my libs/go"\r\n)\r\n',
    );
  });
});

describe('addGoReplacements', () => {
  const added = ['example.com/a v0.0.0 => ./a', 'example.com/b v0.0.0 => ./b'];
  const lines = 'replace example.com/a v0.0.0 => ./a\nreplace example.com/b v0.0.0 => ./b\n';

  it.each([
    ['at the end', 'go 1.26\n\nuse ./a\n', `go 1.26\n\nuse ./a\n\n${lines}`],
    [
      'below those that are there',
      'replace x => ./x // why\n\nuse ./a\n',
      `replace x => ./x // why\n${lines}\nuse ./a\n`,
    ],
    ['after a block', 'replace (\n\tx => ./x\n)\n', `replace (\n\tx => ./x\n)\n\n${lines}`],
  ])('adds them %s', (_, text, expected) => {
    expect(addGoReplacements(text, added)).toBe(expected);
  });

  it('leaves the text alone where there are none', () => {
    expect(addGoReplacements('go 1.26', [])).toBe('go 1.26');
  });
});
