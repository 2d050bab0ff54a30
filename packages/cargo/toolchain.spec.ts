import { parseRustToolchain } from './index.js';

describe('parseRustToolchain', () => {
  it('reads the channel of a rust-toolchain.toml', () => {
    const text = '[toolchain]\nprofile = "minimal"\nchannel = "1.95.0"\n';
    expect(parseRustToolchain('rust-toolchain.toml', text)).toEqual({
      value: {
        channel: '1.95.0',
        channelSpan: { file: 'rust-toolchain.toml', line: 3, column: 1, endColumn: 8 },
      },
      diagnostics: [],
    });
  });

  it.each(['nightly-2026-01-01', ' nightly-2026-01-01\r\n', 'nightly-2026-01-01\n'])(
    'reads the bare line %j',
    (text) => {
      const { value, diagnostics } = parseRustToolchain('crates/x/rust-toolchain', text);
      expect(value?.channel).toBe('nightly-2026-01-01');
      expect(value?.channelSpan?.column).toBe(text.startsWith(' ') ? 2 : 1);
      expect(diagnostics).toEqual([]);
    },
  );

  it('reads TOML in a file without extension', () => {
    expect(parseRustToolchain('rust-toolchain', '[toolchain]\nchannel = "beta"\n').value?.channel).toBe('beta');
  });

  it('takes a toolchain by path', () => {
    expect(parseRustToolchain('rust-toolchain.toml', '[toolchain]\npath = "/opt/x"\n')).toEqual({
      value: {},
      diagnostics: [],
    });
  });

  it.each([
    ['rust-toolchain.toml', 'channel = "1.95"\n', 'cargo/empty-toolchain', 1],
    ['rust-toolchain', '', 'cargo/empty-toolchain', 1],
    ['rust-toolchain.toml', 'stable', 'cargo/broken-toml', 1],
    ['rust-toolchain.toml', '[toolchain]\nchannel = 1.95\n', 'cargo/wrong-type', 2],
    ['rust-toolchain.toml', 'x = 1\ntoolchain = "stable"\n', 'cargo/wrong-type', 2],
  ])('%s %j gives %s', (file, text, code, line) => {
    expect(parseRustToolchain(file, text).diagnostics).toMatchObject([{ code, span: { file, line } }]);
  });
});
