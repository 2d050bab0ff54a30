import type { Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitGo, type BridgeLayout } from '../index.js';

/** What the package of a lesson declares when some of its names are others. */
function declaredIn(lesson: string, renamed: Readonly<Record<string, string>>): string[] {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, '../testdata', lesson, name), 'utf8');
  let text = read('contract.json');
  for (const [from, to] of Object.entries(renamed)) text = text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
  const layout = JSON.parse(read('layout.json')) as BridgeLayout;
  const abi = { hash: '0123456789abcdef', contractDigest: '', features: [] };
  const files = emitGo(JSON.parse(text) as Contract, layout, abi).filter(
    ({ path }) => path.endsWith('.gen.go') && !path.includes('/cmd/') && !/(?:mock|nocgo)\.gen\.go$/.test(path),
  );
  return files.flatMap((file) => [...file.text.matchAll(/^(?:func|type|var) (\w+)/gm)].map(([, name]) => name ?? ''));
}

it.each([
  ['hosted-in-rust', { Post: 'Unpack', Entry: 'In' }, ['unpackIn', 'unpack2In', 'unpack2Out', 'serveUnpack2']],
  ['hosted-in-rust', { Wait: 'Serve', Break: 'In' }, ['serveIn', 'serveOut', 'serveServe', 'in2In', 'serveIn2']],
  ['callbacks', { Weigher: 'Copy', Sender: 'LookIn' }, ['copyLookIn', 'copyLook2In', 'copyLook2Out', 'serveCopyLook2']],
  ['callbacks', {}, ['weigherLookIn', 'weigherLookOut', 'serveWeigherLook']],
])('declares each name once: %s with %p', (lesson, renamed, some) => {
  const declared = declaredIn(lesson, renamed);
  expect(declared.filter((name, at) => declared.indexOf(name) !== at)).toEqual([]);
  expect(declared).toEqual(expect.arrayContaining(some));
});
