import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import { ownEnums, ownMessages } from './shared.js';
import type { Contract, Enum, Field } from './types.js';

/** Checks that every message, and each of its fields, has a shape that crosses the boundary. */
export function validateMessages(contract: Contract): Diagnostic[] {
  const known = new Set(contract.messages.map((message) => message.fullName));
  return [
    ...ownMessages(contract).flatMap(({ fields }) => fields.flatMap((field) => validateField(field, known))),
    ...validateEnds(contract, known),
    ...ownEnums(contract).flatMap((it) => validateEnum(it)),
  ];
}

/** An open enum has a value for zero, as a field that is not set reads as zero. Older syntax allows to leave it out. */
function validateEnum({ name, values, span }: Enum): Diagnostic[] {
  if (values.some(({ number }) => number === 0)) return [];
  const message = `enum ${name} has no value for 0, which is what a field that is not set holds`;
  return [refuse('no-zero-value', message, span, 'give it a value 0 that says that nothing is known')];
}

function validateField(field: Field, known: ReadonlySet<string>): Diagnostic[] {
  const { name, type, span } = field;
  const diagnostics = validateFieldOptions(field);
  if (type.kind === 'message' && !known.has(type.message)) diagnostics.push(refuseForeign(type.message, name, span));
  return diagnostics;
}

function validateFieldOptions(field: Field): Diagnostic[] {
  const { name, span, feature } = field;
  const diagnostics: Diagnostic[] = [];
  if (feature !== undefined) {
    const message = `a field cannot depend on a feature, as both sides lay messages out alike in every build: ${name} on "${feature}"`;
    const help = 'declare it always and leave it unset, or give a method of that feature a message of its own';
    diagnostics.push(refuse('feature-on-field', message, span, help));
  }
  if (field.maxLen !== 0 && !hasLength(field)) {
    const message = `max_len limits a length, which ${name} does not have`;
    diagnostics.push(refuse('limit-without-length', message, span, 'leave it out, or check the value in the service'));
  }
  return diagnostics;
}

function hasLength({ type, cardinality }: Field): boolean {
  return cardinality === 'repeated' || cardinality === 'map' || type.kind === 'string' || type.kind === 'bytes';
}

/** Requests and responses must be messages of bridges, as fields must. */
function validateEnds(contract: Contract, known: ReadonlySet<string>): Diagnostic[] {
  return contract.services
    .flatMap((service) => service.methods)
    .flatMap((method) =>
      [method.request, method.response]
        .filter((message) => !known.has(message))
        .map((message) => refuseForeign(message, method.name, method.span)),
    );
}

const structHelp = 'declare the fields that cross, or send JSON as bytes: both sides would have to check it anyway';

/** What to use instead of the messages that come with Protobuf. */
const wellKnown: Readonly<Record<string, string>> = {
  'google.protobuf.Any': 'name the message that crosses: both sides must know it when they are compiled',
  'google.protobuf.Empty': 'declare an empty message of your own: fields can be added to it later',
  'google.protobuf.Duration': 'declare a message with a field of it: other fields can be added later',
  'google.protobuf.Timestamp': 'declare a message with a field of it: other fields can be added later',
  'google.protobuf.ListValue': structHelp,
  'google.protobuf.Struct': structHelp,
  'google.protobuf.Value': structHelp,
  ...Object.fromEntries(
    ['Bool', 'Bytes', 'Double', 'Float', 'Int32', 'Int64', 'String', 'UInt32', 'UInt64'].map((name) => [
      `google.protobuf.${name}Value`,
      'declare the field `optional` with the plain type: it says as well whether it is set',
    ]),
  ),
};

function refuseForeign(message: string, user: string, span: Field['span']): Diagnostic {
  if (message === 'google.protobuf.Any') {
    return refuse('any', `Any cannot cross the boundary: ${user}`, span, wellKnown[message] ?? '');
  }
  const help = wellKnown[message] ?? "declare a message of the bridge's own with the fields that must cross";
  return refuse('foreign-message', `a message that belongs to no bridge cannot cross: ${message}`, span, help);
}
