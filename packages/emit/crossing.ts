import type { Contract, Field, Message, Method, Scalar, Service } from '#contract';
import { abiNames, leafReserved } from './abi-names.js';
import { findMessage } from './find-message.js';
import { UniqueNames } from './unique-names.js';
import { snakeCase } from './words.js';

/** How a value crosses: as itself, or as bytes with a length. The one place that decides is `crossingOf` below. */
type LeafKind = { readonly kind: 'scalar'; readonly scalar: Scalar } | { readonly kind: 'text' | 'bytes' };

/** A value that crosses by itself. */
export interface Leaf {
  readonly field: Field;
  readonly crosses: LeafKind;
  /** Name in the ABI, unique in its method and direction, no keyword of C, Go or Rust. */
  readonly name: string;
  /** Path of the field from the request or response down, for messages to people: `customer.name`. */
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
  readonly nested: readonly Nested[];
}

/** One method, ready to be printed by either side. */
export interface Call {
  readonly method: Method;
  /** `Pricing.Greet`, for messages to people. */
  readonly displayName: string;
  readonly symbol: string;
  /** C name of the struct that receives the response. */
  readonly outStruct: string;
  readonly request: Members;
  readonly response: Members;
}

/** Lowers the methods of the bridge's service to what crosses. The contract has passed `checkEmittable`. */
export function callsOf(contract: Contract, service: Service): Call[] {
  const names = abiNames(contract);
  return service.methods.map((method) => ({
    method,
    displayName: `${service.name}.${method.name}`,
    symbol: names.method(method.name),
    outStruct: names.outStruct(method.name),
    request: membersOf(contract, method.request),
    response: membersOf(contract, method.response),
  }));
}

/** Flattens one message: all names in it are unique. */
export function membersOf(contract: Contract, fullName: string): Members {
  return flatten({ contract, names: new UniqueNames(leafReserved) }, fullName, []);
}

interface Flattening {
  readonly contract: Contract;
  readonly names: UniqueNames;
}

function flatten(unit: Flattening, fullName: string, above: readonly Field[]): Members {
  const message = messageNamed(unit.contract, fullName);
  const leaves: Leaf[] = [];
  const nested: Nested[] = [];
  for (const field of message.fields) {
    const { type } = field;
    if (type.kind !== 'message') leaves.push(leafOf(unit.names, field, above));
  }
  for (const field of message.fields) {
    const { type } = field;
    if (type.kind !== 'message') continue;
    const path = [...above, field];
    const name = unit.names.claim(abiPath(path));
    const presence = unit.names.claim(abiPath(path, 'has_'));
    nested.push({ field, name, presence, members: flatten(unit, type.message, path) });
  }
  return { message, leaves, nested };
}

function leafOf(names: UniqueNames, field: Field, above: readonly Field[]): Leaf {
  const path = [...above, field];
  const crosses = crossingOf(field);
  const lengths = crosses.kind === 'scalar' ? undefined : (name: string): string[] => [lengthName(name)];
  return { field, crosses, name: names.claim(abiPath(path), lengths), path: path.map(({ name }) => name).join('.') };
}

function crossingOf({ type, fullName }: Field): LeafKind {
  switch (type.kind) {
    case 'scalar':
      return { kind: 'scalar', scalar: type.scalar };
    case 'string':
      return { kind: 'text' };
    case 'bytes':
      return { kind: 'bytes' };
    case 'message':
    case 'enum':
      throw new Error(`${fullName} of kind ${type.kind} does not cross as a leaf`);
  }
}

/** `customer_address_street`; a prefix goes before the last name: `customer_has_address`. */
function abiPath(path: readonly Field[], prefix = ''): string {
  const names = path.map((field) => snakeCase(field.name));
  return [...names.slice(0, -1), `${prefix}${names.at(-1) ?? ''}`].join('_');
}

/** Name of the length that belongs to a text or bytes. */
export function lengthName(leaf: string): string {
  return `${leaf.replace(/_$/, '')}_len`;
}

/** All leaves with bytes, in the order in which they lie in a tail. */
export function tailLeaves(members: Members): Leaf[] {
  const own = members.leaves.filter(({ crosses }) => crosses.kind !== 'scalar');
  return [...own, ...members.nested.flatMap((nested) => tailLeaves(nested.members))];
}

function messageNamed(contract: Contract, fullName: string): Message {
  const message = findMessage(contract, fullName);
  if (message === undefined) throw new Error(`the contract ${contract.package} has no message ${fullName}`);
  return message;
}
