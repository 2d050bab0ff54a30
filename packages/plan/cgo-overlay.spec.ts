import { parseGoFileHeader } from '#go';
import type { CgoLink } from '#graph';
import { companionFlags, rewriteCgoFile, type LinkedLibrary } from '#plan';
import { workspacePath } from '#paths';

const FILE = workspacePath('g/g.go');
const TEXT = `package g

/*
#cgo CFLAGS: -I\${SRCDIR}/../rs/include
#cgo LDFLAGS: -L\${SRCDIR}/../target/debug "\${SRCDIR}/../target/debug/libr.a" -lm -ldl
#include "r.h"
*/
import "C"

func V() int { return int(C.r_value()) }
`;
const RS = workspacePath('rs');
const LINK: CgoLink = {
  crate: RS,
  span: { file: FILE, line: 5, column: 1 },
  words: ['${SRCDIR}/../target/debug/libr.a'],
};
const OVERLAID = { file: FILE, text: TEXT, links: [LINK] };
const library = (digest: string): LinkedLibrary => ({
  crate: RS,
  path: workspacePath('dist/rs/libr.a'),
  digest,
});

it('drops the library and its search path from the line, and nothing else', () => {
  const rewritten = rewriteCgoFile(OVERLAID, []);
  expect(parseGoFileHeader(FILE, rewritten).value?.cgo.map(({ words }) => words)).toEqual([
    ['-I${SRCDIR}/../rs/include'],
    ['-lm', '-ldl'],
  ]);
});

it.each([
  ['-l r -l m', ['-l', 'r'], ['-l', 'm']],
  ['"-lr" \'-L${SRCDIR}/a b\' -lm', ['-lr'], ['-L${SRCDIR}/a b', '-lm']],
  ['"${SRCDIR}/my build/libr.a" -lm', ['${SRCDIR}/my build/libr.a'], ['-lm']],
  ['-Wl,-Bstatic,-lr,-Bdynamic -DQ=\\"x\\"', ['-Wl,-Bstatic,-lr,-Bdynamic'], ['-DQ="x"']],
])('drops the words of %s as cgo splits them, and keeps the others as they are', (flags, words, kept) => {
  const text = `package g\n\n// #cgo linux LDFLAGS: ${flags}\nimport "C"\n`;
  const link: CgoLink = { crate: RS, span: { file: FILE, line: 3, column: 4 }, words };
  const rewritten = rewriteCgoFile({ file: FILE, text, links: [link] }, []);
  expect(parseGoFileHeader(FILE, rewritten).value?.cgo.map((directive) => directive.words)).toEqual([kept]);
});

it('moves no line, so that positions in messages stay true', () => {
  const lines = rewriteCgoFile(OVERLAID, [library('d')]).split('\n');
  expect(lines.indexOf('func V() int { return int(C.r_value()) }')).toBe(TEXT.split('\n').indexOf(lines[9] ?? ''));
});

it('carries the digest of the library, and is the same for the same digest', () => {
  const first = rewriteCgoFile(OVERLAID, [library('aa')]);
  expect(first).toContain('dist/rs/libr.a@sha256:aa');
  expect(rewriteCgoFile(OVERLAID, [library('aa')])).toBe(first);
  expect(rewriteCgoFile(OVERLAID, [library('bb')])).not.toBe(first);
});

it('carries a digest of headers in other folders as well, also where no crate is linked', () => {
  const headers = (digest: string): string =>
    rewriteCgoFile({ file: FILE, text: TEXT, links: [], headers: digest }, []);
  expect(headers('one')).toContain(TEXT);
  expect(headers('one')).toContain('headers@sha256:one');
  expect(headers('one')).not.toBe(headers('two'));
});

it('knows the libraries that belong behind those of the crates, on any line that the build takes', () => {
  const text = TEXT.replace(
    '#include',
    '#cgo !windows LDFLAGS: -lpthread -O2\n#cgo windows LDFLAGS: -lws2_32\n#include',
  );
  const header = parseGoFileHeader(FILE, text).value;
  const context = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set<string>() };
  expect(header && companionFlags(header, context, [LINK])).toEqual(['-lm', '-ldl', '-lpthread']);
  const twoWords = parseGoFileHeader(FILE, 'package g\n\n// #cgo LDFLAGS: -l r -l m\nimport "C"\n').value;
  const link: CgoLink = { ...LINK, words: ['-l', 'r'] };
  expect(twoWords && companionFlags(twoWords, context, [link])).toEqual(['-l', 'm']);
});
