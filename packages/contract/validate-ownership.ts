import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import type { Contract, Field, Message } from './types.js';

/** Checks that `own` is said of bytes, and that what is borrowed only goes where it can be lent for the time of a call. */
export function validateOwnership(contract: Contract): Diagnostic[] {
  const elsewhere = messagesBeyondRequests(contract);
  return contract.messages.flatMap((message) =>
    message.fields.flatMap((field) => validateField(message, field, elsewhere.get(message.fullName))),
  );
}

function validateField({ name: message }: Message, field: Field, elsewhere: string | undefined): Diagnostic[] {
  const { name, own, type, span } = field;
  if (own !== 'borrow' && own !== 'move') return [];
  const option = `OWN_${own.toUpperCase()}`;
  if (type.kind !== 'string' && type.kind !== 'bytes') {
    const text = `${option} is about bytes, and ${name} is no string or bytes`;
    const help = 'leave `own` out here, and say it of the strings and bytes that are worth it: all else is copied';
    return [refuse('ownership-without-bytes', text, span, help)];
  }
  if (own === 'move') {
    const help = 'use OWN_COPY, or OWN_BORROW in a request: a slice of Go cannot be given away';
    return [refuse('unsupported-ownership', `OWN_MOVE is not supported yet: ${name}`, span, help)];
  }
  if (elsewhere === undefined) return [];
  const text = `OWN_BORROW cannot hold: ${name} would be lent for the time of a call, but ${message} is part of ${elsewhere}`;
  const help = 'give the request a message of its own, or use OWN_COPY';
  return [refuse('misplaced-borrow', text, span, help)];
}

/** The messages that are part of something else than a request to Rust, each with what that is. */
function messagesBeyondRequests({ services, messages }: Contract): ReadonlyMap<string, string> {
  const byName = new Map(messages.map((message) => [message.fullName, message]));
  const found = new Map<string, string>();
  const visit = (fullName: string, what: string): void => {
    if (found.has(fullName)) return;
    found.set(fullName, what);
    for (const { type } of byName.get(fullName)?.fields ?? []) if (type.kind === 'message') visit(type.message, what);
  };
  for (const { name, methods, implementedInGo } of services) {
    for (const method of methods) {
      visit(method.response, `the response of ${name}.${method.name}`);
      if (implementedInGo) visit(method.request, `the request of ${name}.${method.name}, which Go serves`);
    }
  }
  return found;
}
