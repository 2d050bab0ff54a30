import { locksOf } from '#testing';
import type { WorkspacePath } from '#paths';
import { compareFacts, type LockPurpose } from '../index.js';

const CRATE = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nitoa = "1"\n';
const lock = (version: string, checksum = 'c') =>
  `version = 4\n[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n[[package]]\nname = "itoa"\nversion = "${version}"\nsource = "registry+x"\nchecksum = "${checksum}"\n`;
const module = (lines: string) => ({
  'go.mod': `module example.com/a\n\ngo 1.26\n\n${lines}`,
  'a.go': 'package a\n\nimport _ "github.com/google/uuid"\n',
});

function changes(purpose: LockPurpose, before: Record<string, string>, after: Record<string, string>): string[] {
  const [old, now] = [before, after].map((texts) =>
    locksOf(texts)
      .get('.' as WorkspacePath)
      ?.get(purpose),
  );
  if (old === undefined || now === undefined) throw new Error(`no task for ${purpose}`);
  return compareFacts(old, now);
}

describe('compareFacts', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ['nothing', { 'Cargo.lock': lock('1.0.9') }, { 'Cargo.lock': `# mine\n${lock('1.0.9')}` }, []],
    ['a bump', { 'Cargo.lock': lock('1.0.9') }, { 'Cargo.lock': lock('1.0.10') }, ['crate itoa 1.0.9 -> 1.0.10']],
    [
      'other content of the same version',
      { 'Cargo.lock': lock('1.0.9', 'c') },
      { 'Cargo.lock': lock('1.0.9', 'd') },
      ['crate itoa 1.0.9: registry+x c -> registry+x d'],
    ],
    [
      'a lockfile that went',
      { 'Cargo.lock': lock('1.0.9') },
      {},
      ['Cargo.lock none is new', 'crate itoa 1.0.9 is gone'],
    ],
    [
      'a profile',
      { 'Cargo.lock': lock('1.0.9') },
      { 'Cargo.lock': lock('1.0.9'), 'Cargo.toml': `${CRATE}[profile.release]\nlto = true\n` },
      ['profile.release {"lto":true} is new'],
    ],
  ])('says of Rust what changed: %s', (_, before, after, words) => {
    expect(changes('rustBuild', { 'Cargo.toml': CRATE, ...before }, { 'Cargo.toml': CRATE, ...after })).toEqual(words);
  });

  it('says of Go what changed', () => {
    const before = module('require github.com/google/uuid v1.5.0\n');
    const after = module('toolchain go1.26.3\n\nrequire github.com/google/uuid v1.6.0\n');
    expect(changes('goBuild', before, after)).toEqual([
      'go module github.com/google/uuid v1.5.0 -> v1.6.0',
      'toolchain of go.mod go1.26.3 is new',
    ]);
  });
});
