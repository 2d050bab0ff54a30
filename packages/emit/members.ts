import {
  givenServices,
  goServices,
  rustServices,
  type Contract,
  type Enum,
  type EnumValue,
  type ErrorDomain,
  type Field,
  type FieldType,
  type Message,
  type Method,
  type Oneof,
} from '#contract';
import { oncePer } from './once-per.js';

/** What a message is declared of: a field, or a oneof in the place of its first alternative. */
export type Member =
  | { readonly kind: 'field'; readonly name: string; readonly field: Field }
  | { readonly kind: 'oneof'; readonly name: string; readonly oneof: Oneof; readonly alternatives: readonly Field[] };

/** A oneof in the place of its first alternative. */
export type OneofMember = Member & { readonly kind: 'oneof' };

/**
 * The members of a message in declaration order: a Go struct and a Rust struct have one field for each. The object that
 * a method is called on is not among them.
 */
export const membersOf = oncePer(({ fields, oneofs }: Message): readonly Member[] => {
  const seen = new Set<string>();
  return fields.flatMap((field): Member[] => {
    if (field.type.kind === 'handle') return [];
    const oneof = oneofs.find(({ name }) => name === field.oneof);
    if (oneof === undefined) return [{ kind: 'field', name: field.name, field }];
    if (seen.has(oneof.name)) return [];
    seen.add(oneof.name);
    const alternatives = fields.filter((candidate) => candidate.oneof === oneof.name);
    return [{ kind: 'oneof', name: oneof.name, oneof, alternatives }];
  });
});

/** Where a member is declared. */
export function declarationOf(member: Member): Field | Oneof {
  return member.kind === 'field' ? member.field : member.oneof;
}

const typesByName = oncePer(
  ({ messages, enums, errorDomains }: Contract): ReadonlyMap<string, Message | Enum | ErrorDomain> =>
    new Map([...messages, ...enums, ...errorDomains].map((it) => [it.fullName, it])),
);

/** The message, enum or error domain with that full name. */
export function typeNamed(contract: Contract, fullName: string): Message | Enum | ErrorDomain {
  const type = typesByName(contract).get(fullName);
  if (type === undefined) throw new Error(`the contract ${contract.package} has no type ${fullName}`);
  return type;
}

/** Name of the bridge that a message or an enum belongs to; absent: it is the contract's own. */
export function ownerOf(contract: Contract, fullName: string): string | undefined {
  const type = typeNamed(contract, fullName);
  return 'owner' in type ? type.owner : undefined;
}

/** Name of the type of a oneof, to be spelled: of `payment` in `Order`, `Order.payment`. */
export function oneofTypeName(message: Message, oneof: Oneof): string {
  return `${message.name}.${oneof.name}`;
}

/** Whether a single value of the type always is there: a message, a time and a span of time may be absent. */
export function isAlwaysThere({ kind }: FieldType): boolean {
  return kind !== 'message' && kind !== 'timestamp' && kind !== 'duration';
}

const messagesByName = oncePer(
  (contract: Contract) => new Map(contract.messages.map((message) => [message.fullName, message])),
);

/** The message with that full name. */
export function messageNamed(contract: Contract, fullName: string): Message {
  const message = messagesByName(contract).get(fullName);
  if (message === undefined) throw new Error(`the contract ${contract.package} has no message ${fullName}`);
  return message;
}

/** The values of an enum, without further names of a number that has one. */
export function namedValues({ values }: Enum): EnumValue[] {
  return values.filter(({ number }, at) => values.findIndex((it) => it.number === number) === at);
}

/** The handle that a request names, which is what its method is called on; absent when the service itself is. */
export function receiverOf(contract: Contract, request: string): Message | undefined {
  const types = messageNamed(contract, request).fields.map(({ type }) => type);
  const handle = types.find((type) => type.kind === 'handle');
  return handle === undefined ? undefined : messageNamed(contract, handle.message);
}

/** The messages that cross as values, handles not among them. */
export function valueMessages({ messages }: Contract): Message[] {
  return messages.filter(({ handle }) => handle === undefined);
}

/** Those of them that the contract declares itself. */
export function ownValueMessages(contract: Contract): Message[] {
  return valueMessages(contract).filter(({ owner }) => owner === undefined);
}

/** Methods that share a type in both languages, and so must differ in name. */
export interface MethodScope {
  /** Absent where the methods are those of a service itself. */
  readonly handle?: Message;
  readonly methods: readonly Method[];
}

/** The methods of each service itself, and those of each handle, whichever services declare them. */
export function methodScopes(contract: Contract): MethodScope[] {
  const receiver = ({ request }: Method): Message | undefined => receiverOf(contract, request);
  const all = contract.services.flatMap(({ methods }) => methods);
  const handles = contract.messages.filter(({ handle }) => handle !== undefined);
  return [
    ...[...rustServices(contract), ...goServices(contract), ...givenServices(contract)].map(({ methods }) => ({
      methods: methods.filter((method) => receiver(method) === undefined),
    })),
    ...handles.map((handle) => ({ handle, methods: all.filter((method) => receiver(method) === handle) })),
  ];
}
