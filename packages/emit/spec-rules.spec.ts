import { workspacePath, type AbsolutePath } from '#paths';
import { NodeProcesses, readContractImage } from '#workspace';
import { createFileRegistry, fromBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const room = import.meta.dirname;
const specification = readFileSync(join(room, '../../docs/spec/errors.md'), 'utf8');

function testsBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /(?:_test\.go|\.rs|\.spec\.ts)$/.test(name) && !name.includes('generated'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/**
 * The rules of a page that comments name: `// Rules E1, E2 and C4` → of E, `E1`, `E2`; so do those that begin with
 * `Proves`, up to what they expect.
 */
function rulesIn(text: string, letter: string): string[] {
  const ofPage = new RegExp(`\\b${letter}\\d+[a-z]?\\b`, 'g');
  const named = [...text.matchAll(/\/\/ Rules? ([A-Z]\d.*)|\/\/ Proves ((?:(?!Expected:)[\s\S]){1,400}?)Expected:/g)];
  return named.flatMap(([, rules, proven]) => (rules ?? proven)?.match(ofPage) ?? []);
}

/** The letters of what a rule says, where it says several things: `(a) … (b) …` → a, b; in order, without a gap. */
function partsIn(said: string): string[] {
  const letters = [...said.matchAll(/(?<=[.;*] |^)\(([a-z])\) /g)].map(([, letter = '']) => letter);
  expect(letters).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].slice(0, letters.length));
  return letters;
}

describe.each([
  ['calling.md', 'C'],
  ['errors.md', 'E'],
  ['hosting.md', 'G'],
  ['layout.md', 'L'],
  ['ownership.md', 'O'],
  ['threads.md', 'T'],
  ['versions.md', 'V'],
])('the specification in %s', (page, letter) => {
  it('numbers each rule once, and each, or each part that has a letter, has a test that names it', () => {
    const text = readFileSync(join(room, '../../docs/spec', page), 'utf8');
    const heads = new RegExp(String.raw`^(?:- )?\*\*(${letter}\d+)\b(.*)`, 'gm');
    const found = [...text.matchAll(heads)].map(([, rule = '', said = '']) => ({ rule, parts: partsIn(said) }));
    const rules = found.map(({ rule }) => rule);
    const promises = found.flatMap(({ rule, parts }) =>
      parts.length === 0 ? [rule] : parts.map((part) => rule + part),
    );
    const tests = ['.', '../contract', '../run'].flatMap((folder) => testsBelow(join(room, folder)));
    const proven = tests.flatMap((test) => rulesIn(test, letter));
    expect(rules.length).toBeGreaterThan(0);
    expect(new Set(rules).size).toBe(rules.length);
    expect(promises.filter((promise) => !proven.includes(promise))).toEqual([]);
    expect(proven.filter((name) => !promises.includes(name) && !rules.includes(name))).toEqual([]);
  });
});

/** The bytes that a runtime's tests have an error for, written over several lines there. */
function bytesIn(path: string): Uint8Array {
  const literal = /(?:wholeHex|BYTES: &str) = ((?:"?[0-9a-f]+[\\"+\s]+)+)/.exec(readFileSync(join(room, path), 'utf8'));
  return Uint8Array.from(Buffer.from((literal?.[1] ?? '').replaceAll(/[^0-9a-f]/g, ''), 'hex'));
}

async function decode(bytes: Uint8Array): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'grout-error-')) as AbsolutePath;
  try {
    writeFileSync(join(folder, 'error.proto'), /```proto\n([^`]*)```/.exec(specification)?.[1] ?? '');
    const image = await readContractImage(new NodeProcesses(), { folder, path: workspacePath('spec') });
    expect(image.diagnostics).toEqual([]);
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image.value ?? new Uint8Array()));
    const schema = registry.getMessage('grout.v1.Error');
    if (schema === undefined) throw new Error('the specification has no message Error');
    return toJson(schema, fromBinary(schema, bytes));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Rule E19
describe('the bytes of an error', () => {
  it('are the same in both runtimes, and what the specification says of them', async () => {
    const bytes = bytesIn('rust/runtime/src/wire.rs');
    expect(bytesIn('go/runtime/wire_test.go')).toEqual(bytes);
    expect(await decode(bytes)).toEqual({
      domain: 'test.v1.TestError',
      code: 7,
      name: 'LOCKED',
      message: 'held by 42',
      hint: 'wait for grüße',
      args: [{ name: 'holder', value: 'grüße' }, {}],
      retry: 2,
      retryAfterNs: '1500000000',
      canonical: 10,
      causes: [{ domain: 'other.v1.OtherError', code: -3, name: 'ODD', message: 'odd' }, { message: 'disk full' }],
      hops: [
        {
          side: 1,
          method: 'Store.Open',
          location: 'src/store.rs:41:9',
          traceIdHigh: '1',
          traceIdLow: '18446744073709551615',
          spanId: '3',
        },
        { side: 2 },
      ],
      backtrace: '0: main',
    });
  });
});
