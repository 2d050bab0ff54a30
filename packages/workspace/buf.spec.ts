import { workspacePath, type AbsolutePath } from '#paths';
import { readContractImage, parseBufErrors, type CaptureProcess } from './buf.js';

const contract = { folder: '/w/libs/pricing/contract' as AbsolutePath, path: workspacePath('libs/pricing/contract') };

/** Answers each call with the same result and keeps what it was asked. */
function recordedProcess(result: { exitCode: number; stdout?: string; stderr?: string }) {
  const commands: Parameters<CaptureProcess['capture']>[0][] = [];
  const processes: CaptureProcess = {
    capture: (command) => {
      commands.push(command);
      const stdout = new TextEncoder().encode(result.stdout ?? '');
      return Promise.resolve({ exitCode: result.exitCode, stdout, stderr: result.stderr ?? '' });
    },
  };
  return { processes, commands };
}

describe('readContractImage', () => {
  it('runs buf in the folder of the contract and gives its output', async () => {
    const { processes, commands } = recordedProcess({ exitCode: 0, stdout: 'image' });
    const { value, diagnostics } = await readContractImage(processes, contract);
    expect(new TextDecoder().decode(value)).toBe('image');
    expect(diagnostics).toEqual([]);
    expect(commands).toHaveLength(1);
    expect(commands[0]?.program).toMatch(/buf(\.exe)?$/);
    expect(commands[0]?.cwd).toBe('/w/libs/pricing/contract');
    expect(commands[0]?.args.slice(0, 2)).toEqual(['build', '.']);
  });

  it('gives no image when buf fails, whatever it has printed', async () => {
    const { processes } = recordedProcess({ exitCode: 1, stdout: 'half', stderr: 'Failure: disk full' });
    const { value, diagnostics } = await readContractImage(processes, contract);
    expect(value).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      'buf could not read libs/pricing/contract: disk full',
    ]);
  });
});

describe('parseBufErrors', () => {
  it('points at the place in the workspace', () => {
    const line =
      '{"path":"pricing/v1/pricing.proto","start_line":6,"start_column":2,"end_line":6,"end_column":8,' +
      '"type":"COMPILE","message":"unexpected `string` after definition"}\n';
    expect(parseBufErrors(line, contract.path)).toEqual([
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
    const diagnostics = parseBufErrors(lines.join('\n'), contract.path);
    expect(diagnostics.map((diagnostic) => diagnostic.span?.line)).toEqual([4, 9]);
    expect(diagnostics[0]?.help).toContain('nx sync');
    expect(diagnostics[1]?.help).toContain('options.proto');
  });

  it('passes on what is not JSON', () => {
    const text = 'Failure: decode buf.yaml: yaml: unmarshal errors:\n  line 2: field lin not found\n';
    expect(parseBufErrors(text, contract.path)).toEqual([
      expect.objectContaining({
        code: 'contract/buf-failed',
        message: expect.stringContaining('field lin not found') as unknown,
      }),
    ]);
  });
});
