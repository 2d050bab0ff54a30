import type { Diagnostic } from '#diagnostics';
import { findClashes, named } from '../name-clashes.js';
import type { Contract, Service } from '#contract';
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
  NewWith: 'the constructor of a client over any service',
  Service: 'the interface of the service',
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
  const types = contract.messages.map((message) => named(message, exportedName(message.name)));
  const codes = contract.errorDomains.flatMap(({ codes }) => codes.map((code) => named(code, errorName(code.name))));
  const methods = service.methods.map((method) => named(method, exportedName(method.name)));
  const setters = service.methods.map((method) => named(method, `${exportedName(method.name)}Func`));
  return [
    ...findClashes('Go', [...types, ...codes], generatedNames),
    ...findClashes('Go', [...methods, ...setters], vettedMethods),
    ...contract.messages.flatMap((message) =>
      findClashes(
        'Go',
        message.fields.map((field) => named(field, exportedName(field.name))),
        {},
      ),
    ),
  ];
}
