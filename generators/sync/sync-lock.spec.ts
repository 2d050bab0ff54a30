import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { RecordedProcesses } from '#testing';
import { syncGenerator } from './generator.js';

const LOCK = 'grout.lock.json';
const CARGO_LOCK = (version: string): string =>
  `version = 4\n[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n[[package]]\nname = "b"\nversion = "0.1.0"\n[[package]]\nname = "itoa"\nversion = "${version}"\nsource = "registry+x"\nchecksum = "${version}"\n`;

const WORKSPACE = {
  'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
  'Cargo.lock': CARGO_LOCK('1.0.9'),
  'a/Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nitoa = "1"\n',
  'b/Cargo.toml': '[package]\nname = "b"\nversion = "0.1.0"\n',
};

const module = (name: string): Record<string, string> => ({
  [`${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26\n\nrequire x.org/a v1.0.0\n`,
  [`${name}/main.go`]: 'package main\n\nfunc main() {}\n',
  [`${name}/quick.go`]: '//go:build quick\n\npackage main\n\nimport _ "x.org/a"\n',
});

/** Two modules that need one from outside only with a build tag. */
const TAGGED = { ...module('m'), ...module('n') };

const noGo = new RecordedProcesses(() => ({ exitCode: 127, spawnError: 'ENOENT' }));

function treeOf(files: Readonly<Record<string, string>>): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  return tree;
}

const sync = (tree: Tree) => syncGenerator(tree, noGo);
const lockOf = (tree: Tree): string => tree.read(LOCK, 'utf8') ?? '';
const linesOf = (tree: Tree): string[] => lockOf(tree).split('\n');

describe('sync of grout.lock.json', () => {
  it('writes it once, with a line for each project', async () => {
    const tree = treeOf(WORKSPACE);
    expect(await sync(tree)).toEqual({
      outOfSyncMessage: 'grout.lock.json does not follow the lockfiles.',
      outOfSyncDetails: [LOCK],
    });
    expect(linesOf(tree).filter((line) => /^ {4}"[ab]": /.test(line))).toHaveLength(2);
    expect(await sync(tree)).toEqual({});
  });

  it('changes the lines of those who use what was bumped, and no other', async () => {
    const tree = treeOf(WORKSPACE);
    await sync(tree);
    const before = linesOf(tree);
    tree.write('Cargo.lock', CARGO_LOCK('1.0.10'));
    expect(await sync(tree)).not.toEqual({});
    const changed = linesOf(tree).filter((line) => !before.includes(line));
    expect(changed).toEqual([expect.stringMatching(/^ {4}"a": /)]);
  });

  it('says nothing about a workspace without crates and Go modules', async () => {
    const tree = treeOf({ 'README.md': '# here\n' });
    expect(await sync(tree)).toEqual({});
    expect(tree.exists(LOCK)).toBe(false);
  });

  it.each([
    [
      'resolves a merge conflict',
      (text: string) => text.replace('    "a"', '<<<<<<< ours\n=======\n>>>>>>> theirs\n    "a"'),
    ],
    ['mends a broken file', (text: string) => text.slice(0, 40)],
    ['brings back a project that was taken out', (text: string) => text.replace(/ {4}"a":.*\n/, '')],
    [
      'takes out a project that is gone',
      (text: string) => text.replace('    "a"', '    "gone": { "goBuild": "0" },\n    "a"'),
    ],
  ])('%s', async (_, damage) => {
    const tree = treeOf(WORKSPACE);
    await sync(tree);
    const whole = lockOf(tree);
    tree.write(LOCK, damage(whole));
    expect(await sync(tree)).not.toEqual({});
    expect(lockOf(tree)).toBe(whole);
  });

  it('leaves another layout of the same digests alone', async () => {
    const tree = treeOf(WORKSPACE);
    await sync(tree);
    tree.write(LOCK, JSON.stringify(JSON.parse(lockOf(tree)), null, 4).replaceAll('\n', '\r\n'));
    expect(await sync(tree)).toEqual({});
  });

  it('has for each project what the entry of nx.json that makes it knows', async () => {
    const quick = { plugin: 'nx-grout', options: { goTags: ['quick'] } };
    const rest = { plugin: 'nx-grout', options: { goTags: [] } };
    const under = async (...plugins: readonly object[]): Promise<string[]> => {
      const tree = treeOf({ ...TAGGED, 'nx.json': JSON.stringify({ plugins }) });
      await sync(tree);
      return linesOf(tree).filter((line) => /^ {4}"[mn]": /.test(line));
    };
    const line = (lines: readonly string[], index: number): string => (lines[index] ?? '').replace(/,$/, '');
    const [withTag, withNone] = [await under(quick), await under(rest)];
    expect(line(withTag, 0)).not.toBe(line(withNone, 0));
    const both = await under({ ...quick, include: ['m/**'] }, { ...rest, exclude: ['m/**'] });
    expect([line(both, 0), line(both, 1)]).toEqual([line(withTag, 0), line(withNone, 1)]);
    const turned = await under({ ...rest, exclude: ['m/**'] }, { ...quick, include: ['m/**'] });
    expect(turned).toEqual(both);
  });

  it('leaves out what nx.json leaves out', async () => {
    const tree = treeOf({
      ...WORKSPACE,
      'nx.json': '{ "plugins": [{ "plugin": "nx-grout", "exclude": ["b/**"] }] }',
    });
    await sync(tree);
    expect(lockOf(tree)).not.toContain('"b":');
  });
});

describe('what sync knows of Go modules from outside', () => {
  const MODULE = {
    'go.mod': 'module example.com/m\n\ngo 1.26\n\nrequire x.org/a v1.0.0\nrequire x.org/b v1.0.0\n',
    'cmd/a/main.go': 'package main\n\nimport _ "x.org/a"\n',
    'cmd/b/main.go': 'package main\n\nimport _ "x.org/b"\n',
  };
  const cache = mkdtempSync(join(tmpdir(), 'grout-module-cache-'));
  const go = new RecordedProcesses(() => ({ stdout: `${cache}\n` }));
  const publish = (name: string, requires = ''): void => {
    const folder = join(cache, 'cache', 'download', 'x.org', name, '@v');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'v1.0.0.mod'), `module x.org/${name}\n\ngo 1.20\n${requires}`);
  };
  const modulesOf = (tree: Tree): unknown => (JSON.parse(lockOf(tree)) as { goModules?: unknown }).goModules;

  beforeAll(() => {
    publish('a');
    publish('b', 'require x.org/a v1.0.0\n');
  });
  afterAll(() => {
    rmSync(cache, { recursive: true });
  });

  it('is committed, so that every machine finds the same digests', async () => {
    const tree = treeOf(MODULE);
    await syncGenerator(tree, go);
    expect(modulesOf(tree)).toEqual({ 'x.org/a@v1.0.0': [], 'x.org/b@v1.0.0': ['x.org/a'] });
    expect(await sync(tree)).toEqual({});
  });

  it('makes nothing stale where another machine knew less, and is filled in when something else changes', async () => {
    const tree = treeOf(MODULE);
    await sync(tree);
    expect(modulesOf(tree)).toBeUndefined();
    expect(await syncGenerator(tree, go)).toEqual({});
    tree.write('go.mod', MODULE['go.mod'].replace('go 1.26', 'go 1.27'));
    await syncGenerator(tree, go);
    expect(Object.keys(modulesOf(tree) as object)).toHaveLength(2);
  });

  it('goes with the last module that asks for it', async () => {
    const tree = treeOf(MODULE);
    await syncGenerator(tree, go);
    tree.write('go.mod', MODULE['go.mod'].replace(/require.*\n/, ''));
    await syncGenerator(tree, go);
    expect(modulesOf(tree)).toBeUndefined();
  });
});
