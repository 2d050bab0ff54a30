import { C_EXTENSIONS } from '#go';
import { workspacePath, type WorkspacePath } from '#paths';
import { MemoryContentStore, MemoryFileSystem } from '#testing';
import type { ListedFile } from '#workspace';
import { FactCache } from './fact-cache.js';
import { readFacts, sayTheSame } from './read-facts.js';

const list = (texts: object): ListedFile[] => Object.keys(texts).map((path) => ({ path: workspacePath(path) }));

const FILES = {
  'a/Cargo.toml': '[package]\nname = "a"\n',
  'a/Cargo.lock': 'version = 4\n\n[[package]]\nname = "a"\nversion = "0.0.0"\n',
  'b/go.mod': 'module example.com/b\n',
  'b/b.go': 'package b\n',
  'b/project.json': '{"name": "pinned"}',
};

it('reads what every kind of file says', () => {
  const facts = readFacts(list(FILES), new MemoryFileSystem(FILES), new FactCache(new MemoryContentStore(), '1.0.0'));
  expect(facts.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['a']);
  expect(facts.goMods.map((mod) => mod.module)).toEqual(['example.com/b']);
  expect(facts.goFiles.map((file) => file.package)).toEqual(['b']);
  expect([...facts.cargoLocks].map(([root, lock]) => [root, lock.packages[0]?.name])).toEqual([['a', 'a']]);
  expect([...facts.pinnedNames]).toEqual([['b', 'pinned']]);
});

it('takes records of unchanged files from an earlier process, and parses a changed one again', () => {
  const store = new MemoryContentStore();
  const files = new MemoryFileSystem(FILES);
  readFacts(list(FILES), files, new FactCache(store, '1.0.0'));
  store.text = store.text?.replace('"name":"a"', '"name":"remembered"');
  const again = readFacts(list(FILES), files, new FactCache(store, '1.0.0'));
  expect(again.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['remembered']);
  files.texts.set('a/Cargo.toml', '[package]\nname = "edited"\n');
  const edited = readFacts(list(FILES), files, new FactCache(store, '1.0.0'));
  expect(edited.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['edited']);
});

it('parses all again after another version of the package', () => {
  const store = new MemoryContentStore();
  const files = new MemoryFileSystem(FILES);
  readFacts(list(FILES), files, new FactCache(store, '1.0.0'));
  store.text = store.text?.replace('"name":"a"', '"name":"remembered"');
  const again = readFacts(list(FILES), files, new FactCache(store, '1.0.1'));
  expect(again.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['a']);
});

it('writes its records only when something changed, and forgets files that are gone', () => {
  const store = new MemoryContentStore();
  const cache = new FactCache(store, '1.0.0');
  const files = new MemoryFileSystem(FILES);
  readFacts(list(FILES), files, cache);
  readFacts(list(FILES), files, cache);
  expect(store.writes).toBe(1);
  readFacts(list({ 'a/Cargo.toml': '' }), files, cache);
  expect(store.text).not.toContain('b/go.mod');
});

it.each(['', '{', '{"version": 0, "records": 5}', 'null'])('starts anew from a store that holds %j', (text) => {
  const store = new MemoryContentStore();
  store.text = text;
  const facts = readFacts(list({ 'a/Cargo.toml': '' }), new MemoryFileSystem(FILES), new FactCache(store, '1.0.0'));
  expect(facts.cargoManifests).toHaveLength(1);
});

it('keeps the rest when one file is broken, and says where', () => {
  const texts = { ...FILES, 'c/Cargo.toml': '[package\nname = "c"\n' };
  const facts = readFacts(list(texts), new MemoryFileSystem(texts), new FactCache(new MemoryContentStore(), '1.0.0'));
  expect(facts.cargoManifests).toHaveLength(1);
  expect(facts.diagnostics.map(({ severity, span }) => [severity, span?.file, span?.line])).toEqual([
    ['error', 'c/Cargo.toml', 1],
  ]);
});

describe('a file whose hash is known', () => {
  const hashed = list(FILES).map(({ path }) => ({ path, hash: '1' }));

  it('is not even read again while that stays the same', () => {
    const store = new MemoryContentStore();
    readFacts(hashed, new MemoryFileSystem(FILES), new FactCache(store, '1.0.0'));
    const unreadable = { readText: () => fail('a file was read'), readLink: () => undefined };
    const facts = readFacts(hashed, unreadable, new FactCache(store, '1.0.0'));
    expect(facts.goFiles.map((file) => file.package)).toEqual(['b']);
  });

  it('is read once when it changes, and the others are not', () => {
    const cache = new FactCache(new MemoryContentStore(), '1.0.0');
    readFacts(hashed, new MemoryFileSystem(FILES), cache);
    const read: string[] = [];
    const files = new MemoryFileSystem(FILES);
    const watched = {
      readText: (path: WorkspacePath) => (read.push(path), files.readText(path)),
      readLink: () => undefined,
    };
    readFacts([...hashed.slice(1), { path: workspacePath('a/Cargo.toml'), hash: '2' }], watched, cache);
    expect(read).toEqual(['a/Cargo.toml']);
  });
});

describe('a file that is a symbolic link', () => {
  const hashed = (common: string): ListedFile[] => [
    { path: workspacePath('b/link.go'), hash: 'never changes' },
    { path: workspacePath('common.go'), hash: common },
  ];
  const packagesIn = (text: string, hash: string, store: MemoryContentStore): string[] => {
    const files = new MemoryFileSystem({ 'common.go': text }, { 'b/link.go': 'common.go' });
    const facts = readFacts(hashed(hash), files, new FactCache(store, '1.0.0'));
    expect([...facts.fileLinks]).toEqual([['b/link.go', 'common.go']]);
    return facts.goFiles.map((file) => file.package);
  };

  it('says what the file says to which it leads, also after that has changed', () => {
    const store = new MemoryContentStore();
    expect(packagesIn('package one\n', '1', store)).toEqual(['one', 'one']);
    expect(packagesIn('package two\n', '2', store)).toEqual(['two', 'two']);
  });

  it('counts as a file where it leads to none that is listed', () => {
    const files = new MemoryFileSystem({ 'ignored.go': 'package x\n' }, { 'b/link.go': 'ignored.go' });
    const facts = readFacts(hashed('1'), files, new FactCache(new MemoryContentStore(), '1.0.0'));
    expect([facts.fileLinks.size, facts.goFiles.map((file) => file.file)]).toEqual([0, ['b/link.go']]);
  });
});

it.each(C_EXTENSIONS)('reads what a .%s file includes', (extension) => {
  const texts = { 'go.mod': 'module example.com/a\n', [`a.${extension}`]: '#include "b/c.h"\n' };
  const facts = readFacts(list(texts), new MemoryFileSystem(texts), new FactCache(new MemoryContentStore(), ''));
  expect(facts.cSources).toEqual([{ file: `a.${extension}`, takesIn: ['b/c.h'] }]);
});

function fail(message: string): never {
  throw new Error(message);
}

describe('a file that was edited', () => {
  const at = (path: string, hash: string): ListedFile => ({ path: workspacePath(path), hash });
  const before = { 'a/go.mod': 'module example.com/a\n', 'a/a.go': 'package a\n\nfunc F() {}\n' };
  const known = (links: Record<string, string> = {}): FactCache => {
    const cache = new FactCache(new MemoryContentStore(), '');
    const listed = [...Object.keys(before), ...Object.keys(links)].map((path) => at(path, '1'));
    readFacts(listed, new MemoryFileSystem(before, links), cache);
    return cache;
  };
  const says = (text: string, cache = known()): boolean =>
    sayTheSame([at('a/a.go', '2')], new MemoryFileSystem({ ...before, 'a/a.go': text }), cache);

  it('says the same while only what a function does has changed', () => {
    expect(says('package a\n\nfunc F() { panic(1) }\n')).toBe(true);
  });

  it('says something else with another import, and when it is gone', () => {
    expect(says('package a\n\nimport "os"\n\nfunc F() { os.Exit(1) }\n')).toBe(false);
    expect(sayTheSame([at('a/a.go', '2')], new MemoryFileSystem({}), known())).toBe(false);
  });

  it('is not taken for known where it was never read, is no source, or a link is among the files', () => {
    expect(sayTheSame([at('a/b.go', '2')], new MemoryFileSystem({ 'a/b.go': 'package a\n' }), known())).toBe(false);
    expect(sayTheSame([at('grout.lock.json', '2')], new MemoryFileSystem(before), known())).toBe(false);
    expect(says('package a\n\nfunc F() {}\n', known({ 'a/link.go': 'a/a.go' }))).toBe(false);
  });
});
