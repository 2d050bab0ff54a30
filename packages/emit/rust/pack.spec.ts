import type { Contract, Message } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitRust, type BridgeLayout } from '../index.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../testdata/nested-messages', name), 'utf8'));

/** How the crate packs an order, when its customer has so many more members. */
function packing(more: number): string {
  const contract = read('contract.json') as Contract;
  const grown = contract.messages.map((message): Message => {
    const [field] = message.fields;
    if (message.name !== 'Customer' || field === undefined) return message;
    const fields = Array.from({ length: more }, (_, at) => {
      const name = `more_${at}`;
      return { ...field, name, fullName: `${message.fullName}.${name}`, number: 1000 + at };
    });
    return { ...message, fields: [...message.fields, ...fields] };
  });
  const abi = { hash: '0123456789abcdef', contractDigest: '', features: [] };
  const files = emitRust({ ...contract, messages: grown }, read('layout.json') as BridgeLayout, abi);
  return files.find(({ path }) => path.endsWith('/pack.rs'))?.text ?? '';
}

// Rule L3, which says from where on a mock counts depth
it('tells what a call packs from what it flattens', () => {
  expect(packing(0)).toContain('packer.field("customer", &self.customer)');
  expect(packing(48)).toContain('packer.packed("customer", &self.customer)');
});
