import type { Diagnostic, Span } from '#diagnostics';
import { refuse } from './refusal.js';
import { reservedMethods } from './reserved-names.js';
import { ownEnums, ownMessages } from './shared.js';
import type { Contract } from './types.js';

interface Named {
  readonly name: string;
  readonly span: Span;
}

/**
 * Checks that names stay apart when each language spells them its own way, and that none is taken by generated code.
 * Two names clash when they are equal but for case and underscores: more than either language needs, but a name that
 * differs from another one in case only would not be told apart by people either.
 */
export function validateNames(contract: Contract): Diagnostic[] {
  const methods = contract.services.flatMap((service) => service.methods);
  const [messages, enums] = [ownMessages(contract), ownEnums(contract)];
  const own: Named[] = [...contract.services, ...messages, ...enums, ...contract.errorDomains];
  // What is shared comes first: the name to change is that of this contract.
  const shared = [...contract.messages, ...contract.enums].filter(({ owner }) => owner !== undefined);
  return [
    ...findClashes('type', [...shared, ...own]),
    ...contract.services.flatMap((service) => findClashes('method', service.methods)),
    ...messages.flatMap(({ fields, oneofs }) => findClashes('field', [...oneofs, ...fields])),
    ...enums.flatMap(({ values }) => findClashes('value', values)),
    ...findClashes(
      'error code',
      contract.errorDomains.flatMap((domain) => domain.codes),
    ),
    ...findReservedMethods(methods),
  ];
}

function plainName(name: string): string {
  return name.replaceAll(/[_.]/g, '').toLowerCase();
}

function findClashes(what: string, declarations: readonly Named[]): Diagnostic[] {
  const seen = new Map<string, Named>();
  return declarations.flatMap((declaration): Diagnostic[] => {
    const first = seen.get(plainName(declaration.name));
    if (first === undefined) {
      seen.set(plainName(declaration.name), declaration);
      return [];
    }
    const place = `${first.span.file}:${first.span.line}`;
    const message = `${what} ${declaration.name} reads the same as ${first.name} (${place}) in Go or in Rust`;
    return [refuse('name-clash', message, declaration.span, 'rename one of the two: case and _ do not count')];
  });
}

function findReservedMethods(methods: readonly Named[]): Diagnostic[] {
  return methods.flatMap(({ name, span }): Diagnostic[] => {
    const owner = Object.hasOwn(reservedMethods, name) ? reservedMethods[name] : undefined;
    if (owner === undefined) return [];
    return [
      refuse(
        'reserved-name',
        `method ${name} has the name of ${owner}`,
        span,
        `say what it does to what: ${name}Order`,
      ),
    ];
  });
}
