import type { Diagnostic } from '#diagnostics';
import { findCycles } from './message-cycles.js';
import { refuse } from './refusal.js';
import type { Contract, Field, Message } from './types.js';

/** Checks that every message, and each of its fields, has a shape that crosses the boundary. */
export function validateMessages(contract: Contract): Diagnostic[] {
  const own = new Set(contract.messages.map((message) => message.fullName));
  return [
    ...contract.messages.flatMap((message) => [
      ...validateMessage(message, own),
      ...message.fields.flatMap((field) => validateField(field, own)),
    ]),
    ...validateEnds(contract, own),
    ...findCycles(contract.messages).map(({ field, path }) =>
      refuse(
        'recursive-message',
        `a message that contains itself is not supported yet: ${path.join(' → ')}`,
        field.span,
        'let the field carry an identifier of the other message instead of the message',
      ),
    ),
  ];
}

function validateMessage(message: Message, own: ReadonlySet<string>): Diagnostic[] {
  const { name, fullName, span } = message;
  const diagnostics: Diagnostic[] = [];
  if (own.has(fullName.slice(0, -name.length - 1))) {
    const text = `a message declared inside another one is not supported yet: ${name}`;
    diagnostics.push(refuse('nested-declaration', text, span, 'declare it at the top level of the file'));
  }
  if (message.handle !== undefined) {
    const help = 'let it carry an identifier, and keep the object in the Rust service under that identifier';
    diagnostics.push(refuse('unsupported-handle', `a handle is not supported yet: ${name}`, span, help));
  }
  return diagnostics;
}

/** What each cardinality that does not cross is called, and what to use instead. */
const cardinalities: Readonly<Record<Exclude<Field['cardinality'], 'singular'>, readonly [string, string]>> = {
  repeated: ['a list', 'call once for each item, or send the list as one bytes field in an encoding of your own'],
  map: ['a map', 'call once for each entry, or send the map as one bytes field in an encoding of your own'],
  oneof: ['a oneof', 'declare a message field for each alternative and set one of them: a message can be absent'],
  optional: ['an optional field', 'put it into a message of its own: a message field can be absent'],
};

function validateField(field: Field, own: ReadonlySet<string>): Diagnostic[] {
  const { name, span, type, cardinality } = field;
  const diagnostics = validateFieldOptions(field);
  if (cardinality !== 'singular') {
    const [what, help] = cardinalities[cardinality];
    diagnostics.push(refuse(`unsupported-${cardinality}`, `${what} is not supported yet: ${name}`, span, help));
  }
  if (type.kind === 'enum') {
    const help = 'use uint32, and name its values in constants on both sides';
    diagnostics.push(refuse('unsupported-enum', `a field of an enum type is not supported yet: ${name}`, span, help));
  }
  if (type.kind === 'message' && !own.has(type.message)) {
    diagnostics.push(refuseForeign(type.message, name, field.span));
  }
  return diagnostics;
}

function validateFieldOptions(field: Field): Diagnostic[] {
  const { name, span, own, feature } = field;
  const diagnostics: Diagnostic[] = [];
  const unsupported = (code: string, what: string, help: string): void => {
    diagnostics.push(refuse(code, `${what} is not supported yet: ${name}`, span, help));
  };
  if (own === 'borrow' || own === 'move') {
    unsupported('unsupported-ownership', `OWN_${own.toUpperCase()}`, 'use OWN_COPY: the receiver gets its own bytes');
  }
  if (feature !== undefined) {
    unsupported('unsupported-feature', 'a field that depends on a feature', 'declare it always, and leave it unset');
  }
  if (field.maxLen !== 0) {
    unsupported('unsupported-limit', 'max_len', 'check the length in the implementation, with an error code for it');
  }
  if (field.redact) {
    unsupported('unsupported-redaction', 'redact on a field', 'leave the value out of the messages of your errors');
  }
  return diagnostics;
}

/** Requests and responses must be the bridge's own messages, as fields must. */
function validateEnds(contract: Contract, own: ReadonlySet<string>): Diagnostic[] {
  return contract.services
    .flatMap((service) => service.methods)
    .flatMap((method) =>
      [method.request, method.response]
        .filter((message) => !own.has(message))
        .map((message) => refuseForeign(message, method.name, method.span)),
    );
}

/** What to use instead of the messages that come with Protobuf. */
const wellKnown: Readonly<Record<string, string>> = {
  'google.protobuf.Any': 'name the message that crosses: both sides must know it when they are compiled',
  'google.protobuf.Duration': 'use int64 with the unit in the name, such as timeout_ns',
  'google.protobuf.Empty': 'declare an empty message of your own: fields can be added to it later',
  'google.protobuf.Timestamp': 'use int64 with the unit in the name, such as created_unix_ns',
};

function refuseForeign(message: string, user: string, span: Field['span']): Diagnostic {
  if (message === 'google.protobuf.Any') {
    return refuse('any', `Any cannot cross the boundary: ${user}`, span, wellKnown[message] ?? '');
  }
  const help = wellKnown[message] ?? "declare a message of the bridge's own with the fields that must cross";
  return refuse('foreign-message', `a message of another package is not supported yet: ${message}`, span, help);
}
