import { parseRustToolchain } from '#cargo';
import { DiagnosticError, type Span } from '#diagnostics';
import type { ToolchainFloor } from '#graph';
import { goSideOf, checkTool, parseToolVersion, type ToolVersion } from '#plan';
import { folderOf, joinPath, type WorkspacePath } from '#paths';
import type { FileSystem } from '#workspace';
import type { RunRequest } from './run-request.js';

/** What `go env` says where a module is built. */
export interface GoEnvironment {
  readonly goflags: string;
  readonly goos: string;
  readonly goarch: string;
  readonly cgo: boolean;
}

/**
 * Asks go for its version and the settings in force, `go env -w` included.
 * @throws DiagnosticError when go is missing or too old
 */
export async function readGoEnvironment(request: RunRequest, platform: Record<string, string>): Promise<GoEnvironment> {
  const go = goSideOf(request.project);
  const ended = await request.processes.capture({
    program: 'go',
    args: ['env', '-json', 'GOVERSION', 'GOFLAGS', 'GOOS', 'GOARCH', 'CGO_ENABLED'],
    // The modules of a Go workspace share its toolchain line.
    cwd: request.files.absolute(go.goWork === undefined ? request.project.root : folderOf(go.goWork)),
    env: { ...platform, ...(go.foreignGoWork ? { GOWORK: 'off' } : {}) },
  });
  const values = ended.exitCode === 0 ? (JSON.parse(ended.stdout) as Record<string, string>) : {};
  const version = parseToolVersion(values['GOVERSION'] ?? '');
  requireTool(toolVersion('go', version, ended.spawnError, ended.stderr), go.toolchainFloor);
  return {
    goflags: values['GOFLAGS'] ?? '',
    goos: values['GOOS'] ?? '',
    goarch: values['GOARCH'] ?? '',
    cgo: values['CGO_ENABLED'] === '1',
  };
}

/**
 * Checks that cargo answers in the folder where it will run (rustup picks the toolchain by folder).
 * @throws DiagnosticError when it is missing or too old
 */
export async function requireCargo(request: RunRequest, cwd: WorkspacePath, floor?: ToolchainFloor): Promise<void> {
  const ended = await request.processes.capture({
    program: 'cargo',
    args: ['--version'],
    cwd: request.files.absolute(cwd),
  });
  const version = ended.exitCode === 0 ? parseToolVersion(ended.stdout) : undefined;
  const tool = toolVersion('cargo', version, ended.spawnError, ended.stderr);
  const pin = tool.failure === undefined ? undefined : readToolchainPin(request.files, cwd);
  requireTool(pin === undefined ? tool : { ...tool, pin }, floor);
}

/** The compiler that cargo uses in a folder. */
export interface Rustc {
  readonly program: string;
  /** All that `rustc -vV` says: compilers that say the same understand one another's output. */
  readonly version: string;
  /** Triple of this machine. */
  readonly host: string;
}

/** @throws DiagnosticError when it cannot be asked */
export async function readRustc(request: RunRequest, cwd: WorkspacePath): Promise<Rustc> {
  const program = request.machine.environment['RUSTC'] ?? 'rustc';
  const ended = await request.processes.capture({ program, args: ['-vV'], cwd: request.files.absolute(cwd) });
  const host = /^host: (.+)$/m.exec(ended.stdout)?.[1];
  if (host !== undefined) return { program, version: ended.stdout, host };
  const reason = ended.spawnError ?? ended.stderr.trim();
  throw new DiagnosticError({
    code: 'run/no-rustc',
    severity: 'error',
    message: `\`${program}\` does not say its version${reason === '' ? '' : `: ${reason}`}`,
    help: 'have rustc beside cargo: rustup installs both',
  });
}

/** What rustc says of a target, a line for each `cfg`; nothing where it does not know the target, which its use will show. */
export async function readCfg(
  request: RunRequest,
  cwd: WorkspacePath,
  { program, triple, flags }: { readonly program: string; readonly triple: string; readonly flags: readonly string[] },
): Promise<string[]> {
  const args = ['--print', 'cfg', '--target', triple, ...flags];
  const { stdout } = await request.processes.capture({ program, args, cwd: request.files.absolute(cwd) });
  return stdout.split(/\r?\n/).filter((line) => line !== '');
}

/** Where rustup is told which toolchain to take: the nearest rust-toolchain file from the folder upwards. */
function readToolchainPin(files: FileSystem, folder: WorkspacePath): Span | undefined {
  for (const name of ['rust-toolchain.toml', 'rust-toolchain']) {
    const path = joinPath(folder, name);
    const text = files.readText(path);
    if (text !== undefined)
      return parseRustToolchain(path, text).value?.channelSpan ?? { file: path, line: 1, column: 1 };
  }
  return folder === '.' ? undefined : readToolchainPin(files, folderOf(folder));
}

function toolVersion(
  program: ToolVersion['program'],
  version: string | undefined,
  spawnError: string | undefined,
  stderr: string,
): ToolVersion {
  if (version !== undefined) return { program, version };
  const failure = spawnError === 'ENOENT' ? undefined : (spawnError ?? stderr.trim());
  return { program, ...(failure === undefined || failure === '' ? {} : { failure }) };
}

function requireTool(tool: ToolVersion, floor: ToolchainFloor | undefined): void {
  const problem = checkTool(tool, floor);
  if (problem !== undefined) throw new DiagnosticError(problem);
}
