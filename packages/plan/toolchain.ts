import type { Diagnostic, Span } from '#diagnostics';
import type { ToolchainFloor } from '#graph';

/** Lowest versions that nx-grout supports. */
export const GO_FLOOR = '1.26';
export const RUST_FLOOR = '1.95';

/** A tool as it answered, or as it failed to. */
export interface ToolVersion {
  readonly program: 'cargo' | 'go';
  /** e.g. `1.26.8`; absent when the program is not there or did not answer. */
  readonly version?: string;
  readonly failure?: string;
  /** The place that chooses the toolchain which did not answer. */
  readonly pin?: Span;
}

const INSTALL: Readonly<Record<ToolVersion['program'], string>> = {
  go: `install Go ${GO_FLOOR} or newer and have \`go\` on PATH`,
  cargo: `install Rust ${RUST_FLOOR} or newer with rustup and have \`cargo\` on PATH`,
};

/** What stands in the way of using the tool for a project: missing, too old for us, too old for the manifest. */
export function checkTool(tool: ToolVersion, floor: ToolchainFloor | undefined): Diagnostic | undefined {
  if (tool.version === undefined) {
    const { reason = 'no such program on PATH', help = INSTALL[tool.program] } = readFailure(tool.failure ?? '');
    return {
      code: 'plan/missing-tool',
      severity: 'error',
      message: `\`${tool.program}\` could not be run: ${reason}`,
      ...(tool.pin === undefined ? {} : { span: tool.pin }),
      help,
    };
  }
  const supported = tool.program === 'go' ? GO_FLOOR : RUST_FLOOR;
  if (isOlder(tool.version, supported)) {
    return {
      code: 'plan/old-tool',
      severity: 'error',
      message: `${tool.program} ${tool.version} is older than ${supported}, the lowest that nx-grout supports`,
      help: INSTALL[tool.program],
    };
  }
  if (floor === undefined || !isOlder(tool.version, floor.version)) return undefined;
  return {
    code: 'plan/old-tool',
    severity: 'error',
    message: `the manifest asks for ${tool.program === 'go' ? 'Go' : 'Rust'} ${floor.version}, but ${tool.program} is ${tool.version}`,
    span: floor.span,
    help: 'install that version, or lower what the manifest asks for',
  };
}

/** Reason and advice in what a tool said in place of its version; where it broke inside is nothing to who called it. */
function readFailure(said: string): { readonly reason?: string; readonly help?: string } {
  const [told = ''] = said.split(/^stack backtrace:/im);
  const help = /^help: (.+)$/m.exec(told)?.[1];
  const reason = told
    .replace(/^help: .+$/gm, '')
    .replace(/^error: /, '')
    .trim();
  return { ...(reason === '' ? {} : { reason }), ...(help === undefined ? {} : { help }) };
}

/** Compares dotted numbers; a part that is missing counts as zero, a suffix (`rc1`, `-nightly`) is passed over. */
function isOlder(version: string, floor: string): boolean {
  const parts = (text: string): number[] => (text.match(/^\d+(?:\.\d+)*/)?.[0] ?? '').split('.').map(Number);
  const have = parts(version);
  const want = parts(floor);
  for (let index = 0; index < Math.max(have.length, want.length); index++) {
    const difference = (have[index] ?? 0) - (want[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Version out of `go version go1.26.8 linux/amd64` or `cargo 1.95.0 (…)`. */
export function parseToolVersion(output: string): string | undefined {
  return /\b(?:go|cargo )(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1];
}
