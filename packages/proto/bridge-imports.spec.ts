import { workspacePath } from '#paths';
import { resolveBridgeImports, type BridgeProtos } from './index.js';

/** A bridge of files, each with what it imports; and of copies, each with the path of its original. */
function bridge(
  name: string,
  files: Readonly<Record<string, readonly string[]>>,
  copies: Readonly<Record<string, string>> = {},
): BridgeProtos {
  return {
    bridge: name,
    copies: new Map(Object.entries(copies)),
    files: Object.entries(files).map(([file, imports]) => ({
      name: file,
      path: workspacePath(`libs/${name}/contract/${file}`),
      text: `syntax = "proto3";\n${imports.map((path) => `import "${path}";\n`).join('')}`,
    })),
  };
}

const resolve = (...bridges: readonly BridgeProtos[]) => {
  const { value, diagnostics } = resolveBridgeImports(bridges);
  const named = [...value].map(([name, files]) => [name, files.map((file) => `${file.bridge}:${file.name}`)]);
  return { imported: Object.fromEntries(named) as Record<string, string[]>, diagnostics };
};

describe('resolveBridgeImports', () => {
  it('finds files of other bridges over any number of steps, and leaves the rest to the compiler', () => {
    const { imported, diagnostics } = resolve(
      bridge('billing', {
        'billing.proto': ['grout/v1/options.proto', 'more.proto', 'pricing.proto'],
        'more.proto': [],
      }),
      bridge('money', { 'currency.proto': [], 'money.proto': ['currency.proto'] }),
      bridge('pricing', { 'pricing.proto': ['money.proto', 'typo.proto'] }),
    );
    expect(diagnostics).toEqual([]);
    expect(imported).toEqual({
      billing: ['money:currency.proto', 'money:money.proto', 'pricing:pricing.proto'],
      money: [],
      pricing: ['money:currency.proto', 'money:money.proto'],
    });
  });

  it("takes a bridge's own file before one of the same name elsewhere", () => {
    const { imported, diagnostics } = resolve(
      bridge('a', { 'a.proto': ['common.proto'], 'common.proto': [] }),
      bridge('b', { 'b.proto': ['common.proto'], 'common.proto': [] }),
    );
    expect([imported, diagnostics]).toEqual([{ a: [], b: [] }, []]);
  });

  it('refuses a name that several bridges have, and two files of one name in one contract', () => {
    const two = [bridge('a', { 'common.proto': [] }), bridge('b', { 'b.proto': ['common.proto'], 'common.proto': [] })];
    expect(resolve(...two, bridge('c', { 'c.proto': ['common.proto'] })).diagnostics).toEqual([
      expect.objectContaining({
        code: 'proto/ambiguous-import',
        message:
          'common.proto is a file of several bridges: a (libs/a/contract/common.proto) and b (libs/b/contract/common.proto)',
        span: { file: 'libs/c/contract/c.proto', line: 2, column: 9, endColumn: 21 },
      }),
    ]);
    const own = bridge('c', { 'c.proto': ['b.proto'], 'common.proto': [] });
    expect(resolve(...two.slice(1), own).diagnostics).toEqual([
      expect.objectContaining({
        code: 'proto/ambiguous-import',
        span: { file: 'libs/b/contract/b.proto', line: 2, column: 9, endColumn: 21 },
      }),
    ]);
  });

  it('tells of a copy whose original no bridge has any more, where it is imported, once', () => {
    const copies = { 'money.proto': 'libs/money/contract/money.proto', 'left.proto': 'libs/left/contract/left.proto' };
    const { imported, diagnostics } = resolve(
      bridge('a', { 'a.proto': ['money.proto', 'left.proto', 'b.proto'] }, copies),
      bridge('b', { 'b.proto': ['left.proto'] }, copies),
      bridge('money', { 'money.proto': [] }),
      bridge('c', { 'c.proto': ['left.proto', 'b.proto'] }),
    );
    expect(imported['a']).toEqual(['b:b.proto', 'money:money.proto']);
    const wanted = {
      code: 'proto/stale-copy',
      message: 'left.proto is a copy of libs/left/contract/left.proto, which no bridge of grout.toml has any more',
    };
    expect(diagnostics).toEqual([
      expect.objectContaining({
        ...wanted,
        span: { file: 'libs/a/contract/a.proto', line: 3, column: 9, endColumn: 19 },
      }),
      expect.objectContaining({
        ...wanted,
        span: { file: 'libs/b/contract/b.proto', line: 2, column: 9, endColumn: 19 },
      }),
    ]);
  });

  it('refuses bridges that import each other, once for each cycle, at the import that closes it', () => {
    const { diagnostics } = resolve(
      bridge('a', { 'a.proto': ['b.proto'], 'base.proto': [] }),
      bridge('b', { 'b.proto': ['c.proto'] }),
      bridge('c', { 'c.proto': ['base.proto'] }),
    );
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'proto/bridge-cycle',
        message: 'the contracts of these bridges import each other: a → b → c → a',
        span: { file: 'libs/c/contract/c.proto', line: 2, column: 9, endColumn: 19 },
      }),
    ]);
  });
});
