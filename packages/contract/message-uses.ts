import { requestMessages, responseMessages, rustServices } from './services.js';
import type { Contract, Message } from './types.js';

/** What a message is that methods of Rust are asked with, or answer with. */
export interface MessageUse {
  /** A message that is both counts as a response. */
  readonly end: 'request' | 'response' | undefined;
  /** What else it is, such as a field of another message; absent when it is that end only. */
  readonly other: string | undefined;
}

/** Tells of each message whether it is a request or a response itself, and nothing else. */
export function messageUses(contract: Contract): (message: Message) => MessageUse {
  const [requests, responses] = [requestMessages(contract), responseMessages(contract)];
  const [beyondRequests, beyondResponses] = [usesBeyond(contract, 'request'), usesBeyond(contract, 'response')];
  return ({ fullName }) => {
    if (responses.has(fullName)) return { end: 'response', other: beyondResponses.get(fullName) };
    return { end: requests.has(fullName) ? 'request' : undefined, other: beyondRequests.get(fullName) };
  };
}

/** The messages that are something else than that end of a method of Rust, each with what that is. */
function usesBeyond(contract: Contract, end: 'request' | 'response'): ReadonlyMap<string, string> {
  const { services, messages } = contract;
  const ofRust = rustServices(contract);
  const ends = services.flatMap((service) => {
    const { name, methods, implementedInGo } = service;
    const isOfRust = ofRust.includes(service);
    return methods.flatMap(({ name: method, request, response }): [string, string][] => {
      const server = isOfRust ? '' : implementedInGo ? ', which Go serves' : ', of an object that Go is given';
      const asRequest: [string, string] = [request, `the request of ${name}.${method}${server}`];
      const asResponse: [string, string] = [response, `the response of ${name}.${method}${server}`];
      return [
        ...(end === 'request' && isOfRust ? [] : [asRequest]),
        ...(end === 'response' && isOfRust ? [] : [asResponse]),
      ];
    });
  });
  const fields = messages.flatMap((message) =>
    message.fields.flatMap(({ type, name }): [string, string][] =>
      type.kind === 'message' ? [[type.message, `the field ${name} of ${message.name}`]] : [],
    ),
  );
  return new Map([...ends, ...fields]);
}
