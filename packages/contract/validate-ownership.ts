import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import { isArena, responseMessages } from './services.js';
import type { Contract, Field, Message } from './types.js';

/**
 * Checks that `own` is said of bytes, and where it can hold: what is borrowed of a request lives for the time of the call,
 * and what is borrowed or moved of a response is a view or, of a list, an arena.
 */
export function validateOwnership(contract: Contract): Diagnostic[] {
  const responses = responseMessages(contract);
  const beyondRequests = messagesBeyondRequests(contract);
  const beyondResponses = messagesBeyondResponses(contract);
  return contract.messages.flatMap((message) => {
    const elsewhere = (responses.has(message.fullName) ? beyondResponses : beyondRequests).get(message.fullName);
    const check = responses.has(message.fullName) ? validateView : validateBorrow;
    return message.fields.flatMap((field) => {
      if (field.own !== 'borrow' && field.own !== 'move') return [];
      const isAboutBytes = hasBytes(field) || (responses.has(message.fullName) && isArena(field));
      return isAboutBytes ? check(message, field, elsewhere) : [refuseNumbers(field)];
    });
  });
}

function hasBytes({ type }: Field): boolean {
  return type.kind === 'string' || type.kind === 'bytes';
}

function optionOf({ own }: Field): string {
  return `OWN_${own.toUpperCase()}`;
}

function refuseNumbers(field: Field): Diagnostic {
  const text = `${optionOf(field)} is about bytes, and ${field.name} is no string or bytes`;
  const help =
    'leave `own` out here, and say it of the strings and bytes that are worth it, or OWN_MOVE of a list of a response: all else is copied';
  return refuse('ownership-without-bytes', text, field.span, help);
}

function validateBorrow(message: Message, field: Field, elsewhere: string | undefined): Diagnostic[] {
  const { name, own, span } = field;
  if (own === 'move') {
    const text = `OWN_MOVE is not supported yet but in a response: ${name}`;
    const help = 'use OWN_COPY, or OWN_BORROW in a request: a slice of Go cannot be given away';
    return [refuse('unsupported-ownership', text, span, help)];
  }
  if (elsewhere === undefined) return [];
  const text = `OWN_BORROW cannot hold: ${name} would be lent for the time of a call, but ${message.name} is ${elsewhere}`;
  const help = 'give the request a message of its own, or use OWN_COPY';
  return [refuse('misplaced-borrow', text, span, help)];
}

function validateView(message: Message, field: Field, elsewhere: string | undefined): Diagnostic[] {
  const { name, type, cardinality, span } = field;
  if (elsewhere !== undefined) {
    const what = isArena(field) ? 'an arena' : 'a view';
    const text = `${optionOf(field)} cannot hold: ${name} would be ${what} of a response, but ${message.name} is ${elsewhere}`;
    const help = 'give the response a message of its own, or use OWN_COPY';
    return [refuse('misplaced-borrow', text, span, help)];
  }
  if (isArena(field) || (type.kind === 'bytes' && cardinality === 'singular')) return [];
  const text = `${optionOf(field)} of a response is not supported yet but for single bytes: ${name}`;
  const help = 'declare it as bytes that always are there, or use OWN_COPY; a list can have OWN_MOVE';
  return [refuse('unsupported-ownership', text, span, help)];
}

/**
 * The messages that are part of something else than a request to Rust, each with what that is. Items of an arena are not:
 * what they borrow is copied when they are pushed.
 */
function messagesBeyondRequests(contract: Contract): ReadonlyMap<string, string> {
  const { services, messages } = contract;
  const responses = responseMessages(contract);
  const byName = new Map(messages.map((message) => [message.fullName, message]));
  const found = new Map<string, string>();
  const visit = (fullName: string, what: string): void => {
    if (found.has(fullName)) return;
    found.set(fullName, what);
    for (const field of byName.get(fullName)?.fields ?? []) {
      const isPushed = isArena(field) && responses.has(fullName);
      if (field.type.kind === 'message' && !isPushed) visit(field.type.message, what);
    }
  };
  for (const { name, methods, implementedInGo } of services) {
    for (const method of methods) {
      visit(method.response, `part of the response of ${name}.${method.name}`);
      if (implementedInGo) visit(method.request, `part of the request of ${name}.${method.name}, which Go serves`);
    }
  }
  return found;
}

/** The messages that are something else than the response of a method of Rust, each with what that is. */
function messagesBeyondResponses({ services, messages }: Contract): ReadonlyMap<string, string> {
  const ends = services.flatMap(({ name, methods, implementedInGo }) =>
    methods.flatMap(({ name: method, request, response }): [string, string][] => {
      const asRequest: [string, string] = [request, `the request of ${name}.${method}`];
      return implementedInGo
        ? [asRequest, [response, `the response of ${name}.${method}, which Go serves`]]
        : [asRequest];
    }),
  );
  const fields = messages.flatMap((message) =>
    message.fields.flatMap(({ type, name }): [string, string][] =>
      type.kind === 'message' ? [[type.message, `the field ${name} of ${message.name}`]] : [],
    ),
  );
  return new Map([...ends, ...fields]);
}
