import { mutate, randomFrom } from '#testing';
import { parseProtoImports } from './index.js';

const imports = (text: string): readonly string[] => parseProtoImports('a.proto', text).value?.imports ?? [];

it.each([
  [
    'syntax = "proto3";\nimport "a/b.proto";\nimport public "c.proto";\nimport weak "d.proto";',
    'a/b.proto c.proto d.proto',
  ],
  ['edition = "2024";\nimport option "o.proto";', 'o.proto'],
  ['import \'single.proto\';import\n\t"next line.proto" ;', 'single.proto next line.proto'],
  ['import "two/" "parts.proto";', 'two/parts.proto'],
  ['package p;\nmessage M { string import = 1; }\nimport "late.proto";', 'late.proto'],
  ['import "a.proto"; // import "b.proto";\n/* import "c.proto"; */ import /* x */ "d.proto";', 'a.proto d.proto'],
])('%j', (text, wanted) => {
  expect(imports(text).join(' ')).toBe(wanted);
});

it.each([
  '// import "a.proto";',
  '/* import "a.proto"; ',
  'option x = "import \\"a.proto\\";";',
  'message M { option (x) = { import: "a.proto" }; }',
  'import a.proto;',
  'import "";',
  'imports "a.proto";',
  'import "a.proto',
])('no import: %j', (text) => {
  expect(imports(text)).toEqual([]);
});

it('never throws, whatever the text', () => {
  const random = randomFrom(20_260_104);
  const splinters = ['"', "'", '/*', '*/', '//', ';', '{', '}', '\\', 'import ', '\n'];
  for (let round = 0; round < 2000; round++)
    expect(
      Array.isArray(imports(mutate('import "a.proto";\nmessage M {}\nimport public "b";', splinters, random))),
    ).toBe(true);
});
