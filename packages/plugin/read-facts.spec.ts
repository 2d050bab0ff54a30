import { MemoryFileSystem } from '#testing';
import { FactCache } from './fact-cache.js';
import { readFacts } from './read-facts.js';

class MemoryStore {
  text: string | undefined;
  writes = 0;
  read(): string | undefined {
    return this.text;
  }
  write(text: string): void {
    this.text = text;
    this.writes++;
  }
}

const FILES = {
  'a/Cargo.toml': '[package]\nname = "a"\n',
  'a/Cargo.lock': 'version = 4\n\n[[package]]\nname = "a"\nversion = "0.0.0"\n',
  'b/go.mod': 'module example.com/b\n',
  'b/b.go': 'package b\n',
  'b/project.json': '{"name": "pinned"}',
};

it('reads what every kind of file says', () => {
  const facts = readFacts(Object.keys(FILES), new MemoryFileSystem(FILES), new FactCache(new MemoryStore(), '1.0.0'));
  expect(facts.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['a']);
  expect(facts.goMods.map((mod) => mod.module)).toEqual(['example.com/b']);
  expect(facts.goFiles.map((file) => file.package)).toEqual(['b']);
  expect([...(facts.cargoLocks ?? [])].map(([root, lock]) => [root, lock.packages[0]?.name])).toEqual([['a', 'a']]);
  expect([...facts.pinnedNames]).toEqual([['b', 'pinned']]);
});

it('takes records of unchanged files from an earlier process, and parses a changed one again', () => {
  const store = new MemoryStore();
  const files = new MemoryFileSystem(FILES);
  readFacts(Object.keys(FILES), files, new FactCache(store, '1.0.0'));
  store.text = store.text?.replace('"name":"a"', '"name":"remembered"');
  const again = readFacts(Object.keys(FILES), files, new FactCache(store, '1.0.0'));
  expect(again.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['remembered']);
  files.texts.set('a/Cargo.toml', '[package]\nname = "edited"\n');
  const edited = readFacts(Object.keys(FILES), files, new FactCache(store, '1.0.0'));
  expect(edited.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['edited']);
});

it('parses all again after another version of the package', () => {
  const store = new MemoryStore();
  const files = new MemoryFileSystem(FILES);
  readFacts(Object.keys(FILES), files, new FactCache(store, '1.0.0'));
  store.text = store.text?.replace('"name":"a"', '"name":"remembered"');
  const again = readFacts(Object.keys(FILES), files, new FactCache(store, '1.0.1'));
  expect(again.cargoManifests.map((manifest) => manifest.package?.name)).toEqual(['a']);
});

it('writes its records only when something changed, and forgets files that are gone', () => {
  const store = new MemoryStore();
  const cache = new FactCache(store, '1.0.0');
  const files = new MemoryFileSystem(FILES);
  readFacts(Object.keys(FILES), files, cache);
  readFacts(Object.keys(FILES), files, cache);
  expect(store.writes).toBe(1);
  readFacts(['a/Cargo.toml'], files, cache);
  expect(store.text).not.toContain('b/go.mod');
});

it.each(['', '{', '{"version": 0, "records": 5}', 'null'])('starts anew from a store that holds %j', (text) => {
  const store = new MemoryStore();
  store.text = text;
  const facts = readFacts(['a/Cargo.toml'], new MemoryFileSystem(FILES), new FactCache(store, '1.0.0'));
  expect(facts.cargoManifests).toHaveLength(1);
});

it('keeps the rest when one file is broken, and says where', () => {
  const files = new MemoryFileSystem({ ...FILES, 'c/Cargo.toml': '[package\nname = "c"\n' });
  const facts = readFacts([...Object.keys(FILES), 'c/Cargo.toml'], files, new FactCache(new MemoryStore(), '1.0.0'));
  expect(facts.cargoManifests).toHaveLength(1);
  expect(facts.diagnostics.map(({ severity, span }) => [severity, span?.file, span?.line])).toEqual([
    ['error', 'c/Cargo.toml', 1],
  ]);
});
