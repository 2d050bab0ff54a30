import type { Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPacked, callsOf, Flattening, requestSlots, responseSlots, tailLeaves, type Members } from './crossing.js';

function lesson(name: string): Contract {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'testdata', name, 'contract.json'), 'utf8')) as Contract;
}

/** Names in the order of the ABI. */
function abiOrder({ leaves, nested }: Members): string[] {
  return [...leaves.map(({ name }) => name), ...nested.flatMap((it) => [it.presence, ...abiOrder(it.members)])];
}

// Rule L2
it('puts the leaves of a message before its messages, and numbers names that flattening makes equal', () => {
  expect(abiOrder(new Flattening(lesson('nested-messages')).flatten('orders.v1.Order'))).toEqual([
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
  const paths = tailLeaves(new Flattening(lesson('nested-messages')).flatten('orders.v1.Order')).map(
    ({ path }) => path,
  );
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
  const names = abiOrder(new Flattening(lesson('keywords-and-initialisms')).flatten('lexicon.v1.Keywords'));
  for (const name of ['type', 'func', 'self', 'match', 'out', 'call', 'double', 'linux', 'request']) {
    expect(names).not.toContain(name);
    expect(names).toContain(`${name}_`);
  }
});

describe('every type', () => {
  const contract = lesson('every-type');
  const flattening = new Flattening(contract);
  const [echo] = callsOf(contract);
  if (echo === undefined) throw new Error('no call');

  it('packs lists, maps, oneofs and messages that contain themselves, those of inner messages last', () => {
    const packed = allPacked(flattening.flatten('catalog.v1.Product')).map(({ path }) => path);
    expect(packed.slice(0, 3)).toEqual(['flags', 'steps', 'serials']);
    expect(packed.slice(-3)).toEqual(['payment', 'main.notes', 'main.spare']);
    expect(packed).toHaveLength(18);
  });

  it('gives what may be absent a flag, a time its nanoseconds, and all that is packed one pointer and length', () => {
    const slots = requestSlots(echo).map(({ name, type }) => `${name} ${type}`);
    expect(slots).toEqual(
      expect.arrayContaining([
        'color i32',
        'has_maybe_stock bool',
        'maybe_stock i64',
        'has_maybe_name bool',
        'maybe_name pointer',
        'maybe_name_len length',
        'has_created bool',
        'created i64',
        'created_nanos u32',
        'has_warranty bool',
        'warranty i64',
      ]),
    );
    expect(slots.slice(-2)).toEqual(['pack pointer', 'pack_len length']);
  });

  it('has only lengths of texts, bytes and packs in a response', () => {
    const slots = responseSlots(echo);
    expect(slots.filter(({ type }) => type === 'pointer')).toEqual([]);
    expect(slots.at(-1)).toEqual({ name: 'pack_len', type: 'length' });
  });
});

it('packs messages in a message where flattening them would give too many parameters', () => {
  const wide = lesson('scalars');
  const [sample] = wide.messages;
  if (sample === undefined) throw new Error('no message');
  const fieldOf = (name: string, type: string) => ({
    ...sample.fields[0],
    name,
    fullName: `${sample.fullName}.${name}`,
    type: { kind: 'message', message: type },
    cardinality: 'singular',
  });
  const level = (name: string, inner: string) => ({
    ...sample,
    fullName: name,
    fields: ['a', 'b', 'c', 'd'].map((field) => fieldOf(field, inner)),
  });
  const leaf = { ...sample, fullName: 'x.Leaf' };
  const contract = {
    ...wide,
    messages: [level('x.Top', 'x.Mid'), level('x.Mid', 'x.Low'), level('x.Low', 'x.Leaf'), leaf],
  } as Contract;
  const { nested, packed } = new Flattening(contract).flatten('x.Top');
  expect([nested.length, packed.length]).toEqual([0, 4]);
});

it('packs no message with views, however large it is', () => {
  const views = lesson('views');
  const wide = (field: Contract['messages'][number]['fields'][number]) =>
    Array.from({ length: 60 }, (_, at) => ({ ...field, name: `f${at}`, fullName: `shelf.v1.Wide.f${at}` }));
  const numbers = views.messages.find(({ fullName }) => fullName === 'shelf.v1.ReadResponse')?.fields.slice(-1) ?? [];
  const messages = views.messages.map((message) =>
    message.fullName === 'shelf.v1.Card'
      ? { ...message, fields: [...message.fields, ...numbers.flatMap(wide)] }
      : message,
  );
  const { nested, packed } = new Flattening({ ...views, messages }).flatten('shelf.v1.ReadResponse');
  expect([nested.length, packed.length, nested[0]?.members.leaves.length]).toEqual([1, 0, 63]);
});
