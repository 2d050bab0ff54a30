import type { Diagnostic, Span } from '#diagnostics';
import { refuse } from './refusal.js';
import { reservedMethods, reservedTypes } from './reserved-names.js';
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
  const types: Named[] = [...contract.services, ...contract.messages, ...contract.errorDomains];
  return [
    ...findClashes('type', types),
    ...contract.services.flatMap((service) => findClashes('method', service.methods)),
    ...contract.messages.flatMap((message) => findClashes('field', message.fields)),
    ...findClashes(
      'error code',
      contract.errorDomains.flatMap((domain) => domain.codes),
    ),
    ...findReserved('method', methods, reservedMethods),
    ...findReserved('type', types, reservedTypes),
  ];
}

function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
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
    return [refuse('name-clash', message, declaration.span, `rename one of the two: case and _ do not count`)];
  });
}

function findReserved(
  what: string,
  declarations: readonly Named[],
  reserved: Readonly<Record<string, string>>,
): Diagnostic[] {
  return declarations.flatMap(({ name, span }): Diagnostic[] => {
    const owner = Object.hasOwn(reserved, name) ? reserved[name] : undefined;
    if (owner === undefined) return [];
    const message = `${what} ${name} has the name of ${owner}`;
    return [refuse('reserved-name', message, span, `choose another name, such as ${name}${suffixFor(what)}`)];
  });
}

function suffixFor(what: string): string {
  return what === 'method' ? 'All' : 'Info';
}
