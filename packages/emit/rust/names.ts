import { implementedIn, type Contract, type Field, type Message, type Method, type Service } from '#contract';
import type { Diagnostic, Span } from '#diagnostics';
import { isOnlyService } from '../abi-names.js';
import { declarationOf, membersOf, methodScopes, namedValues, oneofTypeName } from '../members.js';
import { findClashes, named, type NamedDeclaration } from '../name-clashes.js';
import { capitalize, snakeCase, splitWords } from '../words.js';

const keywords = new Set(
  `abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in let
   loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized
   use virtual where while yield`.split(/\s+/),
);

/** Keywords that cannot be written as raw identifiers. */
const unusable = new Set(['self', 'super', 'crate']);

/** `CustomerID`, `HTTPInfo`, `EMPTY_NAME` → `CustomerId`, `HttpInfo`, `EmptyName`. */
export function typeName(identifier: string): string {
  const name = splitWords(identifier).map(capitalize).join('');
  return name === 'Self' ? 'Self_' : name;
}

/** Name of a field or method: `customer_id`, `r#type`, `self_`. */
export function valueName(identifier: string): string {
  const name = snakeCase(identifier);
  if (unusable.has(name)) return `${name}_`;
  return keywords.has(name) ? `r#${name}` : name;
}

/** Name of the enum with the codes of an error domain: `PricingErrorCode`. */
export function codeEnumName(domain: string): string {
  return `${typeName(domain)}Code`;
}

/** Names that generated code uses unqualified. */
const preludeNames: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'BTreeMap',
    'Box',
    'Clone',
    'Debug',
    'Default',
    'Into',
    'Option',
    'PartialEq',
    'Result',
    'Send',
    'String',
    'Sync',
    'SystemTime',
    'Vec',
  ].map((name) => [name, 'a name that the generated code needs']),
);

/** What would not compile, or would hide something, once the contract's names are spelled as Rust spells them. */
export function findRustNameClashes(contract: Contract): Diagnostic[] {
  const { services, messages, enums, errorDomains } = contract;
  const isHosted = implementedIn(contract) === 'go';
  const types = [...services, ...messages, ...enums, ...errorDomains].map((it) => named(it, typeName(it.name)));
  const clients = [
    ...(isHosted && !isOnlyService(contract) ? services.flatMap(clientTypes) : []),
    ...(isHosted ? messages.filter(({ handle }) => handle !== undefined).flatMap(objectTypes) : []),
  ];
  const codeEnums = errorDomains.map((domain) => named(domain, codeEnumName(domain.name)));
  const variants = [
    ...errorDomains.map(({ codes }) => variantNames(codes)),
    ...oneofsOf(messages).map(({ alternatives }) => variantNames(alternatives)),
  ];
  const values = enums.map((it) => variantNames(namedValues(it)));
  const scopes = [
    ...methodScopes(contract).map(({ methods }) => methods.map((it) => named(it, valueName(it.name)))),
    ...(isHosted ? methodScopes(contract).map(({ methods }) => methods.flatMap(mockNames)) : []),
    ...messages.map((message) => membersOf(message).map((it) => named(declarationOf(it), valueName(it.name)))),
  ];
  return [
    ...findClashes('Rust', [...types, ...clients, ...codeEnums, ...oneofsOf(messages).map((it) => it.type)], {
      ...preludeNames,
      ...(isHosted && isOnlyService(contract) && clientNames),
      ...(isHosted && { BoundaryFixtures: 'what opens objects for the tests' }),
      ...(implementedIn(contract) === 'rust' && { Service: 'your implementation of the service' }),
    }),
    ...variants.flatMap((scope) => findClashes('Rust', scope, {})),
    ...values.flatMap((scope) => findClashes('Rust', scope, { Unrecognized: 'what holds a number without a name' })),
    ...scopes.flatMap((scope) => findClashes('Rust', scope, {})),
    ...(isHosted ? methodScopes(contract) : []).flatMap(({ handle, methods }) => {
      const names = methods.map((it) => named(it, valueName(it.name)));
      return findClashes('Rust', names, handle === undefined ? mockedMethods : { ...mockedMethods, ...ownedMethods });
    }),
  ];
}

/** What the Rust side has for each service of Go; of one that is alone, the names are taken. */
const clientNames: Readonly<Record<string, string>> = { Client: 'the client', Mock: 'the mock' };

function clientTypes(service: Service): NamedDeclaration[] {
  return [`${typeName(service.name)}Client`, `Mock${typeName(service.name)}`].map((name) => named(service, name));
}

/** What stands behind a handle, and what stands in for that. */
function objectTypes(handle: Message): NamedDeclaration[] {
  return [`${typeName(handle.name)}Object`, `Mock${typeName(handle.name)}`].map((name) => named(handle, name));
}

/** What an object of Go has besides the methods that are called on it. */
const ownedMethods: Readonly<Record<string, string>> = {
  close: 'how an object is closed',
  new: 'how one is made of a mock',
  on_close: 'how its mock is told to fail to close',
};

/** What a mock has besides the methods that it answers. */
const mockedMethods: Readonly<Record<string, string>> = { recorded_by: 'how a mock is given a log' };

/** A mock has a method of its own for each of the service's. */
function mockNames(method: Method): NamedDeclaration[] {
  return [valueName(method.name), mockMethod(method)].map((it) => named(method, it));
}

/** Name of the method by which a mock learns how to answer. */
export function mockMethod({ name }: Method): string {
  return `on_${snakeCase(name)}`;
}

function variantNames(declarations: readonly { readonly name: string; readonly span: Span }[]): NamedDeclaration[] {
  return declarations.map((it) => named(it, typeName(it.name)));
}

/** The enums that oneofs become. */
function oneofsOf(messages: readonly Message[]): { type: NamedDeclaration; alternatives: readonly Field[] }[] {
  return messages.flatMap((message) =>
    membersOf(message).flatMap((member) => {
      if (member.kind === 'field') return [];
      const type = named(member.oneof, typeName(oneofTypeName(message, member.oneof)));
      return [{ type, alternatives: member.alternatives }];
    }),
  );
}
