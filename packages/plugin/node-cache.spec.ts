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

it('has no map or set below the top, where a key would not see into it', () => {
  const facts = factsOf({
    'Cargo.toml': '[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nx = "1"\n',
    'a/Cargo.toml': '[package]\nname = "a"\n[features]\nf = []\n[dependencies]\nx.workspace = true\n',
    'Cargo.lock': 'version = 4\n\n[[package]]\nname = "x"\nversion = "1.0.0"\n',
    'a/src/lib.rs': 'const T: &str = include_str!("../../t");\n',
    'm/go.mod': 'module example.com/m\nrequire example.com/x v1.0.0\n',
    'm/go.sum': 'example.com/x v1.0.0 h1:a=\n',
    'm/m.go': '//go:build a && !b\n\npackage m\n\n// #cgo LDFLAGS: -la\nimport "C"\n',
    'm/a.c': '#include "../b.h"\n',
    'go.work': 'go 1.26\nuse ./m\n',
    'p.proto': 'import "q.proto";\n',
    Makefile: 'CGO_LDFLAGS=-la go build ./m\n',
    'grout.toml': '[features.f]\n',
    'm/project.json': '{"name": "m", "implicitDependencies": ["a"]}',
  });
  const collections = (value: unknown): unknown[] =>
    value instanceof Map || value instanceof Set
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(collections)
        : [];
  const below = Object.values(facts).flatMap((value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : [value],
  );
  expect(below.flatMap(collections)).toEqual([]);
});
