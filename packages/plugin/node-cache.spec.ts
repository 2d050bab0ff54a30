import { factsOf, MemoryContentStore } from '#testing';
import { keyOfFacts, NodeCache } from './node-cache.js';

const ANSWER = { nodes: [], warnings: ['w'] };

it('answers for the same files, and for others that say the same, in this process and the next', () => {
  const store = new MemoryContentStore();
  const keys = new MemoryContentStore();
  const cache = new NodeCache(store, keys);
  expect(cache.findByFiles('files 1')).toBeUndefined();
  cache.keep('files 1', 'facts 1', ANSWER);
  expect(cache.findByFiles('files 1')).toBe(ANSWER);
  expect(cache.findByFiles('files 2')).toBeUndefined();
  expect(cache.findByFacts('facts 1', 'files 2')).toBe(ANSWER);
  expect(store.writes).toBe(1);
  expect(new NodeCache(store, keys).findByFiles('files 2')).toEqual(ANSWER);
  expect(new NodeCache(store, keys).findByFiles('files 1')).toBeUndefined();
});

it.each(['', 'facts 1', 'facts 1\n{', 'facts 0\n{"nodes":[],"warnings":[]}'])(
  'starts anew from a store with %j',
  (text) => {
    const store = new MemoryContentStore();
    store.text = text;
    expect(new NodeCache(store, new MemoryContentStore()).findByFacts('facts 1', 'files')).toBeUndefined();
  },
);

it('tells facts apart by what they say and where, and not by what a function does', () => {
  const key = (text: string): string =>
    keyOfFacts(factsOf({ 'm/go.mod': 'module example.com/m\n', 'm/m.go': text }), '');
  const before = key('package m\n\nimport "fmt"\n\nfunc F() { fmt.Println(1) }\n');
  expect(key('package m\n\nimport "fmt"\n\nfunc F() { fmt.Println(2) }\n')).toBe(before);
  expect(key('package m\n\nimport "os"\n\nfunc F() { os.Exit(1) }\n')).not.toBe(before);
  expect(key('package m\n\n\nimport "fmt"\n\nfunc F() { fmt.Println(1) }\n')).not.toBe(before);
});
