import { mutate, randomFrom } from '#testing';
import {
  canBuild,
  constraintTags,
  parseGenerateCommands,
  parseGoFileHeader,
  parseGoMod,
  parseGoWork,
  splitCgoWords,
} from './index.js';

const SEEDS = [
  '//go:build (linux || darwin) && !x\n\n// Package p.\npackage p\n\n/*\n#cgo linux LDFLAGS: -L"a b" -lx\n#include "x.h"\n*/\nimport "C"\n',
  'package p\n\nimport (\n\t"embed"\n\ta "b/c"\n\t. `raw`\n)\n\n//go:embed "x y" z\nvar f embed.FS\n//go:generate cargo run\n',
  '// +build a,!b c\n\npackage p\n\n// #cgo CFLAGS: -DX=\\"y\\"\nimport "C"; import "fmt"\nvar r = \'"\'\n',
  'module example.com/a/v2\n\ngo 1.26\n\nrequire (\n\tx v1.0.0 // indirect\n)\nreplace x v1 => ../x\nretract [v1, v2]\n',
  'go 1.26\n\nuse (\n\t./a\n\t"./b c"\n)\nreplace y => z v1.0.0\n',
];
const SPLINTERS = [
  '"',
  "'",
  '`',
  '(',
  ')',
  '/*',
  '*/',
  '//',
  '\n',
  '\r\n',
  '\\',
  '\u0000',
  '🦀',
  ';',
  'import',
  '#cgo ',
  '\uFEFF',
  '&&',
];

function checkHeader(text: string): number {
  const { value, diagnostics } = parseGoFileHeader('x.go', text);
  if (value === undefined && diagnostics.length === 0) throw new Error(`silent on ${JSON.stringify(text)}`);
  if (value?.constraint !== undefined) constraintTags(value.constraint);
  if (value !== undefined) canBuild(value, { cgo: 'any' });
  parseGenerateCommands(value?.generates ?? []);
  const lineCount = text.split('\n').length;
  for (const { span } of [
    ...diagnostics,
    ...(value?.imports ?? []),
    ...(value?.cgo ?? []),
    ...(value?.generates ?? []),
    ...(value?.embeds ?? []),
  ]) {
    if (span === undefined || span.line > lineCount || span.column < 1)
      throw new Error(`bad span in ${JSON.stringify(text)}`);
  }
  return diagnostics.length;
}

it('never throws, and every place is in the file', () => {
  const random = randomFrom(20_260_102);
  let reported = 0;
  for (let round = 0; round < 2000; round++) {
    const text = mutate(SEEDS[round % SEEDS.length] ?? '', SPLINTERS, random);
    reported += checkHeader(text);
    const mod = parseGoMod('go.mod', text);
    if (mod.value === undefined && mod.diagnostics.length === 0) throw new Error(`silent on ${JSON.stringify(text)}`);
    parseGoWork('go.work', text);
    splitCgoWords(text);
  }
  expect(reported).toBeGreaterThan(500);
});

const LONG = 400_000;

it.each([
  ['a long word', 'package ' + 'x'.repeat(LONG)],
  ['a long tag', '//go:build ' + 'x'.repeat(LONG) + '\n\npackage x'],
  ['many negations', '//go:build ' + '!('.repeat(LONG / 2) + '\n\npackage x'],
  ['many // +build lines', '// +build a\n'.repeat(LONG / 10) + '\npackage x'],
  ['many clauses', `// +build${' a,b'.repeat(LONG / 10)}\n\npackage x`],
  ['blank lines', '\n'.repeat(LONG) + 'package x'],
  ['comments', 'package x\n' + '// #cgo\n'.repeat(LONG / 10) + 'import "C"'],
  ['imports on one line', 'package x;' + 'import "a";'.repeat(LONG / 20)],
  ['an open raw string', 'package x\nimport "embed"\n//go:embed a\nvar x = `' + "'\n".repeat(LONG / 2)],
  ['a long preamble', 'package x\n/*\n' + '#cgo LDFLAGS: -lx /* "\n'.repeat(LONG / 20) + '*/\nimport "C"'],
  ['many generate lines', 'package x\n' + '//go:generate x\n'.repeat(LONG / 20)],
  ['quotes', 'module a\nrequire ' + '"x" '.repeat(LONG / 5)],
  ['a long module path', 'module ' + 'x/'.repeat(LONG / 2)],
])('ends soon on %s', (_lesson, text) => {
  const start = performance.now();
  parseGoFileHeader('x.go', text);
  parseGoMod('go.mod', text);
  expect(performance.now() - start).toBeLessThan(3000);
});
