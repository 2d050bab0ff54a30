import { parseGoFileHeader, type GoFileHeader } from './index.js';

const FILE = 'libs/pricing/go/pricing.go';

function header(text: string, file = FILE): GoFileHeader {
  const { value, diagnostics } = parseGoFileHeader(file, text);
  if (value === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return value;
}

function summary(text: string): string[] {
  return parseGoFileHeader(FILE, text).diagnostics.map(
    ({ code, span, message }) => `${code} ${span?.line ?? 0}:${span?.column ?? 0} ${message}`,
  );
}

const FLAGS = (text: string): string[] => header(text).cgo.map(({ verb, words }) => `${verb} ${words.join('|')}`);

describe('imports', () => {
  it('reads single imports, groups, names, comments and raw strings', () => {
    const { imports, package: name } = header(`\uFEFF// Package pricing. import "no"
/* import "neither" */
package pricing // import "example.com/canonical"

import "fmt"; import m "math"
import (
	"os" // trailing
	. "strings"
	_ "example.com/shop/driver"
	\`raw/path\`
	é "unicode/\\x61"; /* import ( */ "a"
)
import ()

const x = \`
import "not/this"
\`
import "nor/this"
`);
    expect(name).toBe('pricing');
    expect(imports.map(({ path, span }) => `${path} ${span.line}:${span.column}`)).toEqual([
      'fmt 5:8',
      'math 5:24',
      'os 7:2',
      'strings 8:4',
      'example.com/shop/driver 9:4',
      'raw/path 10:2',
      'unicode/a 11:4',
      'a 11:35',
    ]);
    expect(imports[0]?.span).toEqual({ file: FILE, line: 5, column: 8, endColumn: 13 });
  });

  it.each([
    ['x_test.go', true],
    ['test.go', false],
  ])('tells a test file by its name: %s', (file, isTest) => {
    expect(header('package x', file).isTest).toBe(isTest);
  });

  it.each([
    ['', 'go/broken-source 1:1 the package clause is missing'],
    ['// only a comment\n', 'go/broken-source 2:1 the package clause is missing'],
    ['packages x', 'go/broken-source 1:1 the package clause is missing'],
    ['package "x"', 'go/broken-source 1:9 the package has no name'],
    ['/* open', 'go/broken-source 1:1 the package clause is missing'],
  ])('gives nothing for %j', (text, wanted) => {
    expect(parseGoFileHeader(FILE, text).value).toBeUndefined();
    expect(summary(text)).toEqual([wanted]);
  });

  it.each([
    ['import fmt', 'go/broken-source 3:1 an import path is missing'],
    ['import "fmt', 'go/broken-source 2:8 the string is not closed'],
    ['import (\n"a"\n', 'go/broken-source 4:1 an import path is missing'],
    ['import "\\q"', 'go/broken-source 2:8 an import path is missing'],
    ['import "a"\n/* open', 'go/broken-source 3:1 the comment is not closed'],
  ])('reports %j and keeps the package', (line, wanted) => {
    const text = `package x\n${line}\n`.replace(/\n+$/, '\n');
    expect(summary(text)).toEqual([wanted]);
    expect(parseGoFileHeader(FILE, text).value?.package).toBe('x');
  });
});

describe('the preamble of import "C"', () => {
  it('is the block comment right before', () => {
    const parsed = header(`package pricing

/*
#cgo CFLAGS: -I\${SRCDIR}/../include -DNAME="a b"
  #cgo linux,amd64 darwin LDFLAGS: -L../../target/debug -lpricing -ldl
#cgo noescape grout_pricing_quote
// #cgo LDFLAGS: -lcommented
#cgo pkg-config: pricing
#include <stdint.h>
#include "pricing.h"
// #include "commented.h"
*/
import "C"

import "unsafe"
`);
    expect(parsed.importsC).toBe(true);
    expect(parsed.cgo).toEqual([
      {
        verb: 'CFLAGS',
        constraints: [],
        words: ['-I${SRCDIR}/../include', '-DNAME=a b'],
        span: { file: FILE, line: 4, column: 1, endColumn: 49 },
      },
      {
        verb: 'LDFLAGS',
        constraints: ['linux,amd64', 'darwin'],
        words: ['-L../../target/debug', '-lpricing', '-ldl'],
        span: { file: FILE, line: 5, column: 3, endColumn: 71 },
      },
      {
        verb: 'noescape',
        constraints: [],
        words: ['grout_pricing_quote'],
        span: { file: FILE, line: 6, column: 1, endColumn: 34 },
      },
      {
        verb: 'pkg-config',
        constraints: [],
        words: ['pricing'],
        span: { file: FILE, line: 8, column: 1, endColumn: 25 },
      },
    ]);
    expect(parsed.cIncludes).toEqual([
      { path: 'pricing.h', span: { file: FILE, line: 10, column: 10, endColumn: 21 } },
    ]);
  });

  it('is also a group of line comments', () => {
    const parsed = header(
      'package x\n\n// #cgo LDFLAGS: -la\n//#cgo LDFLAGS: -lb\n// // #cgo LDFLAGS: -lc\n//\n// #include "x.h"\nimport "C"\n',
    );
    expect(parsed.cgo.map(({ words, span }) => [...words, span.line, span.column])).toEqual([
      ['-la', 3, 4],
      ['-lb', 4, 3],
    ]);
    expect(parsed.cIncludes[0]?.span).toMatchObject({ line: 7, column: 13 });
  });

  it.each([
    ['a blank line detaches it', '// #cgo LDFLAGS: -la\n\nimport "C"', []],
    ['only the last group counts', '// #cgo LDFLAGS: -la\n\n// #cgo LDFLAGS: -lb\nimport "C"', ['LDFLAGS -lb']],
    ['it must end on the line before', '/* #cgo LDFLAGS: -la */ import "C"', []],
    ['a trailing comment of the line before is none', 'import "a" // #cgo LDFLAGS: -la\nimport "C"', []],
    ['a comment after a trailing one is', 'import "a" // x\n// #cgo LDFLAGS: -la\nimport "C"', ['LDFLAGS -la']],
    ['in a group, on the spec', 'import (\n\t"fmt"\n\t// #cgo LDFLAGS: -la\n\t"C"\n)', ['LDFLAGS -la']],
    ['on a group of one', '// #cgo LDFLAGS: -la\nimport (\n\t"C"\n)', ['LDFLAGS -la']],
    ['not on a group of several', '// #cgo LDFLAGS: -la\nimport (\n\t"C"\n\t"fmt"\n)', []],
    ['each of two', '// #cgo CFLAGS: -a\nimport "C"\n// #cgo CFLAGS: -b\nimport "C"', ['CFLAGS -a', 'CFLAGS -b']],
    ['not of another import', '// #cgo LDFLAGS: -la\nimport "fmt"\nimport "C"', []],
    ['not in a string', 'import "C"\nconst x = `\n#cgo LDFLAGS: -la\n`', []],
    ['not in a comment of the body', 'import "C"\n\n// #cgo LDFLAGS: -la\nfunc f() {}', []],
    ['with CRLF', '/*\r\n#cgo LDFLAGS: -la\r\n*/\r\nimport "C"\r\n', ['LDFLAGS -la']],
  ])('%s', (_lesson, text, wanted) => {
    expect(FLAGS(`package x\n\n${text}\n`)).toEqual(wanted);
  });

  it('takes no include out of a C comment', () => {
    const lines = [
      '/* #include "a.h"',
      '#include "b.h"',
      '*/ #include "c.h"',
      '# include "d.h" // x',
      'char *s = "/*";',
      '#include "e.h"',
    ];
    const preamble = lines.map((line) => `// ${line}`).join('\n');
    expect(header(`package x\n\n${preamble}\nimport "C"\n`).cIncludes.map(({ path }) => path)).toEqual([
      'c.h',
      'd.h',
      'e.h',
    ]);
  });

  it.each([
    ['#cgo LDFLAGS -la', 'go/bad-cgo 3:4 bad #cgo line: it has no colon'],
    ['#cgo : -la', 'go/bad-cgo 3:4 bad #cgo line: it has no verb'],
    ['#cgo LDFLAG: -la', 'go/bad-cgo 3:4 bad #cgo line: unknown verb LDFLAG'],
    ['#cgo LDFLAGS: "-la', 'go/bad-cgo 3:4 bad #cgo line: a " is not closed'],
    ['#cgo LDFLAGS: -la\\', 'go/bad-cgo 3:4 bad #cgo line: nothing follows the last backslash'],
  ])('reports %j and keeps the other lines', (line, wanted) => {
    const text = `package x\n\n// ${line}\n// #cgo CFLAGS: -O2\nimport "C"\n`;
    expect(summary(text)).toEqual([wanted]);
    expect(parseGoFileHeader(FILE, text).value?.cgo.map(({ verb }) => verb)).toEqual(['CFLAGS']);
  });
});

describe('build constraints of a file', () => {
  it('is the //go:build line before the package clause', () => {
    const parsed = header(
      '// Copyright\n\n//go:build cgo && !grout_mock\n// +build ignored\n\npackage x\n\n//go:build late\n',
    );
    expect(parsed.constraint).toEqual({
      op: 'and',
      left: { op: 'tag', tag: 'cgo' },
      right: { op: 'not', operand: { op: 'tag', tag: 'grout_mock' } },
    });
    expect(parsed.constraintSpan).toEqual({ file: FILE, line: 3, column: 1, endColumn: 30 });
  });

  it.each([
    ['needs a blank line after', '// +build a\npackage x', undefined],
    [
      'joins lines',
      '// +build a\n//+build b\n\npackage x',
      { op: 'and', left: { op: 'tag', tag: 'a' }, right: { op: 'tag', tag: 'b' } },
    ],
    ['ends at code', 'package x\n\n// +build a\n\n', undefined],
    ['is not read in block comments', '/*\n// +build a\n\n//go:build a\n*/\n\npackage x', undefined],
  ])('// +build %s', (_lesson, text, wanted) => {
    expect(header(text).constraint).toEqual(wanted);
  });

  it('takes a //go:build after a block comment', () => {
    expect(header('/* licence */\n//go:build a\n\npackage x').constraint).toEqual({ op: 'tag', tag: 'a' });
  });

  it.each([
    ['//go:build a b', 'go/bad-constraint 1:14 bad build constraint: unexpected b'],
    ['//go:build', 'go/bad-constraint 1:11 bad build constraint: unexpected end of expression'],
    ['//go:build a\n//go:build b', 'go/bad-constraint 2:1 bad build constraint: a second //go:build line'],
  ])('reports %j and keeps the file', (line, wanted) => {
    expect(summary(`${line}\n\npackage x\n`)).toEqual([wanted]);
    expect(parseGoFileHeader(FILE, `${line}\n\npackage x\n`).value?.package).toBe('x');
  });

  it.each([
    ['x_linux.go', { goos: 'linux' }],
    ['x_linux_arm64_test.go', { goos: 'linux', goarch: 'arm64' }],
    ['a/b_windows/x_amd64.go', { goarch: 'amd64' }],
    ['x_linux.pb.go', { goos: 'linux' }],
    ['linux.go', {}],
    ['linux_amd64.go', { goarch: 'amd64' }],
    ['x_unix.go', {}],
    ['x_arm64_linux.go', { goos: 'linux' }],
    ['linux_test.go', {}],
  ])('reads the demands of the name %s', (file, wanted) => {
    expect(header('package x', file).fileNameConstraint).toEqual(wanted);
  });
});

describe('directives anywhere in the file', () => {
  it('reads embeds of real comments only', () => {
    const { embeds } = header(`package x
import _ "embed"
//go:embed a.txt "with space" \`raw\`
var a string
	//go:embed dist/*
var s = "//go:embed no" + \`
//go:embed no
\` + string('"') + string('\\'')
/*
//go:embed no
*/
//go:embedded no
//go:embed "open
//go:embed "glued"no
var b = 4 / 2 //go:embed last
`);
    expect(embeds.map(({ pattern }) => pattern)).toEqual(['a.txt', 'with space', 'raw', 'dist/*', 'last']);
    const places = embeds.map(({ span }) => [span.line, span.column, span.endColumn]);
    expect(places).toEqual([
      [3, 12, 17],
      [3, 18, 30],
      [3, 31, 36],
      [5, 13, 19],
      [15, 26, 30],
    ]);
  });

  it('reads no embeds without the import', () => {
    expect(header('package x\n//go:embed a\nvar a string\n').embeds).toEqual([]);
  });

  it('reads generate lines as go generate does', () => {
    const { generates } = header(
      'package x\n\n//go:generate cargo run --bin gen\n\t//go:generate indented\n// //go:generate no\nvar a = `\n//go:generate\tin-a-string x  \r\n`\n//go:generated no\n//go:generate \n',
    );
    expect(generates).toEqual([
      { command: 'cargo run --bin gen', span: { file: FILE, line: 3, column: 1, endColumn: 34 } },
      { command: 'in-a-string x', span: { file: FILE, line: 7, column: 1, endColumn: 28 } },
    ]);
  });
});
