import type { Diagnosed, Diagnostic } from '#diagnostics';
import { joinPath, type AbsolutePath, type WorkspacePath } from '#paths';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Processes } from './ports.js';

/** Where a contract's files lie, and what to call that place in messages. */
export interface ContractFolder {
  /** Folder on disk that buf compiles; it may be a copy outside the workspace. */
  readonly folder: AbsolutePath;
  /** The folder's place in the workspace: diagnostics point there. */
  readonly path: WorkspacePath;
  /** Files of other contracts among them, by their paths in the folder: diagnostics point to these originals. */
  readonly imported?: ReadonlyMap<string, WorkspacePath>;
}

/** A line of `buf build --error-format json`; every member may be missing. */
interface BufError {
  readonly path?: string;
  readonly start_line?: number;
  readonly start_column?: number;
  readonly end_line?: number;
  readonly end_column?: number;
  readonly message?: string;
}

/**
 * Compiles a contract with buf to a FileDescriptorSet with imports and source info. Needs no network unless the
 * contract's buf.yaml names remote dependencies.
 *
 * @returns undefined with a diagnostic per error when the contract does not compile, or when buf is not installed
 */
export async function readContractImage(
  processes: Processes,
  contract: ContractFolder,
): Promise<Diagnosed<Uint8Array | undefined>> {
  const buf = resolveBuf();
  if (buf === undefined) return { value: undefined, diagnostics: [bufMissing()] };
  const output = mkdtempSync(join(tmpdir(), 'nx-grout-image-'));
  try {
    const image = join(output, 'contract.binpb');
    const args = [...buf.args, 'build', '.', '-o', image, '--as-file-descriptor-set', '--error-format', 'json'];
    const ended = await processes.capture({ program: buf.program, args, cwd: contract.folder });
    if (ended.exitCode === 0) return { value: readFileSync(image), diagnostics: [] };
    return { value: undefined, diagnostics: parseBufErrors(ended.spawnError ?? ended.stderr, contract) };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The packages that hold buf's binary, by Node's names of platform and architecture. */
const binaries: Readonly<Record<string, string>> = {
  'darwin arm64': '@bufbuild/buf-darwin-arm64/bin/buf',
  'darwin x64': '@bufbuild/buf-darwin-x64/bin/buf',
  'linux arm64': '@bufbuild/buf-linux-aarch64/bin/buf',
  'linux arm': '@bufbuild/buf-linux-armv7/bin/buf',
  'linux x64': '@bufbuild/buf-linux-x64/bin/buf',
  'win32 arm64': '@bufbuild/buf-win32-arm64/bin/buf.exe',
  'win32 x64': '@bufbuild/buf-win32-x64/bin/buf.exe',
};

/** Prefers the binary itself: the launcher in `@bufbuild/buf` costs a Node start, five times what buf takes. */
function resolveBuf(): { program: string; args: readonly string[] } | undefined {
  try {
    const require = createRequire(import.meta.url);
    const launcher = require.resolve('@bufbuild/buf/bin/buf');
    const binary = binaries[`${process.platform} ${process.arch}`];
    try {
      if (binary !== undefined) return { program: createRequire(launcher).resolve(binary), args: [] };
    } catch {
      // An installation without optional dependencies: the launcher knows where its install script put the binary.
    }
    return { program: process.execPath, args: [launcher] };
  } catch {
    return undefined;
  }
}

/** Turns what buf printed into diagnostics that point into the workspace. */
export function parseBufErrors(stderr: string, contract: Omit<ContractFolder, 'folder'>): Diagnostic[] {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  const errors = lines.flatMap((line) => parseBufError(line, contract) ?? []);
  if (errors.length > 0) return errors;
  return [
    {
      code: 'contract/buf-failed',
      severity: 'error',
      message: `buf could not read ${contract.path}: ${lines.join(' ').replace(/^Failure: /, '') || 'it said nothing'}`,
      help: `run \`npx buf build ${contract.path}\` to see it by itself`,
    },
  ];
}

function parseBufError(line: string, contract: Omit<ContractFolder, 'folder'>): Diagnostic | undefined {
  const error = parseJson(line);
  if (error?.message === undefined) return undefined;
  const { path, start_line: startLine = 1, start_column: startColumn = 1, end_line: endLine, end_column: end } = error;
  const original = path === undefined ? undefined : contract.imported?.get(path);
  const place = path === undefined ? undefined : { file: original ?? joinPath(contract.path, path), line: startLine };
  const endColumn = endLine === startLine && end !== undefined && end > startColumn ? { endColumn: end } : {};
  return {
    code: 'contract/does-not-compile',
    severity: 'error',
    message: error.message,
    ...(place !== undefined && { span: { ...place, column: startColumn, ...endColumn } }),
    help: original === undefined ? helpFor(error.message) : helpForOriginal(error.message, contract.path),
  };
}

function helpFor(message: string): string {
  if (message.includes('imported file does not exist')) {
    return 'imports are relative to the folder `contract` of this bridge, or of another one in grout.toml; `nx sync` restores grout/v1/options.proto';
  }
  if (message.includes('grout.v1')) return 'grout/v1/options.proto beside the contract lists the options there are';
  return 'the contract is Protobuf: https://protobuf.dev/programming-guides/proto3/';
}

/** The other contract, with the file in it, was compiled before this one: what differs is what buf.yaml adds. */
function helpForOriginal(message: string, using: WorkspacePath): string {
  if (!message.includes('imported file does not exist')) return helpFor(message);
  return `${using}/buf.yaml needs the deps of the buf.yaml beside this file's contract, as ${using} imports the file: add them, and run \`npx buf dep update ${using}\``;
}

function parseJson(line: string): BufError | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function bufMissing(): Diagnostic {
  return {
    code: 'contract/no-buf',
    severity: 'error',
    message: 'the package @bufbuild/buf, which compiles contracts, is not installed',
    help: 'install the workspace again (`npm ci`), with optional dependencies, which hold the binary for this platform',
  };
}
