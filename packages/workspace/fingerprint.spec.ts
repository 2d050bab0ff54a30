import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { readFingerprint } from './fingerprint.js';

describe('readFingerprint', () => {
  let folder: string;
  let environment: Record<string, string | undefined>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grout-fingerprint-'));
    environment = {
      HOME: process.env['HOME'],
      RUSTUP_HOME: process.env['RUSTUP_HOME'],
      CARGO_HOME: join(folder, 'cargo-home'),
      PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    };
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function tool(name: string, says: string): void {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const path = join(folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\necho '${says}'\n`);
    chmodSync(path, 0o755);
  }

  it('names the version of this package', () => {
    expect(readFingerprint('go', folder, environment)).toMatch(/^nx-grout \d+\.\d+\.\d+/);
  });

  it('has the versions of the compilers that go takes, which need not be cc', () => {
    tool('go', 'odd-cc -m64\nodd-cxx\ngo1.26.8');
    tool('odd-cc', 'odd C 7');
    tool('odd-cxx', 'odd C++ 8');
    const lines = readFingerprint('go', folder, environment).split('\n');
    expect(lines).toContain('cc odd C 7');
    expect(lines).toContain('c++ odd C++ 8');
  });

  it('has the version of the linker driver for Rust, beside that of CC', () => {
    tool('cc', 'plain C 1');
    tool('odd-cc', 'odd C 7');
    environment['CC'] = 'odd-cc';
    const lines = readFingerprint('rust', folder, environment).split('\n');
    expect(lines).toContain('cc plain C 1');
    expect(lines).toContain('cc odd C 7');
  });

  it('follows cargo’s configuration in its home and above the workspace, without naming their folders', () => {
    const seen = new Set([readFingerprint('rust', folder, environment)]);
    for (const place of ['cargo-home', '.cargo']) {
      mkdirSync(join(folder, place));
      writeFileSync(join(folder, place, 'config.toml'), `[build]\nrustflags = ["--cfg=${place}"]\n`);
      seen.add(readFingerprint('rust', folder, environment));
    }
    writeFileSync(join(folder, 'cargo-home', 'config.toml'), '[build]\n');
    seen.add(readFingerprint('rust', folder, environment));
    expect(seen.size).toBe(4);
    for (const text of seen) expect(text).not.toContain(folder);
  });

  it('tells a missing folder from a missing tool', () => {
    tool('cc', 'plain C 1');
    expect(readFingerprint('rust', join(folder, 'gone'), environment)).toContain('rustc: the folder is missing');
    environment['PATH'] = join(folder, 'bin');
    expect(readFingerprint('rust', folder, environment)).toContain('rustc: the program is missing');
  });
});
