import { removeWorkspaces, syncedNxFiles, Workspace } from './harness/workspace.js';

/** Two crates of which a uses itoa, and one Go module whose commands import a module from outside each. */
const FILES = {
  ...syncedNxFiles(),
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["a", "b"]\n',
  'Cargo.lock': cargoLock('1.0.9'),
  'a/Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n',
  'a/src/lib.rs': '',
  'b/Cargo.toml': '[package]\nname = "b"\nversion = "0.1.0"\nedition = "2021"\n\n[features]\nfast = []\n',
  'b/src/lib.rs': '',
  'grout.toml': '[features.quick]\ncargo = ["fast"]\n',
  'm/go.mod': goMod('v1.0.0'),
  'm/go.sum': goSum('v1.0.0'),
  'm/cmd/one/main.go': 'package main\n\nimport _ "x.org/one"\n\nfunc main() {}\n',
  'm/cmd/two/main.go': 'package main\n\nimport _ "x.org/two"\n\nfunc main() {}\n',
};

function cargoLock(itoa: string): string {
  const own =
    '[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n\n[[package]]\nname = "b"\nversion = "0.1.0"\n';
  return `version = 4\n\n${own}\n[[package]]\nname = "itoa"\nversion = "${itoa}"\nsource = "registry+https://example.com/index"\nchecksum = "${itoa}"\n`;
}

function goMod(one: string): string {
  return `module example.com/m\n\ngo 1.26\n\nrequire (\n\tx.org/one ${one}\n\tx.org/two v1.0.0\n)\n`;
}

function goSum(one: string): string {
  return `x.org/one ${one} h1:one-${one}=\nx.org/one ${one}/go.mod h1:one=\nx.org/two v1.0.0 h1:two=\nx.org/two v1.0.0/go.mod h1:two=\n`;
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(FILES);
  for (const place of ['one/@v/v1.0.0', 'one/@v/v1.1.0', 'two/@v/v1.0.0']) {
    workspace.write(`dist/modules/cache/download/x.org/${place}.mod`, `module x.org/${place.slice(0, 3)}\n\ngo 1.20\n`);
  }
  await workspace.commit('Start');
  await sync();
  await workspace.commit('Synchronize');
}, 120_000);

afterAll(removeWorkspaces);

afterEach(async () => {
  await workspace.git('checkout', '--quiet', '--', '.');
});

async function sync(): Promise<void> {
  const run = await workspace.nx(['sync'], { GOMODCACHE: workspace.path('dist/modules') });
  expect(run.exitCode).toBe(0);
}

async function affected(target: string): Promise<string[]> {
  const run = await workspace.nx(['show', 'projects', '--affected', `-t=${target}`, '--base=HEAD', '--json']);
  expect(run.exitCode).toBe(0);
  const line = run.output.split('\n').find((candidate) => candidate.startsWith('['));
  return (JSON.parse(line ?? '[]') as string[]).sort();
}

it('a bumped Go module affects the one command of its go.mod that needs it, before nx sync and after', async () => {
  workspace.write('m/go.mod', goMod('v1.1.0'));
  workspace.write('m/go.sum', goSum('v1.1.0'));
  expect([await affected('build-one'), await affected('build-two')]).toEqual([['m'], []]);
  await sync();
  expect([await affected('build-one'), await affected('build-two')]).toEqual([['m'], []]);
});

it('a merge conflict in grout.lock.json hides nothing, and running sync again resolves it', async () => {
  workspace.edit('grout.lock.json', '  "projects"', '<<<<<<< ours\n=======\n>>>>>>> theirs\n  "projects"');
  workspace.write('Cargo.lock', cargoLock('1.0.10'));
  expect(await affected('build')).toEqual(['a', 'b']);
  await sync();
  expect(await affected('build')).toEqual(['a']);
  expect((await workspace.nx(['sync:check'])).exitCode).toBe(0);
});

it('a lockfile that changes nothing for anyone affects nobody', async () => {
  workspace.edit('Cargo.lock', 'version = 4\n', '# by hand\nversion = 4\n');
  workspace.edit('m/go.mod', 'go 1.26\n', '// since always\ngo 1.26\n');
  expect([await affected('build'), await affected('build-one')]).toEqual([[], []]);
  expect((await workspace.nx(['sync:check'])).exitCode).toBe(0);
});

it('the last feature that goes out of grout.toml affects every build, before nx sync and after; the rest of it none', async () => {
  workspace.write('grout.toml', `${workspace.read('grout.toml')}\n[lint]\nbare-cgo-link = "off"\n`);
  expect([await affected('build'), await affected('build-one')]).toEqual([[], []]);
  workspace.write('grout.toml', '');
  const everything = [['a', 'b', 'm'], ['m']];
  expect([await affected('build'), await affected('build-one')]).toEqual(everything);
  await sync();
  expect([await affected('build'), await affected('build-one')]).toEqual(everything);
}, 120_000);
