import {
  goServices,
  rustServices,
  type Contract,
  type Enum,
  type EnumValue,
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

/** `Order.Item` of a message or enum of the contract, given its full name. */
export function nameInContract({ package: packageName }: Contract, fullName: string): string {
  return fullName.slice(packageName.length + 1);
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

/** Methods that share a type in both languages, and so must differ in name. */
export interface MethodScope {
  /** Absent where the methods are those of a service itself. */
  readonly handle?: Message;
  readonly methods: readonly Method[];
}

/** The methods of each service itself, and those of each handle, whichever services declare them. */
export function methodScopes(contract: Contract): MethodScope[] {
  const receiver = ({ request }: Method): Message | undefined => receiverOf(contract, request);
  const ofRust = rustServices(contract).map(({ methods }) => methods);
  const handles = contract.messages.filter(({ handle }) => handle !== undefined);
  return [
    ...ofRust.map((methods) => ({ methods: methods.filter((method) => receiver(method) === undefined) })),
    ...goServices(contract).map(({ methods }) => ({ methods })),
    ...handles.map((handle) => ({ handle, methods: ofRust.flat().filter((method) => receiver(method) === handle) })),
  ];
}
