import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { packageFolder } from './package-files.js';

/** Environment by which a build's bytes can change, by exact name or by prefix. */
const ENVIRONMENT: Readonly<Record<Language, RegExp>> = {
  rust: /^(?:RUSTFLAGS|RUSTC(?:_WORKSPACE_WRAPPER|_BOOTSTRAP)?|RUSTUP_TOOLCHAIN|SOURCE_DATE_EPOCH|CARGO_(?:INCREMENTAL$|BUILD_(?!JOBS$|TARGET_DIR$)|PROFILE_|TARGET_(?!DIR$)|ENCODED_|UNSTABLE_|FEATURE_|CFG_).*|(?:HOST_|TARGET_)?(?:CC|CXX|AR|CFLAGS|CXXFLAGS|LDFLAGS)(?:_.+)?|PKG_CONFIG.*|CRATE_CC_.*)$/,
  go: /^(?:SOURCE_DATE_EPOCH|PKG_CONFIG.*)$/,
};

/** `go env` answers for the environment and for `go env -w` alike. Variables that name folders of this machine are left out. */
const GO_VARIABLES = [
  ...['GOVERSION', 'GOOS', 'GOARCH', 'GOFLAGS', 'GOEXPERIMENT', 'GOFIPS140', 'GO111MODULE', 'CGO_ENABLED'],
  ...['CC', 'CXX', 'AR', 'FC', 'PKG_CONFIG', 'CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_FFLAGS', 'CGO_LDFLAGS'],
  ...['GOAMD64', 'GOARM', 'GOARM64', 'GO386', 'GOMIPS', 'GOMIPS64', 'GOPPC64', 'GORISCV64', 'GOWASM'],
];

export type Language = 'go' | 'rust';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a tool is asked, and with what environment. */
interface Place {
  readonly folder: string;
  readonly environment: Environment;
}

/**
 * What of this machine a build's result depends on: compiler and linker versions, libc, host, the environment and the
 * configuration outside the workspace that the tools read, and this package, which makes the tools' command lines. Nx
 * runs it as a runtime input, so its text is part of the hash; it names no folder, so that it is the same in each clone.
 * A tool that is missing is part of the text as well; the task itself says what is wrong.
 */
export function readFingerprint(language: Language, folder: string, environment: Environment = process.env): string {
  const tools = language === 'go' ? goFacts({ folder, environment }) : rustFacts({ folder, environment });
  const variables = Object.entries(environment)
    .filter(([name]) => ENVIRONMENT[language].test(name))
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .sort();
  return [`nx-grout ${packageVersion()}`, ...tools, `host ${host()}`, ...variables].join('\n');
}

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** `go env` knows the compilers from the environment, from `go env -w` and from how Go itself was built. */
function goFacts(place: Place): string[] {
  const answered = answer('go', ['env', '-json', ...GO_VARIABLES], place);
  const { CC = 'cc', CXX = 'c++' } = readVariables(answered);
  return [answered, `cc ${compilerVersion(CC, place)}`, `c++ ${compilerVersion(CXX, place)}`];
}

function readVariables(json: string): { readonly CC?: string; readonly CXX?: string } {
  try {
    return JSON.parse(json) as { CC?: string; CXX?: string };
  } catch {
    return {};
  }
}

/** rustc links with `cc` whatever CC says; crates that compile C follow CC. */
function rustFacts(place: Place): string[] {
  const { CC = 'cc' } = place.environment;
  return [
    answer('rustc', ['-vV'], place),
    answer('cargo', ['--version'], place),
    ...[...new Set(['cc', CC])].map((compiler) => `cc ${compilerVersion(compiler, place)}`),
    ...cargoConfiguration(place),
  ];
}

/** Cargo reads configuration from the folder it runs in, from every folder above, and from its home. */
function cargoConfiguration({ folder, environment }: Place): string[] {
  const folders: string[] = [];
  for (let above = resolve(folder); folders.at(-1) !== above; above = dirname(above)) folders.push(above);
  const homes = [
    ...folders.map((above) => join(above, '.cargo')),
    environment['CARGO_HOME'] ?? join(homedir(), '.cargo'),
  ];
  return [...new Set(homes)].flatMap((home) => {
    const path = ['config', 'config.toml'].map((name) => join(home, name)).find(isFile);
    return path === undefined ? [] : [`config ${createHash('sha256').update(readFileSync(path)).digest('hex')}`];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function compilerVersion(compiler: string, place: Place): string {
  const [program = 'cc', ...args] = compiler.trim().split(/\s+/);
  return answer(program, [...args, '--version'], place).split('\n')[0] ?? '';
}

/** Operating system, architecture and C library: a binary made for one does not start on another. */
function host(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return `${process.platform} ${process.arch} glibc ${report.header?.glibcVersionRuntime ?? 'none'}`;
}

function answer(program: string, args: readonly string[], { folder, environment }: Place): string {
  if (!existsSync(folder)) return `${program}: the folder is missing`;
  try {
    return execFileSync(program, args, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    const { code } = error as { code?: string };
    return `${program}: ${code === 'ENOENT' ? 'the program is missing' : 'failed'}`;
  }
}
