import type { Diagnostic, Span } from '#diagnostics';
import { messageUses, type MessageUse } from './message-uses.js';
import { refuse } from './refusal.js';
import { isArena, responseMessages } from './services.js';
import type { Contract, Field, Message } from './types.js';

/**
 * Checks that `own` is said of bytes, and where it can hold: what is borrowed of a request lives for the time of the call,
 * what is moved with a request is memory of Rust, and what is borrowed or moved of a response is a view or, of a list, an
 * arena.
 */
export function validateOwnership(contract: Contract): Diagnostic[] {
  const useOf = messageUses(contract);
  const beyondRequests = messagesBeyondRequests(contract);
  return contract.messages.flatMap((message) => {
    const lent = message.fields.filter(({ own }) => own === 'borrow' || own === 'move');
    const elsewhere = beyondRequests.get(message.fullName);
    if (message.owner !== undefined) {
      return elsewhere === undefined ? [] : lent.slice(0, 1).map((field) => refuseShared(message, field, elsewhere));
    }
    const use = useOf(message);
    return lent.flatMap((field) => {
      if (!hasBytes(field) && !(use.end === 'response' && isArena(field))) return [refuseNumbers(field)];
      if (use.end === 'response') return validateView(message, field, use);
      if (field.own === 'move') return validateMove(message, field, use);
      return validateBorrow(message, field, elsewhere?.what);
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

function validateBorrow(message: Message, { name, span }: Field, elsewhere: string | undefined): Diagnostic[] {
  if (elsewhere === undefined) return [];
  const text = `OWN_BORROW cannot hold: ${name} would be lent for the time of a call, but ${message.name} is ${elsewhere}`;
  const help = 'give the request a message of its own, or use OWN_COPY';
  return [refuse('misplaced-borrow', text, span, help)];
}

/** Whether the message is a request or a response, the bytes must be its own: so the help is that of both. */
function validateMove(message: Message, field: Field, { end, other }: MessageUse): Diagnostic[] {
  const { name, span } = field;
  if (end === 'request' && other === undefined) return requireSingleBytes(field, 'request');
  const what = other ?? 'neither';
  const text = `OWN_MOVE cannot hold: ${name} would be bytes of a request or response itself, but ${message.name} is ${what}`;
  const help = 'declare the field in the request or response itself, or use OWN_COPY';
  return [refuse('misplaced-move', text, span, help)];
}

function validateView(message: Message, field: Field, { other }: MessageUse): Diagnostic[] {
  if (other === undefined) return isArena(field) ? [] : requireSingleBytes(field, 'response');
  const what = isArena(field) ? 'an arena' : 'a view';
  const text = `${optionOf(field)} cannot hold: ${field.name} would be ${what} of a response, but ${message.name} is ${other}`;
  const help = 'give the response a message of its own, or use OWN_COPY';
  return [refuse('misplaced-borrow', text, field.span, help)];
}

function requireSingleBytes(field: Field, end: 'request' | 'response'): Diagnostic[] {
  const { name, type, cardinality, span } = field;
  if (type.kind === 'bytes' && cardinality === 'singular') return [];
  const text = `${optionOf(field)} of a ${end} is not supported yet but for single bytes: ${name}`;
  const more = end === 'response' ? '; a list can have OWN_MOVE' : '';
  const help = `declare it as bytes that always are there, or use OWN_COPY${more}`;
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
