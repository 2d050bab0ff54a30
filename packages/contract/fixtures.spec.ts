import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderDiagnostic, type Diagnostic } from '#diagnostics';
import { workspacePath, type AbsolutePath } from '#paths';
import { NodeProcesses } from '#workspace';
import { readContractImage } from '../workspace/buf.js';
import { lowerContract, validateContract, type Contract } from './index.js';

const room = import.meta.dirname;
const cases = readdirSync(join(room, 'testdata')).sort();

/** Compiles a case beside grout's options and lowers it, as the generators do. */
async function lowerCase(
  text: string,
): Promise<{ contract: Contract | undefined; diagnostics: readonly Diagnostic[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'grout-contract-')) as AbsolutePath;
  try {
    cpSync(join(room, 'proto'), folder, { recursive: true });
    writeFileSync(join(folder, 'contract.proto'), text);
    const image = await readContractImage(new NodeProcesses(), { folder, path: workspacePath('shop') });
    if (image.value === undefined) return { contract: undefined, diagnostics: image.diagnostics };
    const source = { path: 'shop/contract.proto', text };
    const lowered = lowerContract('shop', image.value, () => source);
    const rules = lowered.value === undefined ? [] : validateContract(lowered.value);
    return { contract: lowered.value, diagnostics: [...lowered.diagnostics, ...rules] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compares with the file of the case; UPDATE_GOLDEN=1 writes it. */
function expectGolden(path: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}

describe('contracts in testdata', () => {
  it.each(cases)('%s', async (name) => {
    const folder = join(room, 'testdata', name);
    const text = readFileSync(join(folder, 'contract.proto'), 'utf8');
    const { contract, diagnostics } = await lowerCase(text);
    if (diagnostics.length > 0) {
      const rendered = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, text));
      expectGolden(join(folder, 'want.txt'), `${rendered.join('\n\n')}\n`);
    } else {
      expectGolden(join(folder, 'want.json'), `${JSON.stringify(contract, undefined, 2)}\n`);
    }
  });
});

describe('lowerContract', () => {
  it('says so when the image is broken', () => {
    const { value, diagnostics } = lowerContract('shop', new Uint8Array([1, 2, 3]), (path) => ({ path }));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['contract/broken-image']);
  });

  it('says so when the image holds no file of the bridge', () => {
    const { value, diagnostics } = lowerContract('shop', new Uint8Array(), (path) => ({ path }));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['contract/no-files']);
  });
});
