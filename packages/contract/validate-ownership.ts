import type { Diagnostic, Span } from '#diagnostics';
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
    const isResponse = responses.has(message.fullName);
    const lent = message.fields.filter(({ own }) => own === 'borrow' || own === 'move');
    if (message.owner !== undefined) {
      const elsewhere = beyondRequests.get(message.fullName);
      return elsewhere === undefined ? [] : lent.slice(0, 1).map((field) => refuseShared(message, field, elsewhere));
    }
    const elsewhere = (isResponse ? beyondResponses : beyondRequests).get(message.fullName);
    const check = isResponse ? validateView : validateBorrow;
    return lent.flatMap((field) => {
      const isAboutBytes = hasBytes(field) || (isResponse && isArena(field));
      return isAboutBytes ? check(message, field, elsewhere?.what) : [refuseNumbers(field)];
    });
  });
}

/** What another bridge lends for the time of a call; the contract to change is the one that uses it. */
function refuseShared({ fullName, owner }: Message, { name }: Field, { what, span }: Place): Diagnostic {
  const text = `${fullName} of the bridge ${owner ?? ''} lends ${name} for the time of a call (OWN_BORROW), but is ${what}`;
  return refuse('misplaced-borrow', text, span, 'declare a message of your own with the fields that are needed there');
}

/** What a message is part of, and the method or field that makes it so. */
interface Place {
  readonly what: string;
  readonly span: Span;
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
function messagesBeyondRequests(contract: Contract): ReadonlyMap<string, Place> {
  const { services, messages } = contract;
  const responses = responseMessages(contract);
  const byName = new Map(messages.map((message) => [message.fullName, message]));
  const found = new Map<string, Place>();
  const visit = (fullName: string, place: Place): void => {
    if (found.has(fullName)) return;
    found.set(fullName, place);
    for (const field of byName.get(fullName)?.fields ?? []) {
      const isPushed = isArena(field) && responses.has(fullName);
      if (field.type.kind === 'message' && !isPushed) visit(field.type.message, place);
    }
  };
  for (const { name: service, methods, implementedInGo } of services) {
    for (const { name, request, response, span } of methods) {
      visit(response, { what: `part of the response of ${service}.${name}`, span });
      if (implementedInGo) visit(request, { what: `part of the request of ${service}.${name}, which Go serves`, span });
    }
  }
  return found;
}

/** The messages that are something else than the response of a method of Rust, each with what that is. */
function messagesBeyondResponses({ services, messages }: Contract): ReadonlyMap<string, Place> {
  const ends = services.flatMap(({ name: service, methods, implementedInGo }) =>
    methods.flatMap(({ name, request, response, span }): [string, Place][] => {
      const asRequest: [string, Place] = [request, { what: `the request of ${service}.${name}`, span }];
      const asResponse: [string, Place] = [
        response,
        { what: `the response of ${service}.${name}, which Go serves`, span },
      ];
      return implementedInGo ? [asRequest, asResponse] : [asRequest];
    }),
  );
  const fields = messages.flatMap((message) =>
    message.fields.flatMap(({ type, name, span }): [string, Place][] =>
      type.kind === 'message' ? [[type.message, { what: `the field ${name} of ${message.name}`, span }]] : [],
    ),
  );
  return new Map([...ends, ...fields]);
}
