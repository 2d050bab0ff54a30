import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { packageFolder, readFingerprint, type Language } from '#workspace';

type Environment = Record<string, string | undefined>;

const SCRIPT = join(packageFolder(), 'packages', 'cli', 'fingerprint.sh');

/** The folder of the workspace, with tools of its own before those of the machine. */
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'grout-fingerprint-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function environmentWith(settings: Environment = {}): Environment {
  const { HOME, RUSTUP_HOME, PATH } = process.env;
  const path = [join(folder, 'bin'), PATH].join(delimiter);
  return { HOME, RUSTUP_HOME, CARGO_HOME: join(folder, 'cargo-home'), PATH: path, ...settings };
}

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  chmodSync(join(folder, path), mode);
}

function tool(name: string, script: string): void {
  put(`bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
}

/** What the script prints, which is held to be what the package says. */
function said(language: Language, settings: Environment = {}, place = folder): string {
  const env = environmentWith(settings);
  const printed = execFileSync('sh', [SCRIPT, language, place], {
    cwd: tmpdir(),
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed).toBe(`${readFingerprint(language, place, env)}\n`);
  return printed;
}

describe('fingerprint.sh says what the package says', () => {
  it.each(['go', 'rust'] as const)('of %s, with the tools of this machine', (language) => {
    expect(said(language)).toMatch(/^nx-grout \d+\.\d+\.\d+\n[^]*\ncc .+\n[^]*host \w+ \w+ glibc .+\n$/);
  });

  it.each(['go', 'rust'] as const)('of %s, where nothing is configured', (language) => {
    for (const name of ['go', 'rustc', 'cargo', 'cc', 'c++']) tool(name, 'exit 1');
    expect(said(language)).toContain(': failed\n');
  });

  it.each([
    ['go', 'go: the program is missing'],
    ['rust', 'rustc: the program is missing'],
  ] as const)('of %s, where no tool is', (language, missing) => {
    for (const name of ['awk', 'cat', 'getconf', 'sed', 'sort', 'uname'])
      tool(name, `exec ${execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()} "$@"`);
    tool('sh', 'exec /bin/sh "$@"');
    expect(said(language, { PATH: join(folder, 'bin') })).toContain(missing);
  });

  it.each(['go', 'rust'] as const)('of %s, in a folder that is missing', (language) => {
    expect(said(language, {}, join(folder, 'gone'))).toContain(': the folder is missing\n');
  });

  it.each(['odd-cc -m64', 'odd-cc', '  odd-cc  -m64 ', ''])('of compilers called %j', (called) => {
    tool('odd-cc', 'echo "odd C 7 $*"; echo more');
    tool('go', `echo '${called}'; echo '${called}'; echo; echo linux; echo`);
    said('go');
    said('rust', { CC: called });
  });

  it('of configuration in cargo’s home, in the folder and above it', () => {
    put('cargo-home/config.toml', '[build]\n\nrustflags = ["--cfg=home"]\n\n');
    put('.cargo/config.toml', '[build]\n');
    put('.cargo/config', '# has the say where both are\n');
    put('in/side/.cargo/config.toml', '\n');
    const text = said('rust', {}, join(folder, 'in', 'side'));
    expect(text.match(/^config .*/gm)).toEqual(['config ', 'config # has the say where both are', 'config [build]']);
  });

  it('of a home that lies above the folder, once', () => {
    put('.cargo/config.toml', '[build]\n');
    mkdirSync(join(folder, 'in'));
    const text = said('rust', { CARGO_HOME: join(folder, '.cargo') }, join(folder, 'in'));
    expect(text.match(/^config .*/gm)).toEqual(['config [build]']);
  });

  it('of a home in ~ where none is named', () => {
    expect(said('rust', { CARGO_HOME: '' })).toBe(said('rust', { CARGO_HOME: undefined }));
  });

  it.each(['go', 'rust'] as const)('of the environment that counts for %s', (language) => {
    const forBoth = ['SOURCE_DATE_EPOCH', 'PKG_CONFIG', 'PKG_CONFIG_PATH'];
    const forRust = [
      ...['RUSTFLAGS', 'RUSTC', 'RUSTC_WORKSPACE_WRAPPER', 'RUSTC_BOOTSTRAP', 'RUSTUP_TOOLCHAIN', 'CARGO_INCREMENTAL'],
      ...['CARGO_BUILD_TARGET', 'CARGO_PROFILE_DEV_LTO', 'CARGO_TARGET_X_LINKER', 'CARGO_ENCODED_RUSTFLAGS'],
      ...['CARGO_UNSTABLE_X', 'CARGO_FEATURE_X', 'CARGO_CFG_X', 'CRATE_CC_NO_DEFAULTS'],
      ...['CXX', 'AR', 'CFLAGS', 'CFLAGS_x86_64', 'HOST_CC', 'TARGET_CXXFLAGS', 'LDFLAGS'],
    ];
    const forNeither = [
      ...['RUSTFLAGSX', 'RUSTC_WRAPPER', 'RUSTUP_DIST_SERVER', 'SOURCE_DATE_EPOCH_2', 'CARGO_INCREMENTAL_2'],
      ...['CARGO_BUILD_JOBS', 'CARGO_BUILD_TARGET_DIR', 'CARGO_TARGET_DIR', 'CARGO_NET', 'CARGO_CFG', 'XCARGO_CFG_X'],
      ...['CARGO_TERM_COLOR', 'LDFLAGS_', 'MY_CC', 'CCC', 'GOFLAGS', 'CRATE_CC', 'cc'],
    ];
    for (const name of ['go', 'rustc', 'cargo']) tool(name, 'echo it');
    const variables = said(
      language,
      Object.fromEntries([...forBoth, ...forRust, ...forNeither].map((name) => [name, `a ${name} \\n=b`])),
    );
    const counted = [...variables.matchAll(/^(\w+)=a/gm)].map(([, name]) => name);
    expect(counted).toEqual([...forBoth, ...(language === 'rust' ? forRust : [])].sort());
    said(language, { PKG_CONFIG: '', PKG_CONFIG_PATH: 'two\nlines\n', SOURCE_DATE_EPOCH: ' 1' });
  });
});
