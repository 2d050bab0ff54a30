import type { Contract, Enum, ErrorDomain, Field, Message, Method, Service } from '#contract';
import { DiagnosticError, type Diagnostic } from '#diagnostics';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEmittable, emitGo, emitRust, type BridgeLayout } from './index.js';

const span = { file: 'c.proto', line: 3, column: 5 };
const declared = (name: string): { name: string; fullName: string; doc: string; span: typeof span } => {
  return { name, fullName: `t.v1.${name}`, doc: '', span };
};

function field(name: string, changes: Partial<Field> = {}): Field {
  const plain = {
    number: 1,
    type: { kind: 'string' },
    cardinality: 'singular',
    own: 'unspecified',
    redact: false,
    maxLen: 0,
  } as const;
  return { ...declared(name), ...plain, ...changes };
}

function message(name: string, ...fields: readonly Field[]): Message {
  return { ...declared(name), fields, oneofs: [] };
}

function method(name: string, changes: Partial<Method> = {}): Method {
  const messages = { request: 't.v1.Request', response: 't.v1.Response' };
  const plain = { clientStreaming: false, serverStreaming: false, mode: 'unspecified', budgetNs: 0 } as const;
  return { ...declared(name), ...messages, ...plain, ...changes };
}

function domain(name: string, ...codes: readonly string[]): ErrorDomain {
  const lowered = codes.map((code, at) => {
    return { ...declared(code), number: at + 1, hint: '', retry: 'unspecified' as const, redact: false };
  });
  return { ...declared(name), codes: lowered };
}

function service(...methods: readonly Method[]): Service {
  return { ...declared('Things'), abiMajor: 1, implementedInGo: false, methods };
}

function serviceNamed(name: string, ...methods: readonly Method[]): Service {
  return { ...service(...methods), ...declared(name) };
}

function enumeration(name: string, ...values: readonly string[]): Enum {
  return { ...declared(name), values: values.map((value, number) => ({ ...declared(value), number })) };
}

/** A message with a oneof of texts. */
function choice(name: string, oneof: string, ...alternatives: readonly string[]): Message {
  const fields = alternatives.map((it) => field(it, { cardinality: 'oneof', oneof }));
  return { ...message(name, ...fields), oneofs: [declared(oneof)] };
}

function contract(changes: Partial<Contract> = {}): Contract {
  return {
    bridge: 'things',
    package: 't.v1',
    files: ['c.proto'],
    services: [service(method('Get'))],
    messages: [message('Request'), message('Response')],
    enums: [],
    errorDomains: [],
    ...changes,
  };
}

function messages(changes: Partial<Contract>): string[] {
  const diagnostics = checkEmittable(contract(changes), []);
  for (const { help } of diagnostics) expect(help).toBeTruthy();
  return diagnostics.map((it) => it.message);
}

const plain = [message('Request'), message('Response')];

/** What methods of two services are called on. */
const handle = { ...message('Thing'), handle: { closeBlocks: false, threadSafe: true } };

const withFields = (...fields: readonly Field[]): Partial<Contract> => ({
  messages: [message('Request', ...fields), message('Response')],
});

it('has nothing to say about a plain contract', () => {
  expect(messages({})).toEqual([]);
});

it('lets services have methods of the same name', () => {
  expect(messages({ services: [serviceNamed('A', method('Get')), serviceNamed('B', method('Get'))] })).toEqual([]);
});

describe('what is not supported yet is refused at its place', () => {
  it.each<[string, Partial<Contract>]>([
    ['Get streams', { services: [service(method('Get', { serverStreaming: true }))] }],
    ['Get streams', { services: [service(method('Get', { clientStreaming: true }))] }],
    ['Get is async', { services: [service(method('Get', { mode: 'async' }))] }],
    ['text is moved', withFields(field('text', { own: 'move' }))],
  ])('%s', (what, changes) => {
    expect(messages(changes)).toContain(`not supported yet: ${what}`);
    expect(checkEmittable(contract(changes), [])).toContainEqual(
      expect.objectContaining({ code: 'emit/unsupported', span }),
    );
  });
});

it('lets a contract have messages alone', () => {
  expect(messages({ services: [] })).toEqual([]);
});

describe('features of methods', () => {
  const features = ['simd', 'tracing'].map((name) => ({ name, cargo: [name], goTags: [name] }));
  const check = (changes: Partial<Contract>): Diagnostic[] => checkEmittable(contract(changes), features);

  it('are those that the bridge can be built with', () => {
    expect(check({ services: [service(method('Get', { feature: 'simd' }))] })).toEqual([]);
    expect(check({ services: [service(method('Get', { feature: 'smid' }))] })).toEqual([
      expect.objectContaining({
        code: 'emit/unknown-feature',
        message: 'Get belongs to the feature `smid`, which this bridge cannot be built with',
        help: "did you mean `simd`? Else declare it in [features] of the crate's Cargo.toml, and in grout.toml if its name can be no build tag of Go (known: simd, tracing)",
        span,
      }),
    ]);
    const [unknown] = checkEmittable(contract({ services: [service(method('Get', { feature: 'simd' }))] }), []);
    expect(unknown?.help).toBe(
      "declare it in [features] of the crate's Cargo.toml, and in grout.toml if its name can be no build tag of Go (the bridge has no features)",
    );
  });

  const opening = (...conditions: (string | undefined)[]): Partial<Contract> => ({
    messages: [...plain, handle],
    services: [
      service(
        ...conditions.map((feature, at) =>
          method(`Open${at}`, { response: 't.v1.Thing', ...(feature !== undefined && { feature }) }),
        ),
      ),
    ],
  });

  it('give a handle one condition, or none', () => {
    expect(check(opening('simd', 'simd'))).toEqual([]);
    expect(check(opening('simd', undefined, 'tracing'))).toEqual([]);
    expect(check(opening('simd', 'tracing'))).toEqual([
      expect.objectContaining({
        code: 'emit/unsupported',
        message: 'Thing is returned by methods of different features only: Open0 (simd) and Open1 (tracing)',
      }),
    ]);
  });

  it('do not give Go a name that the contract has', () => {
    const clashing = { messages: [...plain, message('ServiceWithSimd')] };
    expect(check({ ...clashing, services: [service(method('Get', { feature: 'simd' }))] })).toEqual([
      expect.objectContaining({ message: 'Get and ServiceWithSimd (c.proto:3:5) are both ServiceWithSimd in Go' }),
    ]);
  });
});

describe('names that clash in one of the languages are refused', () => {
  it.each<[string, Partial<Contract>]>([
    ['userID and user_id (c.proto:3:5) are both UserID in Go', withFields(field('user_id'), field('userID'))],
    ['userID and user_id (c.proto:3:5) are both user_id in Rust', withFields(field('user_id'), field('userID'))],
    [
      'new_buffer is NewBuffer in Go, which is the function that makes buffers',
      {
        messages: [
          message('Request', field('body', { type: { kind: 'bytes' }, own: 'move' })),
          message('Response'),
          message('new_buffer'),
        ],
      },
    ],
    [
      'release is Release in Go, which is how its views are given back',
      {
        messages: [
          message('Request'),
          message('Response', field('card', { type: { kind: 'message', message: 't.v1.Card' } }), field('release')),
          message('Card', field('title', { own: 'borrow' })),
        ],
      },
    ],
    ['Mock is Mock in Go, which is the mock', { messages: [message('Request'), message('Response'), message('Mock')] }],
    [
      'Vec is Vec in Rust, which is a name that the generated code needs',
      { messages: [message('Request'), message('Response'), message('Vec')] },
    ],
    [
      'Things and Things (c.proto:3:5) are both Things in Rust',
      { messages: [message('Request'), message('Response'), message('Things')] },
    ],
    ['GetFunc and Get (c.proto:3:5) are both GetFunc in Go', { services: [service(method('Get'), method('GetFunc'))] }],
    [
      'ExpectGet and Get (c.proto:3:5) are both ExpectGet in Go',
      { services: [service(method('Get'), method('ExpectGet'))] },
    ],
    ['Calls is Calls in Go, which is what a mock has for its calls', { services: [service(method('Calls'))] }],
    [
      'ListGet and Get (c.proto:3:5) are both t_v1_price_list_get in C',
      { services: [serviceNamed('PriceList', method('Get')), serviceNamed('Price', method('ListGet'))] },
    ],
    [
      'Things and ThingsClient (c.proto:3:5) are both ThingsClient in Go',
      { messages: [...plain, message('ThingsClient')], services: [service(method('Get')), serviceNamed('Others')] },
    ],
    [
      'GetAll and get_all (c.proto:3:5) are both GetAll in Go',
      {
        messages: [message('Request', field('thing', { type: { kind: 'handle', message: 't.v1.Thing' } })), handle],
        services: [serviceNamed('A', method('get_all')), serviceNamed('B', method('GetAll'))],
      },
    ],
    [
      'ReadByte is ReadByte in Go, which is a method of the standard library, whose signature go vet demands',
      { services: [service(method('ReadByte'))] },
    ],
    [
      'ErrBad and BAD (c.proto:3:5) are both ErrBad in Go',
      { messages: [message('Request'), message('Response'), message('ErrBad')], errorDomains: [domain('E', 'BAD')] },
    ],
    ['BAD and BAD (c.proto:3:5) are both ErrBad in Go', { errorDomains: [domain('A', 'BAD'), domain('B', 'BAD')] }],
    [
      'A and ACode (c.proto:3:5) are both ACode in Rust',
      { messages: [message('Request'), message('Response'), message('ACode')], errorDomains: [domain('A', 'BAD')] },
    ],
    [
      'Color and Color (c.proto:3:5) are both Color in Go',
      { messages: [message('Request'), message('Response'), message('Color')], enums: [enumeration('Color', 'NONE')] },
    ],
    [
      'RED and ColorRed (c.proto:3:5) are both ColorRed in Go',
      {
        messages: [message('Request'), message('Response'), message('ColorRed')],
        enums: [enumeration('Color', 'NONE', 'RED')],
      },
    ],
    [
      'UNRECOGNIZED is Unrecognized in Rust, which is what holds a number without a name',
      { enums: [enumeration('Color', 'UNRECOGNIZED')] },
    ],
    [
      'kind and ThingKind (c.proto:3:5) are both ThingKind in Rust',
      { messages: [message('Request'), message('Response'), choice('Thing', 'kind', 'a'), message('ThingKind')] },
    ],
    [
      'a and ThingKindA (c.proto:3:5) are both ThingKindA in Go',
      { messages: [message('Request'), message('Response'), choice('Thing', 'kind', 'a'), message('ThingKindA')] },
    ],
    ['a_b and aB (c.proto:3:5) are both AB in Rust', { messages: [...plain, choice('Thing', 'kind', 'aB', 'a_b')] }],
    [
      'Format is Format in Go, which is how it hides what is redacted',
      withFields(field('Format'), field('secret', { redact: true })),
    ],
  ])('%s', (expected, changes) => {
    const found = messages(changes);
    const swapped = expected.replace(/^(\w+) and (\w+) /, '$2 and $1 ');
    expect(found.includes(expected) || found.includes(swapped)).toBe(true);
  });
});

describe('services of Go in one bridge have each its names', () => {
  const hosted = (...names: readonly string[]): Partial<Contract> => ({
    services: names.map((name) => ({ ...serviceNamed(name, method('Get')), implementedInGo: true })),
  });

  it.each([
    ['GroutThingsServer', 'Go'],
    ['ThingsClient', 'Rust'],
    ['MockThings', 'Rust'],
  ])('%s, which a message may not have in %s', (name, language) => {
    const changes = { ...hosted('Things', 'Others'), messages: [...plain, message(name)] };
    expect(messages(changes)).toEqual([expect.stringMatching(new RegExp(`are both ${name} in ${language}$`))]);
  });

  const handle = (name: string): Message => ({ ...message(name), handle: { closeBlocks: false, threadSafe: true } });
  const receiver = field('index', { type: { kind: 'handle', message: 't.v1.Index' } });
  const withHandle = (named: string, ...more: readonly Message[]): Partial<Contract> => ({
    services: [
      {
        ...service(method('Open', { response: 't.v1.Index' }), method(named, { request: 't.v1.OnIndex' })),
        implementedInGo: true,
      },
    ],
    messages: [...plain, handle('Index'), message('OnIndex', receiver), ...more],
  });

  it.each([
    ['new is new in Rust, which is how one is made of a mock', withHandle('new')],
    ['Close is close in Rust, which is how an object is closed', withHandle('Close')],
    ['OnClose is on_close in Rust, which is how its mock is told to fail to close', withHandle('OnClose')],
    ['RecordedBy is recorded_by in Rust, which is how a mock is given a log', withHandle('RecordedBy')],
    [
      'BoundaryFixtures is BoundaryFixtures in Rust, which is what opens objects for the tests',
      withHandle('Get', message('BoundaryFixtures')),
    ],
    ['IndexObject and Index are both IndexObject in Rust', withHandle('Get', message('IndexObject'))],
    ['GroutIndexObjects and Index are both GroutIndexObjects in Go', withHandle('Get', message('GroutIndexObjects'))],
  ])('handles of such services too: %s', (expected, changes) => {
    const found = messages(changes).map((it) => it.replace(' (c.proto:3:5)', ''));
    expect(found).toContainEqual(
      expect.stringMatching(expected.replace(/^(\w+) and (\w+) /, '(?:$1 and $2|$2 and $1) ')),
    );
  });

  it('objects that they are given as well', () => {
    const giving = { ...service(method('Watch', { callsBack: 'Watcher' })), implementedInGo: true };
    const changes = (name: string): Partial<Contract> => ({
      services: [giving, serviceNamed('Watcher', method('Get'))],
      messages: [...plain, message(name)],
    });
    expect(messages(changes('Watched'))).toEqual([]);
    expect(messages(changes('GroutBindWatcher'))).toEqual([expect.stringMatching('are both GroutBindWatcher in Go')]);
    expect(messages(changes('Watcher'))).toContainEqual(expect.stringMatching('are both Watcher in Go'));
  });

  it('but for one that is alone', () => {
    expect(messages(withHandle('Get'))).toEqual([]);
    expect(messages({ ...hosted('Things'), messages: [...plain, message('MockThings')] })).toEqual([]);
    expect(messages({ ...hosted('Things'), messages: [...plain, message('Mock')] })).toHaveLength(1);
  });
});

it('emits nothing of a contract that it refuses', () => {
  const layout = JSON.parse(
    readFileSync(join(import.meta.dirname, 'testdata/scalars/layout.json'), 'utf8'),
  ) as BridgeLayout;
  const abi = { hash: '0123456789abcdef', contractDigest: '', features: [] };
  const refused = contract({ services: [service(method('Get', { mode: 'async' }))] });
  expect(() => emitGo(refused, layout, abi)).toThrow(DiagnosticError);
  expect(() => emitRust(refused, layout, abi)).toThrow(DiagnosticError);
});
