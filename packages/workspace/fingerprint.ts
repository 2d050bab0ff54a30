import { execFileSync } from 'node:child_process';
import process from 'node:process';

/** Environment by which a build's bytes can change, by exact name or by prefix. */
const ENVIRONMENT: Readonly<Record<Language, RegExp>> = {
  rust: /^(?:RUSTFLAGS|RUSTC(?:_WORKSPACE_WRAPPER|_BOOTSTRAP)?|RUSTUP_TOOLCHAIN|SOURCE_DATE_EPOCH|CARGO_(?:BUILD_(?!JOBS$|TARGET_DIR$)|PROFILE_|TARGET_(?!DIR$)|ENCODED_|UNSTABLE_|FEATURE_|CFG_).*|(?:HOST_|TARGET_)?(?:CC|CXX|AR|CFLAGS|CXXFLAGS|LDFLAGS)(?:_.+)?|PKG_CONFIG.*|CRATE_CC_.*)$/,
  go: /^(?:SOURCE_DATE_EPOCH|PKG_CONFIG.*)$/,
};

/** `go env` answers for the environment and for `go env -w` alike. Variables that name folders of this machine are left out. */
const GO_VARIABLES = [
  ...['GOVERSION', 'GOOS', 'GOARCH', 'GOFLAGS', 'GOEXPERIMENT', 'GOFIPS140', 'GO111MODULE', 'CGO_ENABLED'],
  ...['CC', 'CXX', 'AR', 'FC', 'PKG_CONFIG', 'CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_FFLAGS', 'CGO_LDFLAGS'],
  ...['GOAMD64', 'GOARM', 'GOARM64', 'GO386', 'GOMIPS', 'GOMIPS64', 'GOPPC64', 'GORISCV64', 'GOWASM'],
];

export type Language = 'go' | 'rust';

/**
 * What of this machine a build's result depends on: compiler and linker versions, libc, host, and the environment that
 * the tools read. Nx runs it as a runtime input, so its text is part of the hash. A tool that is missing is part of the
 * text as well; the task itself says what is wrong.
 */
export function readFingerprint(language: Language, folder: string): string {
  const tools = language === 'go' ? goFacts(folder) : rustFacts(folder);
  const environment = Object.entries(process.env)
    .filter(([name]) => ENVIRONMENT[language].test(name))
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .sort();
  return [...tools, `cc ${compilerVersion(process.env['CC'] ?? 'cc')}`, `host ${host()}`, ...environment].join('\n');
}

function goFacts(folder: string): string[] {
  return [answer('go', ['env', '-json', ...GO_VARIABLES], folder)];
}

function rustFacts(folder: string): string[] {
  return [answer('rustc', ['-vV'], folder), answer('cargo', ['--version'], folder)];
}

function compilerVersion(compiler: string): string {
  const [program = 'cc', ...args] = compiler.split(/\s+/);
  return answer(program, [...args, '--version'], '.').split('\n')[0] ?? '';
}

/** Operating system, architecture and C library: a binary made for one does not start on another. */
function host(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return `${process.platform} ${process.arch} glibc ${report.header?.glibcVersionRuntime ?? 'none'}`;
}

function answer(program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch (error) {
    return `${program}: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'failed'}`;
  }
}
