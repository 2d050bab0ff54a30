import { abiHash, type Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitRust, type BridgeLayout } from '../../index.js';

const lesson = join(import.meta.dirname, '../../testdata/several-hosted');

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(lesson, name), 'utf8'));
}

it.each([false, true])('names modules in the order that rustfmt has, services turned about: %p', (isTurned) => {
  const contract = readJson('contract.json') as Contract;
  const services = isTurned ? contract.services.toReversed() : contract.services;
  const turned = { ...contract, services };
  const abi = { hash: abiHash(turned), contractDigest: '0'.repeat(64), features: [] };
  const files = emitRust(turned, readJson('layout.json') as BridgeLayout, abi);
  const text = files.find(({ path }) => path.endsWith('/generated/mod.rs'))?.text ?? '';
  const modules = [...text.matchAll(/^mod (\w+);$/gm)].map(([, name]) => name);
  expect(modules.filter((name) => name?.startsWith('conformance_'))).toHaveLength(services.length);
  expect(modules).toEqual([...modules].sort());
});
