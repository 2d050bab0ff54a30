import type { Diagnostic } from '#diagnostics';
import {
  goServices,
  type Contract,
  type Enum,
  type EnumValue,
  type Message,
  type Method,
  type Service,
} from '#contract';
import { declarationOf, membersOf, oneofTypeName, receiverOf, valueMessages } from '../members.js';
import { findClashes, named, type NamedDeclaration } from '../name-clashes.js';
import { capitalize, remembered, splitWords } from '../words.js';

/** Words that Go writes in capitals, in the plural too (`IDs`). */
const initialisms = new Set(
  `acl api ascii cpu css dns eof guid html http https id ip json jwt lhs os qps ram rhs rpc sla smtp sql ssh tcp tls ttl
   udp ui uid uri url utf8 uuid vm xml xmpp xsrf xss`.split(/\s+/),
);

const keywords = new Set(
  `break case chan const continue default defer else fallthrough for func go goto if import interface map package range
   return select struct switch type var`.split(/\s+/),
);

/** `customer_id` → `CustomerID`; also spells names that already are in camel case. */
export const exportedName = remembered((identifier) => splitWords(identifier).map(spellWord).join(''));

/** `customer_id` → `customerID`; a keyword gets a trailing underscore. */
export function localName(identifier: string): string {
  const [first = '', ...rest] = splitWords(identifier);
  const name = `${first}${rest.map(spellWord).join('')}`;
  return keywords.has(name) ? `${name}_` : name;
}

function spellWord(word: string): string {
  if (initialisms.has(word)) return word.toUpperCase();
  const singular = word.slice(0, -1);
  return word.endsWith('s') && initialisms.has(singular) ? `${singular.toUpperCase()}s` : capitalize(word);
}

/** `EMPTY_NAME` → `ErrEmptyName`. */
export function errorName(code: string): string {
  return `Err${exportedName(code)}`;
}

/** Exported names of the generated package that do not come from the contract, with what they are. */
const generatedNames: Readonly<Record<string, string>> = {
  Client: 'the client',
  Mock: 'the mock',
  New: 'the constructor of the client',
  NewMock: 'the constructor of the mock',
  NewWith: 'the constructor of a client over any service',
  Service: 'the interface of the service',
};

/** What a mock has besides the methods of its service. */
const mockMethods: Readonly<Record<string, string>> = {
  AssertExpectations: 'what a mock has for its expectations',
  Calls: 'what a mock has for its calls',
};

/** Method names for which `go vet` demands a signature of its own. */
const vettedMethods: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'GobDecode',
    'GobEncode',
    'MarshalJSON',
    'MarshalXML',
    'ReadByte',
    'ReadRune',
    'UnmarshalJSON',
    'UnmarshalXML',
    'UnreadByte',
    'UnreadRune',
    'WriteByte',
  ].map((name) => [name, 'a method of the standard library, whose signature go vet demands']),
);

/** What would not compile, or would hide something, once the contract's names are spelled as Go spells them. */
export function findGoNameClashes(contract: Contract, service: Service): Diagnostic[] {
  const codes = contract.errorDomains.flatMap(({ codes }) => codes.map((code) => named(code, errorName(code.name))));
  const scopes = methodScopes(contract, service);
  return [
    ...findClashes('Go', [...typesOf(contract), ...codes], generatedNames),
    ...scopes.flatMap(({ methods, reserved }) => {
      const names = methods.map((method) => named(method, exportedName(method.name)));
      const ofMock = methods.flatMap((method) => {
        const name = exportedName(method.name);
        return [`${name}Func`, `${name}Calls`, `Expect${name}`, `Expect${name}That`].map((it) => named(method, it));
      });
      return findClashes('Go', [...names, ...ofMock], { ...vettedMethods, ...mockMethods, ...reserved });
    }),
    ...valueMessages(contract).flatMap((message) =>
      findClashes(
        'Go',
        membersOf(message).map((member) => named(declarationOf(member), exportedName(member.name))),
        hasRedacted(message) ? { Format: 'how it hides what is redacted', LogValue: 'how it hides it in logs' } : {},
      ),
    ),
  ];
}

/** Methods that share a type: those of the service, and those of each handle. */
function methodScopes(
  contract: Contract,
  { methods }: Service,
): { methods: readonly Method[]; reserved: Readonly<Record<string, string>> }[] {
  const receiver = (method: Method): string | undefined => receiverOf(contract, method.request)?.fullName;
  const handles = contract.messages.filter(({ handle }) => handle !== undefined);
  return [
    { methods: methods.filter((method) => receiver(method) === undefined), reserved: {} },
    ...goServices(contract).map((service) => ({ methods: service.methods, reserved: {} })),
    ...handles.map(({ fullName }) => ({
      methods: methods.filter((method) => receiver(method) === fullName),
      reserved: { Close: 'how an object is closed', CloseFunc: 'the function of its mock' },
    })),
  ];
}

/** Everything that becomes a type or a constant of the package. */
function typesOf(contract: Contract): NamedDeclaration[] {
  const { messages, enums } = contract;
  const oneofs = messages.flatMap((message) =>
    membersOf(message).flatMap((member) => {
      if (member.kind === 'field') return [];
      const name = exportedName(oneofTypeName(message, member.oneof));
      const alternatives = member.alternatives.map((it) => named(it, `${name}${exportedName(it.name)}`));
      return [named(member.oneof, name), ...alternatives];
    }),
  );
  const constants = enums.flatMap((it) => it.values.map((value) => named(value, constantName(it, value))));
  const types = [...messages, ...enums].map((it) => named(it, exportedName(it.name)));
  const objects = messages
    .filter(({ handle }) => handle !== undefined)
    .flatMap((it) =>
      [`${exportedName(it.name)}Object`, `Mock${exportedName(it.name)}`, `NewMock${exportedName(it.name)}`].map(
        (name) => named(it, name),
      ),
    );
  const callbacks = goServices(contract).flatMap((it) =>
    ['', 'Mock', 'NewMock'].map((prefix) => named(it, `${prefix}${exportedName(it.name)}`)),
  );
  return [...types, ...objects, ...callbacks, ...oneofs, ...constants];
}

/** `RED` of `Color` → `ColorRed`. */
export function constantName(declaration: Enum, value: EnumValue): string {
  return exportedName(`${declaration.name}.${value.name}`);
}

function hasRedacted({ fields }: Message): boolean {
  return fields.some(({ redact }) => redact);
}
