import { readFileSync } from 'node:fs';
import { generateMonorepo, type MonorepoTruth } from '../scripts/lib/generate-monorepo.mjs';
import { removeWorkspaces, syncedNxFiles, Workspace } from './harness/workspace.js';

/** 200 projects: what a change must reach is known from how they were drawn. */
const SIZE = { crates: 100, goModules: 100, bridges: 20 };

let workspace: Workspace;
let truth: MonorepoTruth;

beforeAll(async () => {
  workspace = await Workspace.create(syncedNxFiles());
  truth = generateMonorepo({ folder: workspace.root, ...SIZE });
  expect((await workspace.nx(['sync'])).exitCode).toBe(0);
  await workspace.commit('Synchronize');
}, 120_000);

afterAll(removeWorkspaces);

afterEach(async () => {
  await workspace.git('checkout', '--quiet', '--', '.');
});

/** The given projects and everything that depends on them, over the seam. */
function closureOf(starts: readonly string[]): string[] {
  const reached = new Set(starts);
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const [name, needs] of Object.entries(truth.edges))
      if (needs.some((need) => reached.has(need))) reached.add(name);
  }
  return [...reached].sort();
}

function namesWhere(test: (name: string) => boolean): string[] {
  return Object.keys(truth.roots).filter(test);
}

function using(external: string): string[] {
  return namesWhere((name) => truth.externals[name]?.includes(external) === true);
}

function root(name: string): string {
  return truth.roots[name] ?? '';
}

async function affected(target = 'build'): Promise<string[]> {
  const run = await workspace.nx(['show', 'projects', '--affected', `-t=${target}`, '--base=HEAD', '--json']);
  expect(run.exitCode).toBe(0);
  const line = run.output.split('\n').find((candidate) => candidate.startsWith('['));
  return (JSON.parse(line ?? '[]') as string[]).sort();
}

const leaf = 'crate-000';

describe('nx affected -t build on 200 projects is exactly what depends on', () => {
  it('the source of a leaf crate, over the seam to the programs', async () => {
    workspace.edit(`${root(leaf)}/src/lib.rs`, 'pub fn', '// edited\npub fn');
    const wanted = closureOf([leaf]);
    expect(wanted.filter((name) => truth.kinds[name] === 'app')).not.toEqual([]);
    expect(await affected()).toEqual(wanted);
  });

  it('a crate from outside that two crates use, with Cargo.lock alone changed and after nx sync', async () => {
    const users = using('itoa');
    expect(users).toHaveLength(2);
    workspace.edit('Cargo.lock', 'name = "itoa"\nversion = "1.0.', 'name = "itoa"\nversion = "1.0.9');
    expect(await affected()).toEqual(closureOf(users));
    await workspace.nx(['sync']);
    expect(await affected()).toEqual(closureOf(users));
  });

  it('the version of it that the root manifest asks for', async () => {
    const text = readFileSync(workspace.path('Cargo.toml'), 'utf8');
    const [line = ''] = /^itoa = .*$/m.exec(text) ?? [];
    workspace.edit('Cargo.toml', line, 'itoa = "1.0.1"');
    expect(await affected()).toEqual(closureOf(using('itoa')));
  });

  it('a Go module from outside, for the one module that requires it', async () => {
    const users = using('github.com/google/uuid');
    const [user = ''] = users;
    const mod = workspace.read(`${root(user)}/go.mod`);
    const [, version = ''] = /github\.com\/google\/uuid (v[\d.]+)/.exec(mod) ?? [];
    workspace.edit(`${root(user)}/go.mod`, `github.com/google/uuid ${version}`, 'github.com/google/uuid v1.99.0');
    workspace.write(`${root(user)}/go.sum`, workspace.read(`${root(user)}/go.sum`).replaceAll(version, 'v1.99.0'));
    expect(await affected()).toEqual(closureOf(users));
    await workspace.nx(['sync']);
    expect(await affected()).toEqual(closureOf(users));
  });

  it('nothing, for READMEs, and for tests on either side', async () => {
    for (const name of [leaf, 'module000', 'app00']) workspace.write(`${root(name)}/README.md`, '# edited\n');
    workspace.write(`${root(leaf)}/tests/more.rs`, '#[test]\nfn it() {}\n');
    workspace.write(`${root(leaf)}/benches/more.rs`, 'fn main() {}\n');
    workspace.write(`${root('module000')}/more_test.go`, `package module000\n`);
    expect(await affected()).toEqual([]);
    expect(await affected('test')).toEqual(['app00', leaf, 'module000']);
    workspace.remove(`${root(leaf)}/tests`);
    workspace.remove(`${root(leaf)}/benches`);
    workspace.remove(`${root('module000')}/more_test.go`);
  });

  it('a default feature', async () => {
    workspace.edit(`${root(leaf)}/Cargo.toml`, 'default = []', 'default = ["extra"]');
    expect(await affected()).toEqual(closureOf([leaf]));
  });

  it('a .proto that a crate includes', async () => {
    workspace.edit('proto/contract.proto', 'string id = 1;', 'string id = 1;\n  string more = 2;');
    expect(truth.includesProto).not.toEqual([]);
    expect(await affected()).toEqual(closureOf(truth.includesProto));
  });

  it('a crate that is gone, for those who depend on it', async () => {
    workspace.remove(root(leaf));
    expect(await affected()).toEqual(closureOf([leaf]).filter((name) => name !== leaf));
  });

  it('everything that a lockfile can reach, while grout.lock.json is missing', async () => {
    workspace.remove('grout.lock.json');
    workspace.edit('Cargo.lock', 'name = "itoa"\nversion = "1.0.', 'name = "itoa"\nversion = "1.0.9');
    const crates = namesWhere((name) => truth.kinds[name] === 'crate' || truth.kinds[name] === 'bridge-crate');
    expect(await affected()).toEqual(closureOf(crates));
  });
});
