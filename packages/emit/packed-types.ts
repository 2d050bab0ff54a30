import type { Contract, Enum, Message } from '#contract';
import type { CallbackService, GivenService } from './callbacks.js';
import type { Call, Members } from './crossing.js';
import { membersOf, messageNamed, valueMessages, type Member, type OneofMember } from './members.js';
import { findRecursion } from './recursion.js';

/** A oneof with the message that declares it. */
export interface PackedOneof {
  readonly message: Message;
  readonly member: OneofMember;
}

/** The types that have to be packed, each in the order of the contract. */
export interface PackedTypes {
  readonly messages: readonly Message[];
  readonly oneofs: readonly PackedOneof[];
  readonly enums: readonly Enum[];
  /** Full names of those messages that contain themselves. */
  readonly recursive: ReadonlySet<string>;
}

/** All types of a contract that can be packed, also those that its calls flatten. */
export function packableTypes(contract: Contract): PackedTypes {
  const messages = valueMessages(contract);
  return {
    messages,
    oneofs: messages.flatMap((message) =>
      membersOf(message).flatMap((member): PackedOneof[] => (member.kind === 'oneof' ? [{ message, member }] : [])),
    ),
    enums: contract.enums,
    recursive: findRecursion(contract.messages).messages,
  };
}

/** The types of a contract that can be packed and are its own. */
export function ownPackableTypes(contract: Contract): PackedTypes {
  const { messages, oneofs, enums, recursive } = packableTypes(contract);
  return {
    messages: messages.filter(({ owner }) => owner === undefined),
    oneofs: oneofs.filter(({ message }) => message.owner === undefined),
    enums: enums.filter(({ owner }) => owner === undefined),
    recursive,
  };
}

/** The types that `known` lacks. */
export function typesBeyond(all: PackedTypes, known: PackedTypes): PackedTypes {
  return {
    ...all,
    messages: all.messages.filter((it) => !known.messages.includes(it)),
    oneofs: all.oneofs.filter(({ message, member }) => {
      return !known.oneofs.some((it) => it.message === message && it.member.name === member.name);
    }),
    enums: all.enums.filter((it) => !known.enums.includes(it)),
  };
}

/** The packed types of a bridge. */
export interface PackedTypesOfBridge {
  /** What Go packs: of requests of Rust's methods, and of responses of its own. */
  readonly byGo: PackedTypes;
  /** What Go unpacks. */
  readonly byRust: PackedTypes;
  readonly all: PackedTypes;
}

/** Collects the types that the calls of a contract pack. */
export function packedTypesOf(
  contract: Contract,
  calls: readonly Call[],
  callbacks: readonly CallbackService[],
  given: readonly GivenService[],
): PackedTypesOfBridge {
  const served = callbacks.flatMap((service) => service.calls);
  const byGo = [...calls.map(({ request }) => request), ...served.map(({ response }) => response)];
  const byRust = [...calls.map(({ response }) => response), ...served.map(({ request }) => request)];
  const methods = given.flatMap((service) => service.calls.map(({ method }) => method));
  const requests = methods.map(({ request }) => messageNamed(contract, request));
  const responses = methods.map(({ response }) => messageNamed(contract, response));
  return {
    byGo: collect(contract, byGo, requests),
    byRust: collect(contract, byRust, responses),
    all: collect(contract, [...byGo, ...byRust], [...requests, ...responses]),
  };
}

/** Collects what is packed of messages that cross with their leaves apart, and of others that are packed whole. */
function collect(contract: Contract, flattened: readonly Members[], whole: readonly Message[]): PackedTypes {
  const reached = new Reached(contract);
  for (const members of flattened) reached.addAll(members);
  for (const message of whole) reached.addMessage(message);
  return {
    messages: contract.messages.filter((message) => reached.messages.has(message)),
    oneofs: contract.messages.flatMap((message) => reached.oneofs.get(message) ?? []),
    enums: contract.enums.filter(({ fullName }) => reached.enums.has(fullName)),
    recursive: findRecursion(contract.messages).messages,
  };
}

/** What is reached from packed members. */
class Reached {
  readonly messages = new Set<Message>();
  readonly oneofs = new Map<Message, PackedOneof[]>();
  readonly enums = new Set<string>();

  constructor(private readonly contract: Contract) {}

  /** Adds what is packed of a request or response. */
  addAll(members: Members): void {
    for (const { member } of members.packed) this.addMember(members.message, member);
    for (const inner of members.nested) this.addAll(inner.members);
  }

  private addMember(message: Message, member: Member): void {
    if (member.kind === 'oneof') this.addOneof(message, member);
    for (const { type } of member.kind === 'oneof' ? member.alternatives : [member.field]) {
      if (type.kind === 'enum') this.enums.add(type.enum);
      if (type.kind === 'message') this.addMessage(messageNamed(this.contract, type.message));
    }
  }

  private addOneof(message: Message, member: OneofMember): void {
    const known = this.oneofs.get(message) ?? [];
    if (!known.some((it) => it.member.oneof === member.oneof)) known.push({ message, member });
    this.oneofs.set(message, known);
  }

  /** Adds a message that is packed whole. */
  addMessage(message: Message): void {
    if (this.messages.has(message)) return;
    this.messages.add(message);
    for (const member of membersOf(message)) this.addMember(message, member);
  }
}
