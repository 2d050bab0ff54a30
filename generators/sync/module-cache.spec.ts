import { MemoryFileSystem } from '#testing';
import { ModuleCache } from './module-cache.js';

/** @param files of the cache by path, go.mod files by what comes after cache/download/ */
function read(
  keys: readonly string[],
  mods: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) {
  const downloads = Object.entries(mods).map(([path, text]) => [`cache/download/${path}`, text]);
  const cache = new ModuleCache(new MemoryFileSystem({ ...files, ...(Object.fromEntries(downloads) as typeof mods) }));
  return Object.fromEntries(cache.readRequirements(keys));
}

const KEY = 'm.org/Old@v1.0.0';
const MOD = 'm.org/!old/@v/v1.0.0.mod';
const SOURCES = 'm.org/!old@v1.0.0';

describe('the module cache', () => {
  it('tells what modules require, indirectly too', () => {
    const found = read(
      ['github.com/BurntSushi/toml@v1.3.2-RC1', 'golang.org/x/text@v0.14.0', 'golang.org/x/absent@v1.0.0'],
      {
        'github.com/!burnt!sushi/toml/@v/v1.3.2-!r!c1.mod': 'module github.com/BurntSushi/toml\n\ngo 1.18\n',
        'golang.org/x/text/@v/v0.14.0.mod':
          'module golang.org/x/text\n\ngo 1.18\n\nrequire golang.org/x/tools v0.6.0\nrequire golang.org/x/mod v0.8.0 // indirect\n',
      },
    );
    expect(found).toEqual({
      'github.com/BurntSushi/toml@v1.3.2-RC1': [],
      'golang.org/x/text@v0.14.0': ['golang.org/x/mod', 'golang.org/x/tools'],
    });
  });

  it.each([
    ['is older than Go 1.17 and may lack what its packages need', 'module m\n\ngo 1.16\n\nrequire x.org/y v1.0.0\n'],
    ['cannot be read in full', 'module m\n\ngo 1.20\n\nrequire (\n\tx.org/y\n)\n'],
    ['is broken', '<<<<<<< HEAD\n'],
    ['is old and without sources to look at', 'module m\n'],
  ])('does not know by a go.mod that %s', (_, text) => {
    expect(read([KEY], { [MOD]: text })).toEqual({});
  });

  it.each([
    [
      'nothing but itself and the standard library',
      { 'a.go': 'package old\n\nimport (\n\t"C"\n\t"fmt"\n\t"m.org/Old/b"\n)\n' },
    ],
    ['others in its tests', { 'a.go': 'package old\n', 'a_test.go': 'package old\n\nimport "x.org/y"\n' }],
    ['others in programs', { 'a.go': 'package old\n', 'cmd/x/main.go': 'package main\n\nimport "x.org/y"\n' }],
    [
      'others in files that no build takes',
      { 'a.go': 'package old\n', 'gen.go': '//go:build ignore\n\npackage old\n\nimport "x.org/y"\n' },
    ],
    ['others in testdata', { 'a.go': 'package old\n', 'testdata/x.go': 'package x\n\nimport "x.org/y"\n' }],
  ])('knows that a module without a go.mod of use needs nobody where it imports %s', (_, files) => {
    expect(read([KEY], { [MOD]: 'module m.org/Old\n' }, inSources(files))).toEqual({ [KEY]: [] });
  });

  it.each([
    ['another module', { 'a.go': 'package old\n\nimport "m.org/Older"\n' }],
    ['another module, on one platform', { 'b/a_windows.go': 'package b\n\nimport "x.org/y"\n' }],
    ['what cannot be read', { 'a.go': 'no package\n' }],
  ])('does not know where it imports %s', (_, files) => {
    expect(read([KEY], { [MOD]: 'module m.org/Old\n' }, inSources(files))).toEqual({});
  });

  it('is not left for a module path that no registry would give', () => {
    const files = { 'secret/@v/v1.0.0.mod': 'module m\n\ngo 1.20\n' };
    expect(read(['../../secret@v1.0.0', 'a/../../../secret@v1.0.0'], {}, files)).toEqual({});
  });
});

function inSources(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${SOURCES}/${path}`, text]));
}
