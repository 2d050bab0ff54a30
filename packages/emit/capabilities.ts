import { implementedIn, rustServices, type Contract, type Field, type Method } from '#contract';
import { arenaFields, bufferFields, viewFields } from './borrowing.js';
import type { Diagnostic, Span } from '#diagnostics';

/** What the emitters of today can print; validation of the contract is stricter, this is what emission relies on. */
export function findUnsupported(contract: Contract): Diagnostic[] {
  const services = implementedIn(contract) === 'go' ? contract.services : rustServices(contract);
  const givenAway = new Set([viewFields, bufferFields, arenaFields].flatMap((fieldsOf) => [...fieldsOf(contract)]));
  return [
    ...services.flatMap(({ methods }) => methods.flatMap(findUnsupportedCall)),
    ...contract.messages.flatMap(({ fields }) =>
      fields.flatMap((field) => (givenAway.has(field.fullName) ? [] : findUnsupportedField(field))),
    ),
  ];
}

function unsupported(what: string, span: Span, help: string): Diagnostic {
  return { code: 'emit/unsupported', severity: 'error', message: `not supported yet: ${what}`, span, help };
}

function findUnsupportedCall({ name, span, mode, clientStreaming, serverStreaming }: Method): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (clientStreaming || serverStreaming) found.push(unsupported(`${name} streams`, span, 'make it a unary call'));
  if (mode === 'async' || mode === 'blocking') {
    found.push(unsupported(`${name} is ${mode}`, span, 'leave the mode out, or write MODE_SYNC'));
  }
  return found;
}

function findUnsupportedField({ name, span, own }: Field): Diagnostic[] {
  return own === 'move' ? [unsupported(`${name} is moved`, span, 'leave `own` out: fields are copied')] : [];
}
