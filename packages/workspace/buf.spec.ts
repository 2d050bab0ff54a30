import { workspacePath, type AbsolutePath } from '#paths';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBufErrors, readContractImage } from './buf.js';
import { NodeProcesses } from './node-processes.js';

const contract = { folder: '' as AbsolutePath, path: workspacePath('libs/pricing/contract') };

function readWith(files: Readonly<Record<string, string>>): ReturnType<typeof readContractImage> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(contract.folder, path, '..'), { recursive: true });
    writeFileSync(join(contract.folder, path), text);
  }
  return readContractImage(new NodeProcesses(), contract);
}

describe('readContractImage', () => {
  beforeEach(() => {
    contract.folder = mkdtempSync(join(tmpdir(), 'grout buf-')) as AbsolutePath;
  });
  afterEach(() => {
    rmSync(contract.folder, { recursive: true });
  });

  it('compiles the folder to a descriptor set', async () => {
    const { value, diagnostics } = await readWith({
      'a/v1/a.proto': 'syntax = "proto3";\npackage a.v1;\nmessage Size {}\n',
    });
    expect(diagnostics).toEqual([]);
    expect(Buffer.from(value ?? []).includes('a/v1/a.proto')).toBe(true);
  });

  it('gives no image but the place of each error', async () => {
    const { value, diagnostics } = await readWith({
      'a/v1/a.proto': 'syntax = "proto3";\npackage a.v1;\nmessage A {\n  int64 x = 1;\n  Missing y = 2;\n}\n',
    });
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ message, span }) => ({ message, span }))).toEqual([
      {
        message: 'cannot find `Missing` in this scope',
        span: { file: 'libs/pricing/contract/a/v1/a.proto', line: 5, column: 3, endColumn: 10 },
      },
    ]);
  });

  it('says so when the folder has no contract', async () => {
    const { value, diagnostics } = await readWith({});
    expect(value).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(['contract/buf-failed']);
    expect(diagnostics[0]?.message).toContain('libs/pricing/contract');
  });
});

describe('parseBufErrors', () => {
  it('points at the place in the workspace', () => {
    const line =
      '{"path":"pricing/v1/pricing.proto","start_line":6,"start_column":2,"end_line":6,"end_column":8,' +
      '"type":"COMPILE","message":"unexpected `string` after definition"}\n';
    expect(parseBufErrors(line, contract)).toEqual([
      {
        code: 'contract/does-not-compile',
        severity: 'error',
        message: 'unexpected `string` after definition',
        span: { file: 'libs/pricing/contract/pricing/v1/pricing.proto', line: 6, column: 2, endColumn: 8 },
        help: 'the contract is Protobuf: https://protobuf.dev/programming-guides/proto3/',
      },
    ]);
  });

  it('keeps every error, and helps with a missing import and with an option of grout', () => {
    const lines = [
      '{"path":"a.proto","start_line":4,"start_column":1,"message":"imported file does not exist"}',
      '{"path":"a.proto","start_line":9,"start_column":3,"message":"cannot resolve message field name for `grout.v1.Field`"}',
    ];
    const diagnostics = parseBufErrors(lines.join('\n'), contract);
    expect(diagnostics.map((diagnostic) => diagnostic.span?.line)).toEqual([4, 9]);
    expect(diagnostics[0]?.help).toContain('nx sync');
    expect(diagnostics[1]?.help).toContain('options.proto');
  });

  it('points into the file of another bridge that a copy stands for, and says whose buf.yaml lacks its deps', () => {
    const imported = new Map([['money/v1/money.proto', workspacePath('libs/money/contract/money/v1/money.proto')]]);
    const lines = [
      '{"path":"money/v1/money.proto","start_line":3,"start_column":1,"message":"imported file does not exist"}',
      '{"path":"money/v1/money.proto","start_line":4,"start_column":13,"message":"cannot find `dep.X` in this scope"}',
      '{"path":"pricing.proto","start_line":5,"start_column":1,"message":"imported file does not exist"}',
    ];
    const diagnostics = parseBufErrors(lines.join('\n'), { ...contract, imported });
    expect(diagnostics.map(({ span }) => span?.file)).toEqual([
      'libs/money/contract/money/v1/money.proto',
      'libs/money/contract/money/v1/money.proto',
      'libs/pricing/contract/pricing.proto',
    ]);
    expect(diagnostics[0]?.help).toContain('libs/pricing/contract/buf.yaml needs the deps');
    expect(diagnostics[2]?.help).not.toContain('buf.yaml');
  });

  it('passes on what is not JSON', () => {
    const text = 'Failure: decode buf.yaml: yaml: unmarshal errors:\n  line 2: field lin not found\n';
    expect(parseBufErrors(text, contract)).toEqual([
      expect.objectContaining({
        code: 'contract/buf-failed',
        message: expect.stringContaining('field lin not found') as unknown,
      }),
    ]);
  });
});
