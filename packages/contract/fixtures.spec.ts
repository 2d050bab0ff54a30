import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderDiagnostic, type Diagnostic } from '#diagnostics';
import { workspacePath, type AbsolutePath } from '#paths';
import { NodeProcesses } from '#workspace';
import { readContractImage } from '#workspace';
import { lowerContract, validateContract, type Contract } from './index.js';

const room = import.meta.dirname;
const cases = readdirSync(join(room, 'testdata')).sort();

interface LoweredCase {
  readonly contract: Contract | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function protosIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.proto'));
}

/** The contracts of other bridges, each in a folder of the case that is called after it: a later one may use earlier ones. */
async function lowerOthers(from: string): Promise<Contract[]> {
  const folders = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const others: Contract[] = [];
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { contract, diagnostics } = await lowerCase(join(from, name), name, others, from);
    expect(diagnostics).toEqual([]);
    if (contract !== undefined) others.push(contract);
  }
  return others;
}

/** Compiles the .proto files of a case beside grout's options and lowers them, as the generators do. */
async function lowerCase(
  from: string,
  bridge: string,
  others: readonly Contract[],
  imported: string,
): Promise<LoweredCase> {
  const folder = mkdtempSync(join(tmpdir(), 'grout-contract-')) as AbsolutePath;
  try {
    cpSync(join(room, 'proto'), folder, { recursive: true });
    for (const other of others) {
      for (const name of protosIn(join(imported, other.bridge))) {
        cpSync(join(imported, other.bridge, name), join(folder, name));
      }
    }
    const own = protosIn(from);
    for (const name of own) cpSync(join(from, name), join(folder, name));
    const image = await readContractImage(new NodeProcesses(), { folder, path: workspacePath(bridge) });
    if (image.value === undefined) return { contract: undefined, diagnostics: image.diagnostics };
    const findSource = (name: string) =>
      own.includes(name) ? { path: `${bridge}/${name}`, text: readFileSync(join(folder, name), 'utf8') } : undefined;
    const lowered = lowerContract(bridge, image.value, findSource, others);
    const rules = lowered.value === undefined || lowered.diagnostics.length > 0 ? [] : validateContract(lowered.value);
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

function renderInCase(folder: string, diagnostic: Diagnostic): string {
  const file = diagnostic.span?.file.replace('shop/', '') ?? 'contract.proto';
  return renderDiagnostic(diagnostic, readFileSync(join(folder, file), 'utf8'));
}

// Rule O14
describe('contracts in testdata', () => {
  it.each(cases)('%s', async (name) => {
    const folder = join(room, 'testdata', name);
    const { contract, diagnostics } = await lowerCase(folder, 'shop', await lowerOthers(folder), folder);
    if (diagnostics.length > 0) {
      const rendered = diagnostics.map((diagnostic) => renderInCase(folder, diagnostic));
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
