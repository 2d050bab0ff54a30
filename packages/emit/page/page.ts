import {
  abiMajor,
  rustServices,
  sharingBridges,
  type Contract,
  type Enum,
  type ErrorCode,
  type ErrorDomain,
  type Field,
  type FieldType,
  type Message,
  type Method,
} from '#contract';
import { generatedMark } from '#diagnostics';
import type { Bridge } from '../bridge.js';
import type { CallbackCall, CallbackService, GivenService } from '../callbacks.js';
import { arenaFields, borrowingMessages, viewFields, viewMessages } from '../borrowing.js';
import {
  allPacked,
  hasTail,
  requestSlots,
  responseSlots,
  tailLeaves,
  type Call,
  type Signature,
  type Slot,
} from '../crossing.js';
import { frameVersion } from '../frame-version.js';
import { membersOf, messageNamed } from '../members.js';
import { copied, limitsOf, requestLifetime, responseLifetime } from './lifetimes.js';
import { bullets, code, paragraph } from './markdown.js';
import { livesInGo, livesInRust, printObject } from './objects.js';
import { signaturesOf } from './signatures.js';

/**
 * BOUNDARY.gen.md: what of a contract people look up on either side. Who owns what and for how long, method by method, and
 * how it lies in memory and in packed bytes. Lists only: a table would be formatted anew by every formatter.
 */
export function printPage(bridge: Bridge): string {
  const { contract } = bridge;
  const sections = [
    [`<!-- ${generatedMark(contract.files).join(' ')} -->`],
    [`# The boundary ${code(contract.package)}`],
    introduction(bridge),
    ...rustServices(contract).flatMap((service) => [
      [`## Service ${code(service.fullName)}, implemented in Rust`],
      ...paragraph(service.doc),
      ...bridge.calls.filter((call) => call.service === service).flatMap((call) => printCall(bridge, call)),
    ]),
    ...bridge.callbacks.flatMap((callback) => printCallback(bridge, callback)),
    ...bridge.objects.flatMap((object) => printObject(object, livesInRust)),
    ...bridge.hosted.objects.flatMap((object) => printObject(object, livesInGo)),
    ...bridge.hosted.given.flatMap((given) => printGiven(bridge, given)),
    ...titled('Messages in responses', messagesWithViews(bridge).flatMap(printPart(contract))),
    ...titled(
      'Packed messages',
      packedMessages(bridge).flatMap((message) => printPacked(message, loanOf(contract), viewFields(contract))),
    ),
    ...titled('Enums', contract.enums.flatMap(printEnum)),
    ...titled('Errors', contract.errorDomains.flatMap(printDomain)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Those that lie flattened in a response, and show what lives in Rust: what becomes of their fields no method says. */
function messagesWithViews({ contract, calls, packed }: Bridge): readonly Message[] {
  const viewed = viewMessages(contract);
  const others = new Set([
    ...calls.map(({ method }) => method.response),
    ...packed.all.messages.map(({ fullName }) => fullName),
  ]);
  return contract.messages.filter(({ fullName }) => viewed.has(fullName) && !others.has(fullName));
}

/** Those that calls pack; where nothing is called, any can be. */
function packedMessages({ contract, implementedIn, packed }: Bridge): readonly Message[] {
  return implementedIn === 'neither' ? contract.messages : packed.all.messages;
}

function introduction({ abi, contract, implementedIn }: Bridge): string[] {
  const features = abi.features.map(({ name }) => code(name)).join(', ');
  if (implementedIn === 'neither') {
    return ['- Messages for other bridges to use (L13): when they cross, the pages of those say'];
  }
  return [
    `- ABI: major ${String(abiMajor(contract))}, hash ${code(abi.hash)}, frame version ${String(frameVersion)}; both sides compare them before the first call (C6, V1 to V3)`,
    ...(features === '' ? [] : [`- Features: ${features}`]),
    ...sharingBridges(contract).map((owner) => `- Types of the bridge ${owner} (L13): ${sharedOf(contract, owner)}`),
    '- Rules: C is how calls go, E errors, G a service of Go that Rust hosts, L values, O ownership, T threads, V versions; they are in docs/spec of nx-grout',
  ];
}

function sharedOf({ messages, enums }: Contract, bridge: string): string {
  const shared = [...messages, ...enums].filter(({ owner }) => owner === bridge);
  return shared.map(({ fullName }) => code(fullName)).join(', ');
}

function printCall(bridge: Bridge, call: Call): string[][] {
  const { contract } = bridge;
  const { method, receiver, callback, opens, condition } = call;
  const facts = [
    receiver === undefined
      ? 'Called on the service'
      : `Called on an object ${code(receiver.fullName)}, which stays while it runs (O4)`,
    ...declarations(bridge, call),
    ...factsOf(method),
    ...(condition.length === 0 ? [] : [`In builds with ${condition.map(code).join(' and ')} (C12)`]),
    ...parts('Request', messageNamed(contract, method.request), (field) =>
      requestLifetime(field, borrowingMessages(contract)),
    ),
    ...(callback === undefined
      ? []
      : [
          `Given an object of Go, ${code(callback.fullName)}: Rust holds it until it drops it, and calls it from any thread (O1, O10)`,
        ]),
    ...(opens === undefined
      ? parts('Response', messageNamed(contract, method.response), (field) =>
          responseLifetime(field, viewMessages(contract)),
        )
      : [`Opens an object ${code(opens.fullName)}: it lives in Rust until Go closes it (O1, O3)`]),
    `C function ${code(call.symbol)}, after the frame: ${slots(requestSlots(call))}; last, where to put the result`,
    `Result ${code(call.outStruct)}: ${[slots(responseSlots(call)), ...tailOf(call)].join('; ')}`,
  ];
  return [[`### ${code(call.displayName)}`], ...paragraph(method.doc), bullets(facts)];
}

function declarations(bridge: Bridge, call: Signature): string[] {
  const { go, rust } = signaturesOf(bridge, call);
  return [`Go: ${code(go)}`, `Rust: ${code(rust)}`];
}

function factsOf({ errorDomain, budgetNs }: Method): string[] {
  const domain = errorDomain === undefined ? '' : `${code(errorDomain)} and `;
  return [
    `Fails with ${domain}errors of the runtime`,
    ...(budgetNs === 0 ? [] : [`May take ${String(budgetNs)} ns where a bare cgo call takes 42 (C11)`]),
  ];
}

/** A message with what becomes of each of its fields. */
function parts(role: string, message: Message, lifetime: (field: Field) => string): string[] {
  const { fullName } = message;
  if (valueFields(message).length === 0) return [`${role} ${code(fullName)}: nothing`];
  return [`${role} ${code(fullName)}:`, ...fieldLines(message, lifetime).map((line) => `  ${line}`)];
}

function fieldLines(message: Message, lifetime: (field: Field) => string): string[] {
  return valueFields(message).map(
    (field) => `${code(field.name)}, ${typeOf(field)}: ${[lifetime(field), ...limitsOf(field)].join('; ')}`,
  );
}

/** What lies in the tail of a result, one after the other (L3). */
function tailOf({ response }: Pick<Call, 'response'>): string[] {
  if (!hasTail(response)) return [];
  const packed = allPacked(response).map(({ path }) => `${code(path)} packed`);
  return [`its tail: ${[...packed, ...tailLeaves(response).map(({ path }) => code(path))].join(', ')}`];
}

function printCallback(bridge: Bridge, { service, calls }: CallbackService): string[][] {
  const { implementedIn } = bridge;
  const about =
    implementedIn === 'go'
      ? 'Rust calls the one implementation of the archive that it links.'
      : 'Its methods are called on objects that Go hands over; Rust may call them from any thread, during the call and after it (O10).';
  return [
    [`## Service ${code(service.fullName)}, implemented in Go`],
    ...paragraph(service.doc),
    [`${about} Request and response lie flattened in memory of Rust; each side keeps a copy of its own (G1, O12).`],
    ...calls.flatMap((call) => printCallbackCall(bridge, call)),
  ];
}

function printGiven(bridge: Bridge, { service, calls }: GivenService): string[][] {
  const { contract } = bridge;
  const about =
    'Its methods are called on objects that Go is given; Go may call them from any goroutine, during the call and after it, until it lets go of them (G12).';
  return [
    [`## Service ${code(service.fullName)}, implemented in Rust`],
    ...paragraph(service.doc),
    [`${about} Request and response cross packed (L4); each side keeps a copy of its own (O12).`],
    ...calls.flatMap((call) => {
      const { method, displayName, number } = call;
      const facts = [
        `Number ${String(number)}`,
        ...declarations(bridge, call),
        ...factsOf(method),
        ...parts('Request', messageNamed(contract, method.request), (field) => copied(field, 'Rust')),
        ...parts('Response', messageNamed(contract, method.response), (field) => copied(field, 'Go')),
      ];
      return [[`### ${code(displayName)}`], ...paragraph(method.doc), bullets(facts)];
    }),
  ];
}

function printCallbackCall(bridge: Bridge, call: CallbackCall): string[][] {
  const { contract } = bridge;
  const { method, displayName, number, calledOn, opens, callback } = call;
  const facts = [
    ...(calledOn === undefined
      ? []
      : [`Called on an object ${code(calledOn.fullName)}, which stays while it runs (G11)`]),
    `Number ${String(number)}`,
    ...declarations(bridge, call),
    ...factsOf(method),
    ...parts('Request', messageNamed(contract, method.request), (field) => copied(field, 'Go')),
    ...(opens === undefined
      ? parts('Response', messageNamed(contract, method.response), (field) => copied(field, 'Rust'))
      : [`Returns an object ${code(opens.fullName)}: it lives in Go until Rust closes or drops it (G10)`]),
    ...(callback === undefined
      ? []
      : [`Given an object of Rust, ${code(callback.fullName)}: Go holds it until it lets go of it (G12)`]),
    `Struct of the request: ${slots(requestSlots(call))}`,
    `Struct of the response: ${[slots(responseSlots(call)), ...tailOf(call)].join('; ')}`,
  ];
  return [[`### ${code(displayName)}`], ...paragraph(method.doc), bullets(facts)];
}

function printPart(contract: Contract): (message: Message) => string[][] {
  return (message) => [
    [`### ${code(message.fullName)}`],
    ...paragraph(message.doc),
    bullets(fieldLines(message, (field) => responseLifetime(field, viewMessages(contract)))),
  ];
}

/** In the order of the bytes; how each value is encoded, rule L4 says. */
function printPacked(message: Message, loan: string, views: ReadonlySet<string>): string[][] {
  const lines = valueFields(message).map((field) => {
    const alternative =
      field.oneof === undefined ? '' : `, alternative ${String(field.number)} of ${code(field.oneof)}`;
    const isView = views.has(field.fullName);
    const lent = isView ? ['a view: address, length and owner (O27)'] : field.own === 'borrow' ? [loan] : [];
    return [`${code(field.name)}, ${typeOf(field)}${alternative}`, ...lent, ...limitsOf(field)].join('; ');
  });
  return [[`### ${code(message.fullName)}`], bullets(lines.length === 0 ? ['nothing'] : lines)];
}

/** What becomes of packed bytes that are borrowed. */
function loanOf(contract: Contract): string {
  const intoArena = arenaFields(contract).size > 0 ? ', in an arena until the item is pushed (O25)' : '';
  return `lent for the call (O13)${intoArena}`;
}

/** The fields in the order in which their values lie: alternatives of a oneof in the place of its first (L4). */
function valueFields(message: Message): Field[] {
  return membersOf(message).flatMap((member) => (member.kind === 'field' ? [member.field] : member.alternatives));
}

function printEnum({ fullName, doc, values }: Enum): string[][] {
  return [
    [`### ${code(fullName)}`],
    ...paragraph(doc),
    bullets([
      ...values.map(({ name, number }) => `${code(name)} = ${String(number)}`),
      'any other number is kept as it is',
    ]),
  ];
}

function printDomain({ fullName, doc, codes }: ErrorDomain): string[][] {
  return [[`### ${code(fullName)}`], ...paragraph(doc), bullets(codes.map(codeFacts))];
}

function codeFacts({ name, number, hint, retry, redact }: ErrorCode): string {
  return [
    `${code(name)} = ${String(number)}`,
    ...(retry === 'unspecified' ? [] : [`retry: ${retry}`]),
    ...(hint === '' ? [] : [`hint: ${code(hint)}`]),
    ...(redact ? ['its message stays where it is in release builds (E12)'] : []),
  ].join('; ');
}

function titled(title: string, sections: readonly string[][]): string[][] {
  return sections.length === 0 ? [] : [[`## ${title}`], ...sections];
}

function slots(all: readonly Slot[]): string {
  return all.length === 0 ? 'nothing' : all.map(({ name, type }) => code(`${name}: ${type}`)).join(', ');
}

function typeOf({ type, cardinality, mapKey }: Field): string {
  const value = valueOf(type);
  if (cardinality === 'repeated') return `list of ${value}`;
  if (cardinality === 'map') return `map of ${mapKey ?? ''} to ${value}`;
  return cardinality === 'optional' ? `${value}, optional` : value;
}

function valueOf(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'string':
      return 'text';
    case 'message':
    case 'handle':
      return code(type.message);
    case 'enum':
      return code(type.enum);
    case 'bytes':
    case 'timestamp':
    case 'duration':
      return type.kind;
  }
}
