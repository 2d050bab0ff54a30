import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import type { Contract, ErrorDomain } from './types.js';

/** Checks that the codes of each error domain can be told apart on both sides. */
export function validateErrorDomains(contract: Contract): Diagnostic[] {
  return contract.errorDomains.flatMap((domain) => [...validateCodes(domain), ...validateNumbers(domain)]);
}

function validateCodes(domain: ErrorDomain): Diagnostic[] {
  if (domain.codes.length > 0) return [];
  const message = `error domain ${domain.name} has no codes, so that no error could belong to it`;
  return [refuse('no-codes', message, domain.span, 'add a value for each error that the methods can fail with')];
}

function validateNumbers(domain: ErrorDomain): Diagnostic[] {
  const names = new Map<number, string>();
  return domain.codes.flatMap(({ name, number, span }): Diagnostic[] => {
    if (number < 0) {
      const message = `${name} = ${number} is no error code: codes are positive`;
      return [refuse('negative-code', message, span, 'number the codes from 1')];
    }
    const taken = names.get(number);
    names.set(number, taken ?? name);
    if (taken === undefined) return [];
    const message = `${name} has the number ${number} of ${taken}: a caller could not tell them apart`;
    return [refuse('aliased-code', message, span, 'give each code a number of its own')];
  });
}
