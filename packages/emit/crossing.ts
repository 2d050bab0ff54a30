import {
  callbackOf,
  rustServices,
  type Contract,
  type Field,
  type Message,
  type Method,
  type Scalar,
  type Service,
} from '#contract';
import { abiNames, leafReserved, nameInBridge } from './abi-names.js';
import { conditionsOf, type Condition } from './conditions.js';
import { bufferFields, holdsViews, viewFields, viewMessages } from './borrowing.js';
import { membersOf, messageNamed, receiverOf, type Member } from './members.js';
import { findRecursion } from './recursion.js';
import { UniqueNames } from './unique-names.js';
import { snakeCase } from './words.js';

/**
 * How a value crosses by itself: as a number, as bytes with a length, as a view of them, as a buffer that is given away,
 * as a point in time (seconds and nanoseconds) or as a span of time (nanoseconds). The one place that decides is
 * `crossingOf` below; what it does not name is packed.
 */
type LeafKind =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'enum'; readonly enum: string }
  | { readonly kind: 'text' | 'bytes' | 'view' | 'buffer' | 'timestamp' | 'duration' };

/** One number, pointer or flag of the ABI. */
export interface Slot {
  readonly name: string;
  readonly type: Scalar | 'pointer' | 'length' | 'view' | 'buffer';
}

/** A value that crosses by itself. */
export interface Leaf {
  readonly field: Field;
  readonly crosses: LeafKind;
  /** Name in the ABI, unique in its method and direction, no keyword of C, Go or Rust. */
  readonly name: string;
  /** Name of the flag that says whether it is there; absent when it always is. */
  readonly presence?: string;
  /** Path of the field from the request or response down, for messages to people: `customer.name`. */
  readonly path: string;
}

/** A list, a map, a oneof, or a message that contains itself: packed, one after the other, into one run of bytes. */
export interface Packed {
  readonly member: Member;
  /** Name of a local that holds the value, unique like `Leaf.name`. */
  readonly name: string;
  readonly path: string;
}

/** A message that is flattened: whether it is there, then its members. */
export interface Nested {
  readonly field: Field;
  /** Name of the flag that says whether it is there. */
  readonly presence: string;
  /** Name of a local that holds the message, unique like `presence`. */
  readonly name: string;
  readonly members: Members;
}

/**
 * What a message is made of, in the order of the ABI: its own leaves first, then its messages, each group in the order
 * of the contract. So a message can be written down at once from its leaves, and its messages be added after.
 */
export interface Members {
  readonly message: Message;
  readonly leaves: readonly Leaf[];
  readonly packed: readonly Packed[];
  readonly nested: readonly Nested[];
}

/** What the declaration of a method is printed from, whoever implements it. */
export type Signature = Pick<Call, 'method' | 'displayName' | 'opens' | 'callback'> & Partial<Pick<Call, 'condition'>>;

/** One method of Rust, ready to be printed by either side. */
export interface Call {
  /** The service that declares it. */
  readonly service: Service;
  readonly method: Method;
  /** The features without which it is left out. */
  readonly condition: Condition;
  /** Its name among the methods of all services of the bridge, to be spelled: `Greet`, or `Pricing.Greet`. */
  readonly nameInBridge: string;
  /** `Pricing.Greet`, for messages to people. */
  readonly displayName: string;
  readonly symbol: string;
  /** C name of the struct that receives the response. */
  readonly outStruct: string;
  readonly request: Members;
  /** Without members when the method opens an object. */
  readonly response: Members;
  /** The handle that the method is called on; absent when it is the service's own. */
  readonly receiver?: Message;
  /** The handle that the method returns; absent when it returns a value. */
  readonly opens?: Message;
  /** The service of Go that the method is given an object of; absent when it is given none. */
  readonly callback?: Service;
}

/** An object of Go as a number; no leaf has this name. */
const callbackSlot: Slot = { name: 'callback', type: 'u64' };

/** A handle as a number; no leaf has this name. */
const objectSlot: Slot = { name: 'object', type: 'u64' };

/** Parameters and members that carry what is packed; no leaf has these names. */
const packSlots: readonly Slot[] = [
  { name: 'pack', type: 'pointer' },
  { name: 'pack_len', type: 'length' },
];

/** A message of more leaves than this is not flattened into another one, but packed, unless it has views. */
const leafLimit = 48;

/** Lowers the methods of the services that Rust implements to what crosses. The contract has passed `checkEmittable`. */
export function callsOf(contract: Contract): Call[] {
  const names = abiNames(contract);
  const flattening = new Flattening(contract);
  return rustServices(contract).flatMap((service) =>
    service.methods.map((method) => {
      const receiver = receiverOf(contract, method.request);
      const returned = messageNamed(contract, method.response);
      const callback = callbackOf(contract, method);
      const name = nameInBridge(contract, service, method);
      return {
        service,
        method,
        condition: conditionsOf(contract).ofMethod(method),
        nameInBridge: name,
        displayName: `${service.name}.${method.name}`,
        symbol: names.method(name),
        outStruct: names.outStruct(name),
        request: flattening.flatten(method.request),
        response: flattening.flatten(method.response),
        ...(receiver !== undefined && { receiver }),
        ...(returned.handle !== undefined && { opens: returned }),
        ...(callback !== undefined && { callback }),
      };
    }),
  );
}

/** Flattens messages of one contract. */
export class Flattening {
  private readonly boxed: ReadonlySet<string>;
  private readonly viewed: ReadonlySet<string>;
  private readonly sizes = new Map<string, number>();

  constructor(private readonly contract: Contract) {
    this.boxed = findRecursion(contract.messages).boxed;
    this.viewed = viewMessages(contract);
  }

  /** Flattens one message: all names in it are unique. */
  flatten(fullName: string): Members {
    return this.flattenBelow(new UniqueNames(leafReserved), fullName, []);
  }

  private flattenBelow(names: UniqueNames, fullName: string, above: readonly Field[]): Members {
    const message = messageNamed(this.contract, fullName);
    const members = membersOf(message);
    const leaves = members.flatMap((member) => leafOf(names, this.contract, member, above) ?? []);
    const flat = members.flatMap((member) => (this.isFlattened(member) ? [member.field] : []));
    const packed = members.flatMap((member): Packed[] => {
      const isElsewhere = this.isFlattened(member) || leaves.some(({ field }) => isOf(member, field));
      return isElsewhere ? [] : [packedOf(names, member, above)];
    });
    const nested = flat.map((field) => {
      const path = [...above, field];
      const name = names.claim(abiPath(path, field.name));
      const presence = names.claim(abiPath(path, `has_${field.name}`));
      return { field, name, presence, members: this.flattenBelow(names, targetOf(field), path) };
    });
    return { message, leaves, packed, nested };
  }

  /** Whether a message crosses as its leaves; one that contains itself has no end of them. */
  isFlattened(member: Member): member is Member & { readonly kind: 'field' } {
    if (member.kind === 'oneof') return false;
    const { type, cardinality, fullName } = member.field;
    const isMessage = type.kind === 'message' && (cardinality === 'singular' || cardinality === 'optional');
    if (isMessage && holdsViews(member.field, this.viewed)) return true;
    return isMessage && !this.boxed.has(fullName) && this.sizeOf(type.message) <= leafLimit;
  }

  /** Number of leaves that a message has when it is flattened, itself one. */
  private sizeOf(fullName: string): number {
    const known = this.sizes.get(fullName);
    if (known !== undefined) return known;
    const sizes = messageNamed(this.contract, fullName).fields.map(({ type, cardinality, fullName: field }) => {
      const isInner = type.kind === 'message' && cardinality !== 'repeated' && cardinality !== 'map';
      return isInner && !this.boxed.has(field) ? this.sizeOf(type.message) : 1;
    });
    const size = sizes.reduce((sum, each) => sum + each, 1);
    this.sizes.set(fullName, size);
    return size;
  }
}

function isOf(member: Member, field: Field): boolean {
  return member.kind === 'field' && member.field === field;
}

function targetOf({ type, fullName }: Field): string {
  if (type.kind !== 'message') throw new Error(`${fullName} is no message`);
  return type.message;
}

function packedOf(names: UniqueNames, member: Member, above: readonly Field[]): Packed {
  return {
    member,
    name: names.claim(abiPath([...above, member], member.name)),
    path: [...above, member].map(({ name }) => name).join('.'),
  };
}

function leafOf(names: UniqueNames, contract: Contract, member: Member, above: readonly Field[]): Leaf | undefined {
  if (member.kind === 'oneof') return undefined;
  const { field } = member;
  const crosses = crossingOf(contract, field);
  if (crosses === undefined) return undefined;
  const path = [...above, field];
  const isOptional = field.cardinality === 'optional' || crosses.kind === 'timestamp' || crosses.kind === 'duration';
  const name = names.claim(abiPath(path, field.name), (candidate) => partNames(candidate, crosses));
  return {
    field,
    crosses,
    name,
    ...(isOptional && { presence: names.claim(abiPath(path, `has_${field.name}`)) }),
    path: path.map((each) => each.name).join('.'),
  };
}

function crossingOf(contract: Contract, { fullName, type, cardinality }: Field): LeafKind | undefined {
  if (viewFields(contract).has(fullName)) return cardinality === 'singular' ? { kind: 'view' } : undefined;
  if (bufferFields(contract).has(fullName)) return { kind: 'buffer' };
  if (cardinality !== 'singular' && cardinality !== 'optional') return undefined;
  switch (type.kind) {
    case 'scalar':
      return { kind: 'scalar', scalar: type.scalar };
    case 'enum':
      return { kind: 'enum', enum: type.enum };
    case 'string':
      return { kind: 'text' };
    case 'bytes':
    case 'timestamp':
    case 'duration':
      return { kind: type.kind };
    case 'message':
    case 'handle':
      return undefined;
  }
}

/** `customer_address_street`; `last` stands for the last name: `customer_has_address`. */
function abiPath(path: readonly { readonly name: string }[], last: string): string {
  return [...path.slice(0, -1).map(({ name }) => name), last].map(snakeCase).join('_');
}

/** Name of the length that belongs to a text, bytes or a buffer. */
export function lengthName(leaf: string): string {
  return partName(leaf, 'len');
}

/** Name of the nanoseconds that belong to a point in time; the leaf itself is its seconds. */
export function nanosName(leaf: string): string {
  return partName(leaf, 'nanos');
}

function partName(leaf: string, part: string): string {
  return `${leaf.replace(/_$/, '')}_${part}`;
}

function partNames(leaf: string, { kind }: LeafKind): string[] {
  if (kind === 'timestamp') return [nanosName(leaf)];
  return kind === 'text' || kind === 'bytes' || kind === 'buffer' ? [lengthName(leaf)] : [];
}

/** What a leaf is in the parameters of a function, or in a result struct, where texts and bytes are in the tail. */
function slotsOf({ name, presence, crosses }: Leaf, direction: 'request' | 'response'): Slot[] {
  const flag: Slot[] = presence === undefined ? [] : [{ name: presence, type: 'bool' }];
  switch (crosses.kind) {
    case 'scalar':
      return [...flag, { name, type: crosses.scalar }];
    case 'enum':
      return [...flag, { name, type: 'i32' }];
    case 'duration':
      return [...flag, { name, type: 'i64' }];
    case 'view':
      return [...flag, { name, type: 'view' }];
    case 'buffer':
      return [
        { name, type: 'buffer' },
        { name: lengthName(name), type: 'length' },
      ];
    case 'timestamp':
      return [...flag, { name, type: 'i64' }, { name: nanosName(name), type: 'u32' }];
    case 'text':
    case 'bytes': {
      const pointer: Slot[] = direction === 'request' ? [{ name, type: 'pointer' }] : [];
      return [...flag, ...pointer, { name: lengthName(name), type: 'length' }];
    }
  }
}

/** What a call needs to know to be laid out, whichever side makes it. */
type Crossing = Pick<Call, 'request' | 'response'> & Partial<Pick<Call, 'receiver' | 'callback' | 'opens'>>;

/** What follows the frame in the parameters of a method of Rust, and what the request struct of one of Go has. */
export function requestSlots({ receiver, callback, request }: Crossing): Slot[] {
  const packed = allPacked(request).length > 0 ? packSlots : [];
  const objects = [...(receiver === undefined ? [] : [objectSlot]), ...(callback === undefined ? [] : [callbackSlot])];
  return [...objects, ...ownSlots(request, 'request'), ...packed];
}

/** The result struct of a method, but for the tail. */
export function responseSlots({ opens, response }: Crossing): Slot[] {
  const packed = allPacked(response).length > 0 ? packSlots.filter(({ type }) => type === 'length') : [];
  return [...(opens === undefined ? [] : [objectSlot]), ...ownSlots(response, 'response'), ...packed];
}

function ownSlots({ leaves, nested }: Members, direction: 'request' | 'response'): Slot[] {
  return [
    ...leaves.flatMap((leaf) => slotsOf(leaf, direction)),
    ...nested.flatMap((it): Slot[] => [{ name: it.presence, type: 'bool' }, ...ownSlots(it.members, direction)]),
  ];
}

/** All leaves with bytes, in the order in which they lie in a tail, where what is packed comes before them. */
export function tailLeaves(members: Members): Leaf[] {
  const own = members.leaves.filter(({ crosses }) => crosses.kind === 'text' || crosses.kind === 'bytes');
  return [...own, ...members.nested.flatMap((nested) => tailLeaves(nested.members))];
}

/** All views of a response that are not packed, or all buffers of a request. */
export function uncopiedLeaves({ leaves, nested }: Members): Leaf[] {
  return [
    ...leaves.filter(({ crosses }) => crosses.kind === 'view' || crosses.kind === 'buffer'),
    ...nested.flatMap(({ members }) => uncopiedLeaves(members)),
  ];
}

/** Whether a response of these members has a tail. */
export function hasTail(members: Members): boolean {
  return tailLeaves(members).length > 0 || allPacked(members).length > 0;
}

/** All that is packed, in the order in which it is. */
export function allPacked(members: Members): Packed[] {
  return [...members.packed, ...members.nested.flatMap((nested) => allPacked(nested.members))];
}

/** Whether views are among what is packed of a response. */
export function packsViews(contract: Contract, members: Members): boolean {
  const [views, messages] = [viewFields(contract), viewMessages(contract)];
  return allPacked(members).some(({ member }) => {
    return member.kind === 'field' && (views.has(member.field.fullName) || holdsViews(member.field, messages));
  });
}

/** Whether nothing of a message crosses but that it is there. */
export function isEmpty({ leaves, packed, nested }: Members): boolean {
  return leaves.length + packed.length + nested.length === 0;
}
