import { abiHash, abiShape, contractDigest, packingHash } from './index.js';
import type { Contract, ErrorCode, Field, Message, Method } from './types.js';

const declared = (fullName: string) => ({
  name: fullName.slice(fullName.lastIndexOf('.') + 1),
  fullName,
  doc: '',
  span: { file: 'shop.proto', line: 1, column: 1 },
});

function field(fullName: string, number: number, type: Field['type'], changes: Partial<Field> = {}): Field {
  const rest = { cardinality: 'singular', own: 'unspecified', redact: false, maxLen: 0 } as const;
  return { ...declared(fullName), number, type, ...rest, ...changes };
}

function method(name: string, changes: Partial<Method> = {}): Method {
  return {
    ...declared(`shop.v1.Shop.${name}`),
    request: 'shop.v1.Request',
    response: 'shop.v1.Response',
    clientStreaming: false,
    serverStreaming: false,
    mode: 'unspecified',
    budgetNs: 0,
    ...changes,
  };
}

function code(name: string, number: number): ErrorCode {
  return { ...declared(`shop.v1.${name}`), number, hint: '', retry: 'unspecified', redact: false };
}

const money: Message = {
  ...declared('shop.v1.Money'),
  fields: [field('shop.v1.Money.units', 1, { kind: 'scalar', scalar: 'i64' })],
  oneofs: [],
};
const request: Message = {
  ...declared('shop.v1.Request'),
  fields: [
    field('shop.v1.Request.thing', 1, { kind: 'string' }),
    field('shop.v1.Request.price', 7, { kind: 'message', message: 'shop.v1.Money' }),
  ],
  oneofs: [],
};
const response: Message = { ...declared('shop.v1.Response'), fields: [], oneofs: [] };

function contract(changes: {
  messages?: Message[];
  methods?: Method[];
  codes?: ErrorCode[];
  abiMajor?: number;
}): Contract {
  const methods = changes.methods ?? [method('Buy', { errorDomain: 'shop.v1.ShopError' })];
  return {
    bridge: 'shop',
    package: 'shop.v1',
    files: ['shop.proto'],
    services: [{ ...declared('shop.v1.Shop'), abiMajor: changes.abiMajor ?? 1, implementedInGo: false, methods }],
    messages: changes.messages ?? [request, response, money],
    enums: [],
    errorDomains: [{ ...declared('shop.v1.ShopError'), codes: changes.codes ?? [code('SOLD_OUT', 1)] }],
  };
}

const base = contract({});

describe('abiShape', () => {
  it('writes each message down once, by the way that the methods lead to it', () => {
    const shape = JSON.parse(abiShape(base)) as { services: [{ methods: [object] }]; messages: unknown };
    expect(shape.services[0].methods[0]).toMatchObject({ request: 0, response: 2 });
    expect(shape.messages).toEqual([
      {
        fields: [
          [1, 'singular', 'string'],
          [7, 'singular', 1],
        ],
      },
      { fields: [[1, 'singular', 'i64']] },
      { fields: [] },
    ]);
  });

  it('comes to an end on a message that contains itself', () => {
    const tree = field('shop.v1.Request.child', 2, { kind: 'message', message: 'shop.v1.Request' });
    const shape = abiShape(contract({ messages: [{ ...request, fields: [tree] }, response] }));
    expect(JSON.parse(shape)).toMatchObject({ messages: [{ fields: [[2, 'singular', 0]] }, {}] });
  });
});

// Rule V2
describe('abiHash', () => {
  it('is 16 hex digits', () => {
    expect(abiHash(base)).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each<[string, Contract]>([
    ['a comment', contract({ messages: [{ ...request, doc: 'New.' }, response, money] })],
    ['the order of messages', contract({ messages: [money, response, request] })],
    [
      'the name of a field',
      contract({ messages: [request, response, { ...money, fields: money.fields.map((f) => ({ ...f, name: 'n' })) }] }),
    ],
    ['the name of an error code', contract({ codes: [code('OUT_OF_STOCK', 1)] })],
    [
      'saying what was the default',
      contract({ methods: base.services.flatMap((s) => s.methods.map((m) => ({ ...m, mode: 'sync' as const }))) }),
    ],
  ])('stays with %s', (_, changed) => {
    expect(abiHash(changed)).toBe(abiHash(base));
  });

  it('stays with the order of methods', () => {
    const [buy, look] = [method('Buy'), method('Look')];
    expect(abiHash(contract({ methods: [look, buy] }))).toBe(abiHash(contract({ methods: [buy, look] })));
  });

  const retyped = field('shop.v1.Money.units', 1, { kind: 'scalar', scalar: 'u64' });
  const borrowed = field('shop.v1.Request.thing', 1, { kind: 'string' }, { own: 'borrow' });
  it.each<[string, Contract]>([
    ['the major version', contract({ abiMajor: 2 })],
    ['the type of a nested field', contract({ messages: [request, response, { ...money, fields: [retyped] }] })],
    [
      'the order of fields',
      contract({ messages: [{ ...request, fields: [...request.fields].reverse() }, response, money] }),
    ],
    ['who owns a field', contract({ messages: [{ ...request, fields: [borrowed] }, response, money] })],
    ['a field added', contract({ messages: [request, { ...response, fields: [retyped] }, money] })],
    ['a method added', contract({ methods: [...base.services.flatMap((s) => s.methods), method('Look')] })],
    ['an error code added', contract({ codes: [code('SOLD_OUT', 1), code('TOO_DEAR', 2)] })],
    ['a method that can no longer fail', contract({ methods: [method('Buy')] })],
  ])('changes with %s', (_, changed) => {
    expect(abiHash(changed)).not.toBe(abiHash(base));
  });

  it('changes with an alignment', () => {
    const hashes = [undefined, 64, 128].map((align) => {
      const bytes = field('shop.v1.Request.thing', 1, { kind: 'bytes' }, align === undefined ? {} : { align });
      return abiHash(contract({ messages: [{ ...request, fields: [bytes] }, response, money] }));
    });
    expect(new Set(hashes).size).toBe(3);
  });
});

// Rule V2
describe('the object of Go that a method is given', () => {
  const calling = (callsBack?: string): string => {
    const methods = [method('Buy', callsBack === undefined ? {} : { callsBack })];
    const ofGo = ['Watcher', 'Listener'].map((name) => ({
      ...declared(`shop.v1.${name}`),
      abiMajor: 0,
      implementedInGo: true,
      methods: [],
    }));
    const shop = contract({ methods });
    return abiHash({ ...shop, services: [...shop.services, ...ofGo] });
  };

  it('counts by its service, however that is named', () => {
    expect(new Set([calling(), calling('Watcher'), calling('Listener')]).size).toBe(3);
    expect(calling('shop.v1.Watcher')).toBe(calling('Watcher'));
  });
});

describe('packingHash', () => {
  it('is the same in each contract that uses the message, and changes with what lies in it', () => {
    const alone = packingHash(contract({ messages: [money] }), 'shop.v1.Money');
    expect(packingHash(base, 'shop.v1.Money')).toBe(alone);
    expect(alone).toMatch(/^[0-9a-f]{16}$/);
    const widened = {
      ...money,
      fields: [...money.fields, field('shop.v1.Money.nanos', 2, { kind: 'scalar', scalar: 'i32' })],
    };
    const changed = contract({ messages: [request, response, widened] });
    expect(packingHash(changed, 'shop.v1.Money')).not.toBe(alone);
    expect(packingHash(changed, 'shop.v1.Request')).not.toBe(packingHash(base, 'shop.v1.Request'));
  });
});

describe('contractDigest', () => {
  const files = [
    { path: 'a.proto', text: 'one\n' },
    { path: 'b.proto', text: 'two\n' },
  ];

  it('knows neither order nor line ends', () => {
    const other = [...files].reverse().map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\r\n') }));
    expect(contractDigest(other)).toBe(contractDigest(files));
    expect(contractDigest(files)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells apart what only the border between files tells apart', () => {
    const joined = [{ path: 'a.proto', text: 'one\nb.prototwo\n' }];
    expect(contractDigest(joined)).not.toBe(contractDigest(files));
    expect(contractDigest([{ path: 'c.proto', text: 'one\n' }, ...files.slice(1)])).not.toBe(contractDigest(files));
  });
});
