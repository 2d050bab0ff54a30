import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir, machine, type as operatingSystem } from 'node:os';
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
  ...['CC', 'CXX', 'GOVERSION', 'GOOS', 'GOARCH', 'GOFLAGS', 'GOEXPERIMENT', 'GOFIPS140', 'GO111MODULE', 'CGO_ENABLED'],
  ...['AR', 'FC', 'PKG_CONFIG', 'CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_FFLAGS', 'CGO_LDFLAGS'],
  ...['GOAMD64', 'GOARM', 'GOARM64', 'GO386', 'GOMIPS', 'GOMIPS64', 'GOPPC64', 'GORISCV64', 'GOWASM'],
];

export type Language = 'go' | 'rust';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a tool is asked, and with what environment. */
interface Place {
  /** Undefined where it is missing. */
  readonly folder: string | undefined;
  readonly environment: Environment;
}

/**
 * What of this machine a build's result depends on: compiler and linker versions, libc, host, the environment and the
 * configuration outside the workspace that the tools read, and this package, which makes the tools' command lines. Nx
 * runs it as a runtime input, so its text is part of the hash; it names no folder, so that it is the same in each clone.
 * A tool that is missing is part of the text as well; the task itself says what is wrong.
 *
 * `cli/fingerprint.sh` says the same to the letter, for a fraction of the time: this is for where there is no `sh`.
 */
export function readFingerprint(language: Language, folder: string, environment: Environment = process.env): string {
  const place = { folder: realFolder(folder), environment };
  const tools = language === 'go' ? goFacts(place) : rustFacts(place);
  const variables = Object.entries(environment)
    .filter(([name]) => ENVIRONMENT[language].test(name))
    .map(([name, value = '']) => `${name}=${value.replaceAll('\n', '\u001e')}`)
    .sort();
  return [`nx-grout ${packageVersion()}`, ...tools, `host ${host()}`, ...variables].join('\n');
}

function realFolder(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** `go env` knows the compilers from the environment, from `go env -w` and from how Go itself was built. */
function goFacts(place: Place): string[] {
  const { said, isAnswer } = ask('go', ['env', ...GO_VARIABLES], place);
  const [cc = '', cxx = ''] = isAnswer ? said.split('\n') : [];
  return [said, compilerVersion('cc', cc, place), compilerVersion('c++', cxx, place)];
}

/** rustc links with `cc` whatever CC says; crates that compile C follow CC. */
function rustFacts(place: Place): string[] {
  const { CC } = place.environment;
  const compilers = CC === undefined || CC === '' ? ['cc'] : [...new Set(['cc', CC])];
  return [
    ask('rustc', ['-vV'], place).said,
    ask('cargo', ['--version'], place).said,
    ...compilers.map((compiler) => compilerVersion('cc', compiler, place)),
    ...cargoConfiguration(place),
  ];
}

/** Cargo reads configuration from the folder it runs in, from every folder above, and from its home. */
function cargoConfiguration({ folder, environment }: Place): string[] {
  if (folder === undefined) return [];
  const folders: string[] = [];
  for (let above = folder; folders.at(-1) !== above; above = dirname(above)) folders.push(above);
  const { CARGO_HOME = '' } = environment;
  const home = CARGO_HOME === '' ? join(homedir(), '.cargo') : resolve(folder, CARGO_HOME);
  const homes = [...folders.map((above) => join(above, '.cargo')), home];
  return [...new Set(homes)].flatMap((each) => {
    const path = ['config', 'config.toml'].map((name) => join(each, name)).find(isFile);
    return path === undefined ? [] : [`config ${withoutLastNewlines(readFileSync(path, 'utf8'))}`];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** @param command how it is called here, with arguments */
function compilerVersion(usualName: string, command: string, place: Place): string {
  const [program = usualName, ...args] = command.split(/\s+/).filter((word) => word !== '');
  const [firstLine = ''] = ask(program, [...args, '--version'], place).said.split('\n');
  return `${usualName} ${firstLine}`;
}

/** Operating system, architecture and C library: a binary made for one does not start on another. */
function host(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return `${operatingSystem()} ${machine()} glibc ${report.header?.glibcVersionRuntime ?? 'none'}`;
}

/** What a program prints, or why it does not. */
function ask(
  program: string,
  args: readonly string[],
  { folder, environment }: Place,
): { readonly said: string; readonly isAnswer: boolean } {
  if (folder === undefined) return { said: `${program}: the folder is missing`, isAnswer: false };
  try {
    const printed = execFileSync(program, args, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { said: withoutLastNewlines(printed), isAnswer: true };
  } catch (error) {
    const { code } = error as { code?: string };
    return { said: `${program}: ${code === 'ENOENT' ? 'the program is missing' : 'failed'}`, isAnswer: false };
  }
}

function withoutLastNewlines(text: string): string {
  return text.replace(/\n+$/, '');
}
