import { workspacePath } from '#paths';
import { changedFiles } from './listing-changes.js';

const listing = (hashes: Readonly<Record<string, string>>) =>
  Object.entries(hashes).map(([path, hash]) => ({ path: workspacePath(path), hash }));
const BEFORE = listing({ 'a/Cargo.toml': '1', 'a/README.md': '1', 'b/b.go': '1' });

it('names the files of the graph that hold something else, and no others', () => {
  const after = listing({ 'a/Cargo.toml': '1', 'a/README.md': '2', 'b/b.go': '2' });
  expect(changedFiles(BEFORE, after)).toEqual(listing({ 'b/b.go': '2' }));
  expect(changedFiles(BEFORE, BEFORE)).toEqual([]);
});

it.each([
  ['came', listing({ 'a/Cargo.toml': '1', 'a/README.md': '1', 'b/b.go': '1', 'c.go': '1' })],
  ['went', listing({ 'a/Cargo.toml': '1', 'b/b.go': '1' })],
  ['has another name', listing({ 'a/Cargo.toml': '1', 'a/README.md': '1', 'b/c.go': '1' })],
  ['has no hash', [...BEFORE.slice(0, 2), { path: workspacePath('b/b.go') }]],
])('cannot tell where a file %s', (_what, after) => {
  expect(changedFiles(BEFORE, after)).toBeUndefined();
});
