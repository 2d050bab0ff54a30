import type { Diagnostic, Span } from '#diagnostics';
import { messageUses, type MessageUse } from './message-uses.js';
import { refuse } from './refusal.js';
import { responseParts, type ResponseParts } from './response-parts.js';
import { isArena, requestMessages, responseMessages, rustServices } from './services.js';
import type { Contract, Field, Message } from './types.js';

/**
 * Checks that `own` is said of bytes, and where it can hold: what is borrowed of a request lives for the time of the call,
 * what is moved with a request is memory of Rust, and what is borrowed or moved of a response, or of a single message in
 * it, is a view or, of a list of the response itself, an arena.
 */
export function validateOwnership(contract: Contract): Diagnostic[] {
  const useOf = messageUses(contract);
  const parts = responseParts(contract);
  const beyondRequests = messagesBeyondRequests(contract);
  const [ofResponses, ofRequests] = [reachedBy(contract, responseMessages), reachedBy(contract, requestMessages)];
  return contract.messages.flatMap((message) => {
    const lent = message.fields.filter(({ own }) => own === 'borrow' || own === 'move');
    const elsewhere = beyondRequests.get(message.fullName);
    if (message.owner !== undefined) {
      return elsewhere === undefined ? [] : lent.slice(0, 1).map((field) => refuseShared(message, field, elsewhere));
    }
    const use = useOf(message);
    return lent.flatMap((field) => {
      if (!hasBytes(field) && !(use.end === 'response' && isArena(field))) return [refuseNumbers(field)];
      if (use.end === 'response' && isArena(field)) return validateArena(message, field, use);
      const [isOfResponses, isOfRequests] = [ofResponses.has(message.fullName), ofRequests.has(message.fullName)];
      if (use.end === 'response' || (isOfResponses && !isOfRequests)) return validateView(message, field, parts);
      if (field.own === 'move') {
        const isOfBoth = isOfResponses && use.end === undefined;
        return validateMove(message, field, isOfBoth ? { ...use, other: parts.obstacle(message.fullName) } : use);
      }
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

function validateMove(message: Message, field: Field, { end, other }: MessageUse): Diagnostic[] {
  const { name, span } = field;
  if (end === 'request' && other === undefined) return requireSingleBytes(field);
  const what = other ?? 'neither';
  const text = `OWN_MOVE cannot hold: ${name} would be bytes of a request itself or of responses alone, but ${message.name} is ${what}`;
  const help = 'declare the field in the request itself or in a message of responses alone, or use OWN_COPY';
  return [refuse('misplaced-move', text, span, help)];
}

function requireSingleBytes(field: Field): Diagnostic[] {
  const { name, type, cardinality, span } = field;
  if (type.kind === 'bytes' && cardinality === 'singular') return [];
  const text = `${optionOf(field)} of a request is not supported yet but for single bytes: ${name}`;
  return [refuse('unsupported-ownership', text, span, 'declare it as bytes that always are there, or use OWN_COPY')];
}

function validateArena(message: Message, field: Field, { other }: MessageUse): Diagnostic[] {
  if (other === undefined) return [];
  const text = `${optionOf(field)} cannot hold: ${field.name} would be an arena of a response, but ${message.name} is ${other}`;
  return [refuse('misplaced-borrow', text, field.span, 'give the response a message of its own, or use OWN_COPY')];
}

function validateView({ name, fullName }: Message, field: Field, parts: ResponseParts): Diagnostic[] {
  const { names, listed, obstacle } = parts;
  if (names.has(fullName)) return requireViewable(field, listed.has(fullName));
  const text = `${optionOf(field)} cannot hold: ${field.name} would be a view of a response, but ${name} is ${obstacle(fullName)}`;
  const help =
    'views lie in responses, and in messages and lists that are of responses alone: declare a message for it, or use OWN_COPY';
  return [refuse('misplaced-borrow', text, field.span, help)];
}

/** What is packed is not moved: it is read where it is, to be packed. */
function requireViewable(field: Field, isListed: boolean): Diagnostic[] {
  const { name, span, own, cardinality } = field;
  const isList = cardinality === 'repeated' && own === 'borrow';
  if (cardinality !== 'singular' && !isList) {
    const text = `${optionOf(field)} of a response is not supported yet but for single texts and bytes, and OWN_BORROW for lists: ${name}`;
    const help =
      'declare it as a string or bytes that always are there, or use OWN_COPY; a list of the response itself can have OWN_MOVE';
    return [refuse('unsupported-ownership', text, span, help)];
  }
  if (own === 'borrow' || !isListed) return [];
  const text = `OWN_MOVE is not supported yet in a list of a response: ${name}`;
  const help = 'use OWN_BORROW: grout::Bytes and grout::Text take over a Vec<u8> and a String without a copy';
  return [refuse('unsupported-ownership', text, span, help)];
}

/**
 * The messages that are part of something else than a request to Rust, each with what that is. Items of an arena are not:
 * what they borrow is copied when they are pushed.
 */
function messagesBeyondRequests(contract: Contract): ReadonlyMap<string, Place> {
  const ofRust = rustServices(contract);
  const places = contract.services.flatMap((service) =>
    service.methods.flatMap(({ name, request, response, span }): [string, Place][] => {
      const method = `${service.name}.${name}`;
      const asResponse: [string, Place] = [response, { what: `part of the response of ${method}`, span }];
      if (ofRust.includes(service)) return [asResponse];
      const server = service.implementedInGo ? 'which Go serves' : 'of an object that Go is given';
      return [asResponse, [request, { what: `part of the request of ${method}, ${server}`, span }]];
    }),
  );
  return reach(contract, places);
}

/** The messages that lie in those at one end of the methods of Rust, and these themselves. */
function reachedBy(contract: Contract, ends: (contract: Contract) => ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    reach(
      contract,
      [...ends(contract)].map((name) => [name, true]),
    ).keys(),
  );
}

/** The messages that these lead to, each with what is said of the first that does; not by way of an arena. */
function reach<T>(contract: Contract, starts: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const responses = responseMessages(contract);
  const byName = new Map(contract.messages.map((message) => [message.fullName, message]));
  const found = new Map<string, T>();
  const visit = (fullName: string, said: T): void => {
    if (found.has(fullName)) return;
    found.set(fullName, said);
    for (const field of byName.get(fullName)?.fields ?? []) {
      const isPushed = isArena(field) && responses.has(fullName);
      if (field.type.kind === 'message' && !isPushed) visit(field.type.message, said);
    }
  };
  for (const [fullName, said] of starts) visit(fullName, said);
  return found;
}
