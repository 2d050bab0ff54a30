import type { Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersOf, tailLeaves, type Members } from './crossing.js';

function lesson(name: string): Contract {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'testdata', name, 'contract.json'), 'utf8')) as Contract;
}

/** Names in the order of the ABI. */
function abiOrder({ leaves, nested }: Members): string[] {
  return [...leaves.map(({ name }) => name), ...nested.flatMap((it) => [it.presence, ...abiOrder(it.members)])];
}

it('puts the leaves of a message before its messages, and numbers names that flattening makes equal', () => {
  expect(abiOrder(membersOf(lesson('nested-messages'), 'orders.v1.Order'))).toEqual([
    'id',
    'note',
    'customer_name',
    'has_customer',
    'customer_name_2',
    'customer_age',
    'customer_has_address',
    'customer_address_street',
    'customer_address_geo_hash',
    'customer_address_latitude',
    'customer_address_longitude',
    'has_ship_to',
    'ship_to_street',
    'ship_to_geo_hash',
    'ship_to_latitude',
    'ship_to_longitude',
    'has_gift',
  ]);
});

it('names what has bytes in the order of the tail, by the path that people know', () => {
  const paths = tailLeaves(membersOf(lesson('nested-messages'), 'orders.v1.Order')).map(({ path }) => path);
  expect(paths).toEqual([
    'id',
    'note',
    'customer_name',
    'customer.name',
    'customer.address.street',
    'customer.address.geo_hash',
    'ship_to.street',
    'ship_to.geo_hash',
  ]);
});

it('lets no leaf have the name of a keyword, a macro or a parameter', () => {
  const names = abiOrder(membersOf(lesson('keywords-and-initialisms'), 'lexicon.v1.Keywords'));
  for (const name of ['type', 'func', 'self', 'match', 'out', 'call', 'double', 'linux', 'request']) {
    expect(names).not.toContain(name);
    expect(names).toContain(`${name}_`);
  }
});
