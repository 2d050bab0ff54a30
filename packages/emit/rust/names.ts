import type { Contract, Service } from '#contract';
import type { Diagnostic } from '#diagnostics';
import { findClashes, named } from '../name-clashes.js';
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
  ['Clone', 'Debug', 'Default', 'Into', 'Option', 'PartialEq', 'Result', 'Send', 'String', 'Sync', 'Vec'].map(
    (name) => [name, 'a name that the generated code needs'],
  ),
);

/** What would not compile, or would hide something, once the contract's names are spelled as Rust spells them. */
export function findRustNameClashes(contract: Contract, service: Service): Diagnostic[] {
  const types = [service, ...contract.messages, ...contract.errorDomains].map((it) => named(it, typeName(it.name)));
  const codeEnums = contract.errorDomains.map((domain) => named(domain, codeEnumName(domain.name)));
  const members = [service.methods, ...contract.messages.map(({ fields }) => fields)];
  return [
    ...findClashes('Rust', [...types, ...codeEnums], {
      ...preludeNames,
      Service: 'your implementation of the service',
    }),
    ...contract.errorDomains.flatMap(({ codes }) =>
      findClashes(
        'Rust',
        codes.map((it) => named(it, typeName(it.name))),
        {},
      ),
    ),
    ...members.flatMap((scope) =>
      findClashes(
        'Rust',
        scope.map((it) => named(it, valueName(it.name))),
        {},
      ),
    ),
  ];
}
