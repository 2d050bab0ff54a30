import type { Diagnosed } from '#diagnostics';
import { baseName } from '#paths';
import { parseToml } from './toml.js';
import { TomlView } from './toml-view.js';
import type { RustToolchain } from './types.js';

/**
 * Reads a rust-toolchain.toml, or a rust-toolchain file, which may also be one bare line that names the channel.
 * Undefined when it cannot be read (`cargo/broken-toml`, `cargo/empty-toolchain`).
 */
export function parseRustToolchain(file: string, text: string): Diagnosed<RustToolchain | undefined> {
  const lines = text.replace(/\n$/, '').split('\n');
  const channel = lines[0]?.trim() ?? '';
  if (lines.length === 1 && baseName(file) === 'rust-toolchain' && channel !== '') {
    const column = text.indexOf(channel) + 1;
    const channelSpan = { file, line: 1, column, endColumn: column + channel.length };
    return { value: { channel, channelSpan }, diagnostics: [] };
  }
  return parseToolchainToml(file, text);
}

function parseToolchainToml(file: string, text: string): Diagnosed<RustToolchain | undefined> {
  const toml = parseToml(file, text);
  if (toml.value === undefined) return { value: undefined, diagnostics: toml.diagnostics };
  const view = TomlView.open(file, text, toml.value);
  const toolchain = view.table('toolchain');
  if (toolchain === undefined) {
    if (!view.has('toolchain')) reportEmpty(file, view);
    return { value: undefined, diagnostics: view.diagnostics };
  }
  const channel = toolchain.string('channel');
  const value = channel === undefined ? {} : { channel, channelSpan: toolchain.span('channel') };
  return { value, diagnostics: view.diagnostics };
}

function reportEmpty(file: string, view: TomlView): void {
  view.report({
    code: 'cargo/empty-toolchain',
    severity: 'error',
    message: `${file} has no [toolchain]`,
    span: { file, line: 1, column: 1 },
    help: 'add `[toolchain]` with `channel = "…"`, or remove the file',
  });
}
