import type { Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitGo, type BridgeLayout, type GeneratedFile } from '../index.js';

/** The Go side of a lesson with another contract. */
function emitLesson(lesson: string, edit: (contract: string) => Contract): GeneratedFile[] {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, '../testdata', lesson, name), 'utf8');
  const layout = JSON.parse(read('layout.json')) as BridgeLayout;
  const abi = { hash: '0123456789abcdef', contractDigest: '', features: [] };
  return emitGo(edit(read('contract.json')), layout, abi);
}

/** What the package of a lesson declares when some of its names are others. */
function declaredIn(lesson: string, renamed: Readonly<Record<string, string>>): string[] {
  const edit = (contract: string): Contract => {
    let text = contract;
    for (const [from, to] of Object.entries(renamed)) text = text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
    return JSON.parse(text) as Contract;
  };
  const files = emitLesson(lesson, edit).filter(
    ({ path }) => path.endsWith('.gen.go') && !path.includes('/cmd/') && !/(?:mock|nocgo)\.gen\.go$/.test(path),
  );
  return files.flatMap((file) => [...file.text.matchAll(/^(?:func|type|var) (\w+)/gm)].map(([, name]) => name ?? ''));
}

it.each([
  [
    'hosted-in-rust',
    { Post: 'Unpack', Entry: 'In' },
    ['groutUnpackIn', 'groutUnpack2In', 'groutUnpack2Out', 'groutServeUnpack2'],
  ],
  [
    'hosted-in-rust',
    { Wait: 'Serve', Break: 'In' },
    ['groutServeIn', 'groutServeOut', 'groutServeServe', 'groutIn2In', 'groutServeIn2'],
  ],
  ['callbacks', { Weigher: 'Copy', Sender: 'LookIn' }, ['copyLookIn', 'copyLook2In', 'copyLook2Out', 'serveCopyLook2']],
  ['callbacks', {}, ['weigherLookIn', 'weigherLookOut', 'serveWeigherLook']],
])('declares each name once: %s with %p', (lesson, renamed, some) => {
  const declared = declaredIn(lesson, renamed);
  expect(declared.filter((name, at) => declared.indexOf(name) !== at)).toEqual([]);
  expect(declared).toEqual(expect.arrayContaining(some));
});

it.each(['hosted-in-rust', 'hosted-objects', 'hosted-callbacks', 'several-hosted'])(
  'declares nothing in the package of %s, or in its archive, that its user may declare',
  (lesson) => {
    const files = emitLesson(lesson, (text) => JSON.parse(text) as Contract);
    const own = files.filter(({ path }) => /\.gen(?:_test)?\.go$/.test(path) && !path.endsWith('/api.gen.go'));
    const declared = own.flatMap(({ text }) =>
      [...text.matchAll(/^(?:func|type|var|const) (\w+)/gm)].map(([, name]) => name),
    );
    expect(declared).not.toEqual([]);
    expect(
      declared.filter(
        (name = '') => !/^[Gg]rout[A-Z]|_v1_|^(?:boundary|fuzzBoundary|(?:Test|Fuzz)Boundary)/.test(name),
      ),
    ).toEqual([]);
  },
);

it('declares nothing in an archive that the package of a bridge may be called', () => {
  const files = emitLesson('hosted-objects', (text) => JSON.parse(text) as Contract);
  const exports = files.find(({ path }) => path.endsWith('exports.gen.go'))?.text ?? '';
  const declared = [...exports.matchAll(/^(?:func|type|var) (\w+)/gm)].map(([, name]) => name ?? '');
  expect(declared).not.toEqual([]);
  expect(declared.filter((name) => /^[a-z0-9]+$/.test(name))).toEqual([]);
});

// Rule G9
it.each([
  [['always', 'always'], true],
  [['always', 'never'], false],
  [['never', 'always'], false],
] as const)('lets foreign texts of a close cross when services that open one are %p: %p', (foreignTexts, shows) => {
  const files = emitLesson('hosted-objects', (text) => {
    const contract = JSON.parse(text) as Contract;
    const [service] = contract.services;
    if (service === undefined) throw new Error('no service');
    const services = foreignTexts.map((foreignText, at) => {
      const name = `${service.name}${String(at)}`;
      const methods = service.methods.filter((method) => method.name === 'Open');
      return { ...service, name, fullName: `${service.fullName}${String(at)}`, foreignText, methods };
    });
    return { ...contract, services };
  });
  const server = files.find(({ path }) => path.endsWith('server.gen.go'))?.text ?? '';
  expect(server).toContain('Journal.Close');
  expect(/^\tShowForeign: true,$/m.test(server)).toBe(shows);
});
