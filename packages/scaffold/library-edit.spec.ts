import { addDevDependency, addGoRequirement } from './index.js';

describe('addGoRequirement', () => {
  it.each([
    [
      'the last block',
      'module a\n\nrequire (\n\tx v1\n)\n\nrequire (\n\ty v1 // indirect\n)\n',
      /\ty v1 \/\/ indirect\n\tr v2\n\)\n$/,
    ],
    [
      'below a single line',
      'module a\n\nrequire x v1 // why\n\nreplace x => ../x\n',
      /require x v1 \/\/ why\nrequire r v2\n\nreplace/,
    ],
    [
      'a block whose comments have parentheses',
      'module a\n\nrequire (\n\tx v1 // see (#1)\n)\n',
      /\tx v1 \/\/ see \(#1\)\n\tr v2\n\)\n$/,
    ],
    ['below a line that ends the file', 'module a\nrequire x v1', /require x v1\nrequire r v2\n$/],
    ['a file that requires nothing', 'module a\n\ngo 1.26\n', /go 1\.26\n\nrequire r v2\n$/],
    ['a file with other line ends', 'module a\r\nrequire x v1\r\n', /require x v1\r\nrequire r v2\r\n$/],
  ])('adds to %s', (_, text, expected) => {
    expect(addGoRequirement(text, 'r v2')).toMatch(expected);
  });
});

describe('addDevDependency', () => {
  it('adds a table where there is none', () => {
    expect(addDevDependency('[package]\nname = "a"\n', 'p = "1"')).toBe(
      '[package]\nname = "a"\n\n[dev-dependencies]\np = "1"\n',
    );
  });

  it('adds to the table that is there, comments and order kept', () => {
    const text = '[dev-dependencies] # ours\nx = "1"\n\n[features]\n';
    expect(addDevDependency(text, 'p = "1"')).toBe('[dev-dependencies] # ours\np = "1"\nx = "1"\n\n[features]\n');
  });

  it('adds to a table that ends the file', () => {
    expect(addDevDependency('[dev-dependencies]', 'p = "1"')).toBe('[dev-dependencies]\np = "1"\n');
  });
});
