import { nodesOf } from '../testing/nodes-of.js';

type Texts = Readonly<Record<string, string>>;

const CRATE: Texts = { 'a/Cargo.toml': '[package]\nname = "a"\n', 'a/src/lib.rs': '' };
const GO_FILES = '!{projectRoot}/**/{*.go,go.mod,go.sum,go.work,go.work.sum}';

function namedInput(name: string, texts: Texts): unknown[] {
  return nodesOf({ ...CRATE, ...texts })['a']?.namedInputs?.[name] ?? [];
}

describe('.go files in a crate’s folder', () => {
  it('are no part of what its builds read', () => {
    expect(namedInput('rust', {})).toContain(GO_FILES);
  });

  it('are data of its tests, unless the folder is a Go module as well', () => {
    expect(namedInput('rustTests', {})).not.toContain(GO_FILES);
    expect(namedInput('rustTests', { 'a/go.mod': 'module example.com/a\n' })).toContain(GO_FILES);
  });
});

describe('environment variables', () => {
  it('that a build reads count for it and its tests, those of tests for these alone', () => {
    const texts = { 'a/src/lib.rs': 'env!("BUILD_ID")', 'a/tests/t.rs': 'env!("TEST_ID")' };
    expect(namedInput('rust', texts)).toContainEqual({ env: 'BUILD_ID' });
    expect(namedInput('rust', texts)).not.toContainEqual({ env: 'TEST_ID' });
    expect(namedInput('rustTests', texts)).toEqual(expect.arrayContaining([{ env: 'BUILD_ID' }, { env: 'TEST_ID' }]));
  });
});

it('takes what is not listed as it lies on the disk', () => {
  expect(namedInput('rust', { 'a/src/lib.rs': 'include_str!("../build/index.html")' })).toContainEqual({
    fileset: '{workspaceRoot}/a/build/index.html',
    includeIgnored: true,
  });
});
