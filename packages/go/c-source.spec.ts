import { parseCSource } from './c-source.js';

function takenIn(...lines: readonly string[]): readonly string[] | undefined {
  return parseCSource('c/x.c', `${lines.join('\n')}\n`).value?.takesIn;
}

it('takes quoted paths that lead to another folder, however the line is written', () => {
  expect(
    takenIn('#include "../a.h"', '  #  include"sub/b.h" // why', '#import "../c.h"\r', '#include "../a.h"'),
  ).toEqual(['../a.h', 'sub/b.h', '../c.h']);
});

it('takes files whose names do not make them sources', () => {
  expect(takenIn('#include "table.def"', '.incbin "data.bin"', '\t.incbin "../more.bin",4,8')).toEqual([
    'table.def',
    'data.bin',
    '../more.bin',
  ]);
});

it.each([
  ['a header beside it', '#include "x.h"'],
  ['a header of the system', '#include <sys/types.h>'],
  ['an absolute path', '#include "/usr/include/x.def"'],
  ['words in a string', 'puts("#include \\"../x.h\\"");'],
])('says nothing of %s', (_what, line) => {
  expect(takenIn(line)).toBeUndefined();
});
