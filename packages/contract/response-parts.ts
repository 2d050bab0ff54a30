import { isArena, responseMessages } from './services.js';
import type { Contract, Field, Message } from './types.js';

/** What messages are of responses of Rust alone, so that their fields can be views. */
export interface ResponseParts {
  /** Full names of the responses, and of the messages that lie in them, by themselves or in lists, at any depth. */
  readonly names: ReadonlySet<string>;
  /** Those of them that lie in lists, or in what does: they are packed. */
  readonly listed: ReadonlySet<string>;
  /** What else a message is that is not among them. */
  readonly obstacle: (fullName: string) => string;
}

/** A field of a message, with that. */
interface Use {
  readonly container: Message;
  readonly field: Field;
}

/** Tells which messages are parts of responses alone. One that contains itself is none, as it has no end. */
export function responseParts(contract: Contract): ResponseParts {
  const ends = endsOf(contract);
  const uses = usesOf(contract);
  const responses = responseMessages(contract);
  const names = new Set<string>();
  const isPart = ({ fullName }: Message): boolean => {
    const all = uses.get(fullName) ?? [];
    const isReached = responses.has(fullName) || all.length > 0;
    return isReached && !ends.has(fullName) && all.every((use) => isPlain(use) && names.has(use.container.fullName));
  };
  const isNew = (message: Message): boolean => !names.has(message.fullName) && isPart(message);
  for (let more = contract.messages.filter(isNew); more.length > 0; more = contract.messages.filter(isNew)) {
    for (const { fullName } of more) names.add(fullName);
  }
  const obstacle = (fullName: string): string => {
    const use = uses.get(fullName)?.find((it) => !isPlain(it) || !names.has(it.container.fullName));
    return ends.get(fullName) ?? (use === undefined ? 'no part of a response' : describe(use));
  };
  return { names, listed: listedIn(contract, names), obstacle };
}

/** The messages that are requests, or responses of Go, each with what it is. */
function endsOf({ services }: Contract): ReadonlyMap<string, string> {
  const ends = services.flatMap(({ name, methods, implementedInGo }) =>
    methods.flatMap(({ name: method, request, response }): [string, string][] => {
      const server = implementedInGo ? ', which Go serves' : '';
      const asRequest: [string, string] = [request, `the request of ${name}.${method}${server}`];
      return implementedInGo ? [asRequest, [response, `the response of ${name}.${method}${server}`]] : [asRequest];
    }),
  );
  return new Map(ends);
}

function usesOf({ messages }: Contract): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const container of messages) {
    for (const field of container.fields) {
      if (field.type.kind !== 'message') continue;
      const known = uses.get(field.type.message);
      if (known === undefined) uses.set(field.type.message, [{ container, field }]);
      else known.push({ container, field });
    }
  }
  return uses;
}

/** Whether a message is a field by itself, or an item of a list that is no arena. */
function isPlain({ field }: Use): boolean {
  return field.cardinality !== 'map' && field.cardinality !== 'oneof' && !isArena(field);
}

function listedIn({ messages }: Contract, parts: ReadonlySet<string>): ReadonlySet<string> {
  const listed = new Set<string>();
  const visit = ({ fullName, fields }: Message): void => {
    for (const { type, cardinality } of fields) {
      const isListed = cardinality === 'repeated' || listed.has(fullName);
      if (type.kind !== 'message' || !isListed || !parts.has(type.message) || listed.has(type.message)) continue;
      listed.add(type.message);
      for (const message of messages) if (message.fullName === type.message) visit(message);
    }
  };
  for (const message of messages) if (parts.has(message.fullName)) visit(message);
  return listed;
}

const many = { repeated: ', an arena', map: ', a map', oneof: ', an alternative of a oneof' } as const;

function describe({ container, field: { name, cardinality } }: Use): string {
  const what = cardinality === 'singular' || cardinality === 'optional' ? '' : many[cardinality];
  return `the field ${name} of ${container.name}${what}`;
}
