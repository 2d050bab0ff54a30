import { parseGoMod, parseGoWork } from './index.js';

const FILE = 'services/api/go.mod';

function summary(text: string): string[] {
  return parseGoMod(FILE, text).diagnostics.map(
    ({ code, severity, span, message }) =>
      `${severity} ${code} ${span?.line ?? 0}:${span?.column ?? 0}-${span?.endColumn ?? ''} ${message}`,
  );
}

describe('parseGoMod', () => {
  it('reads a go.mod with blocks, single lines and comments', () => {
    const text = `// Deprecated: use v2
module example.com/shop/api // the API

go 1.26.0
toolchain go1.26.3

require (
	example.com/shop/pricing v0.0.0
	// a comment line
	github.com/x/y/v2 v2.1.0 // indirect
	"github.com/quoted" v1.0.0 // indirect; see y
	github.com/z v0.0.0-20260101000000-abcdefabcdef // not indirect
)
require golang.org/x/sync v0.11.0

replace example.com/shop/pricing => ../../libs/pricing/go
replace (
	github.com/z v1.0.0 => github.com/fork/z v1.2.0
	github.com/q => "./with space"
)
exclude github.com/x/y/v2 v2.0.0
retract [v1.0.0, v1.1.0] // oops
tool (
	golang.org/x/tools/cmd/stringer
)
godebug default=go1.25
ignore ./node_modules
exclude ()
`;
    const { value, diagnostics } = parseGoMod(FILE, text);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      file: FILE,
      module: 'example.com/shop/api',
      moduleSpan: { file: FILE, line: 2, column: 8, endColumn: 28 },
      go: { version: '1.26.0', span: { line: 4, column: 1, endColumn: 10 } },
      toolchain: { name: 'go1.26.3', span: { line: 5 } },
    });
    expect(value?.require.map(({ path, version, indirect, span }) => [path, version, indirect, span.line])).toEqual([
      ['example.com/shop/pricing', 'v0.0.0', false, 8],
      ['github.com/x/y/v2', 'v2.1.0', true, 10],
      ['github.com/quoted', 'v1.0.0', true, 11],
      ['github.com/z', 'v0.0.0-20260101000000-abcdefabcdef', false, 12],
      ['golang.org/x/sync', 'v0.11.0', false, 14],
    ]);
    expect(value?.replace).toEqual([
      {
        path: 'example.com/shop/pricing',
        with: '../../libs/pricing/go',
        span: { file: FILE, line: 16, column: 1, endColumn: 58 },
      },
      {
        path: 'github.com/z',
        version: 'v1.0.0',
        with: 'github.com/fork/z',
        withVersion: 'v1.2.0',
        span: { file: FILE, line: 18, column: 2, endColumn: 49 },
      },
      { path: 'github.com/q', with: './with space', span: { file: FILE, line: 19, column: 2, endColumn: 32 } },
    ]);
    expect(value?.exclude).toEqual([{ path: 'github.com/x/y/v2', version: 'v2.0.0' }]);
    expect(value?.godebug).toEqual(['default=go1.25']);
  });

  it.each([
    'module example.com/a\r\n\r\ngo 1.26\r\n',
    'module (\n\t"example.com/a"\n)\ngo 1.26',
    'module `example.com/a`\ngo 1.26',
  ])('reads %j', (text) => {
    const { value, diagnostics } = parseGoMod(FILE, text);
    expect(diagnostics).toEqual([]);
    expect([value?.module, value?.go?.version]).toEqual(['example.com/a', '1.26']);
  });

  it.each([
    ['go 1', "error go/bad-directive 2:1-5 invalid go version '1'"],
    ['go 1.26 1.27', 'error go/bad-directive 2:1-13 `go` takes exactly one argument'],
    ['go 1.26\ngo 1.26', 'error go/bad-directive 3:1-8 repeated go statement'],
    ['toolchain 1.26', "error go/bad-directive 2:1-15 invalid toolchain '1.26'"],
    ['toolchain go1.26.1\ntoolchain default', 'error go/bad-directive 3:1-18 repeated toolchain statement'],
    ['module b', 'error go/bad-directive 2:1-9 repeated module statement'],
    ['require x', 'error go/bad-directive 2:1-10 malformed require'],
    ['require (\n\tx v1 v2\n)', 'error go/bad-directive 3:2-9 malformed require'],
    ['exclude x', 'error go/bad-directive 2:1-10 malformed exclude'],
    ['godebug a=b c=d', 'error go/bad-directive 2:1-16 `godebug` takes exactly one argument'],
    ['replace x ../y', 'error go/bad-directive 2:1-15 malformed replace'],
    ['replace x =>', 'error go/bad-directive 2:1-13 malformed replace'],
    ['replace x => y', 'error go/bad-directive 2:1-15 y has no version'],
    ['replace x => ./y v1.0.0', 'error go/bad-directive 2:1-24 the folder ./y cannot have a version'],
    ['requires x v1', 'warning go/unknown-directive 2:1-9 unknown directive `requires`'],
    ['constructor x', 'warning go/unknown-directive 2:1-12 unknown directive `constructor`'],
    ['require (\n\tx v1\n', 'error go/mod-syntax 2:1-8 the block `require (` is not closed'],
    ['require "x v1', 'error go/mod-syntax 2:9-14 the quoted string is not closed or has a bad escape'],
    ['require "\\q" v1', 'error go/mod-syntax 2:9-13 the quoted string is not closed or has a bad escape'],
    ['/* no */', 'error go/mod-syntax 2:1-2 /* */ comments are not allowed here'],
    ['go\u00a01.26', 'error go/mod-syntax 2:3-4 unexpected character U+00A0'],
  ])('reports %j', (line, wanted) => {
    expect(summary(`module a\n${line}\n`)).toEqual([wanted]);
    expect(parseGoMod(FILE, `module a\n${line}\n`).value?.module).toBe('a');
  });

  it('warns of an unknown directive once', () => {
    expect(summary('module a\nfoo x\nfoo y\nfoo (\n\tz\n)\n')).toHaveLength(1);
  });

  it('suggests the directive that was meant', () => {
    expect(parseGoMod(FILE, 'module a\nrequires x v1\n').diagnostics[0]?.help).toContain('did you mean `require`?');
  });

  it.each([
    ['go 1.26\n', 'error go/missing-module 1:1- services/api/go.mod has no module statement'],
    ['', 'error go/missing-module 1:1- services/api/go.mod has no module statement'],
    ['module\n', 'error go/bad-directive 1:1-7 `module` takes exactly one argument'],
    [
      'module a\n<<<<<<< HEAD\ngo 1.26\n=======\n',
      'error go/merge-conflict 2:1-8 services/api/go.mod has an unresolved merge conflict',
    ],
  ])('gives nothing for %j, and says why', (text, wanted) => {
    expect(parseGoMod(FILE, text).value).toBeUndefined();
    expect(summary(text)).toEqual([wanted]);
  });

  it('says the first things that are wrong with a file of another kind, not one per line', () => {
    const { value, diagnostics } = parseGoMod(FILE, `module example.com/a\n${'require x\n'.repeat(200_000)}`);
    expect(value?.module).toBe('example.com/a');
    expect(diagnostics).toHaveLength(10);
    expect(diagnostics[0]?.span).toMatchObject({ line: 2 });
  });
});

describe('parseGoWork', () => {
  it('reads used folders and replacements', () => {
    const text = `go 1.26

toolchain go1.26.1

use ./apps/shop
use (
	./libs/pricing/go // bridge
	"./with space"
)
replace example.com/x => ./x
godebug default=go1.25
`;
    const { value, diagnostics } = parseGoWork('go.work', text);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({ file: 'go.work', go: { version: '1.26' }, toolchain: { name: 'go1.26.1' } });
    expect(value.use).toEqual([
      { path: './apps/shop', span: { file: 'go.work', line: 5, column: 1, endColumn: 16 } },
      { path: './libs/pricing/go', span: { file: 'go.work', line: 7, column: 2, endColumn: 19 } },
      { path: './with space', span: { file: 'go.work', line: 8, column: 2, endColumn: 16 } },
    ]);
    expect(value.replace.map(({ path, with: target }) => [path, target])).toEqual([['example.com/x', './x']]);
    expect(value.godebug).toEqual(['default=go1.25']);
  });

  it.each([
    ['go 1.26\nuse\n', 'go/bad-directive', 2],
    ['go 1.26\nrequire x v1\n', 'go/unknown-directive', 2],
    ['<<<<<<< HEAD\nuse ./a\n', 'go/merge-conflict', 1],
  ])('reports %j', (text, code, line) => {
    const { value, diagnostics } = parseGoWork('go.work', text);
    expect(diagnostics).toMatchObject([{ code, span: { file: 'go.work', line } }]);
    expect(value.use).toEqual([]);
  });
});
