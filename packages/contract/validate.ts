import type { Diagnostic } from '#diagnostics';
import type { Contract } from './types.js';
import { validateAlignment } from './validate-alignment.js';
import { validateErrorDomains } from './validate-errors.js';
import { validateHandles } from './validate-handles.js';
import { validateMessages } from './validate-messages.js';
import { validateNames } from './validate-names.js';
import { validateOwnership } from './validate-ownership.js';
import { validateServices } from './validate-services.js';

/**
 * Says what in a contract this version of the boundary cannot carry, and which shape carries the same today. A contract
 * without errors can be emitted for both languages. Ordered by place.
 */
export function validateContract(contract: Contract): Diagnostic[] {
  const diagnostics = [
    ...validateServices(contract),
    ...validateMessages(contract),
    ...validateOwnership(contract),
    ...validateAlignment(contract),
    ...validateHandles(contract),
    ...validateErrorDomains(contract),
    ...validateNames(contract),
  ];
  return diagnostics.sort(comparePlaces);
}

function comparePlaces(a: Diagnostic, b: Diagnostic): number {
  const file = (a.span?.file ?? '').localeCompare(b.span?.file ?? '', 'en');
  if (file !== 0) return file;
  return (a.span?.line ?? 0) - (b.span?.line ?? 0) || (a.span?.column ?? 0) - (b.span?.column ?? 0);
}
