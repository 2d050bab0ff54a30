import { isArena, responseMessages, type Contract, type Field, type Message } from '#contract';
import { oncePer } from './once-per.js';

/**
 * Full names of the messages that hold, at any depth, what is borrowed: their Rust types have a lifetime. Validation of
 * the contract makes sure that each of them only goes to Rust, as part of a request, or into an arena.
 */
export const borrowingMessages = oncePer((contract: Contract): ReadonlySet<string> => {
  const found = new Set<string>();
  const responses = responseMessages(contract);
  const requests = contract.messages.filter(({ fullName }) => !responses.has(fullName));
  const isNew = (message: Message): boolean => {
    return !found.has(message.fullName) && message.fields.some((field) => isBorrowing(field, found));
  };
  for (let more = requests.filter(isNew); more.length > 0; more = requests.filter(isNew)) {
    for (const { fullName } of more) found.add(fullName);
  }
  return found;
});

/** The fields of responses that are arenas: lists that the service writes where they cross. */
export const arenaFields = oncePer((contract: Contract): readonly Field[] => {
  return responsesOf(contract).flatMap(({ fields }) => fields.filter(isArena));
});

/** Whether the value of a field that is no view is borrowed, or a message that borrows. */
export function isBorrowing({ own, type }: Field, messages: ReadonlySet<string>): boolean {
  return own === 'borrow' || (type.kind === 'message' && messages.has(type.message));
}

/**
 * Full names of the fields that are views: bytes that Rust keeps, or gives away, and Go looks at without a copy.
 * Validation of the contract makes sure that their messages are responses, and nothing else.
 */
export const viewFields = oncePer((contract: Contract): ReadonlySet<string> => {
  const fields = responsesOf(contract).flatMap((message) => message.fields);
  const views = fields.filter((field) => (field.own === 'borrow' || field.own === 'move') && !isArena(field));
  return new Set(views.map(({ fullName }) => fullName));
});

function responsesOf(contract: Contract): Message[] {
  const responses = responseMessages(contract);
  return contract.messages.filter(({ fullName }) => responses.has(fullName));
}

/**
 * Full names of the fields that are buffers: bytes that Go fills in memory of Rust, and a call gives away. Validation of
 * the contract makes sure that their messages are requests, and nothing else.
 */
export const bufferFields = oncePer((contract: Contract): ReadonlySet<string> => {
  const responses = responseMessages(contract);
  const requests = contract.messages.filter(({ fullName }) => !responses.has(fullName));
  const moved = requests.flatMap(({ fields }) => fields.filter(({ own }) => own === 'move'));
  return new Set(moved.filter(isSingleBytes).map(({ fullName }) => fullName));
});

function isSingleBytes({ type, cardinality }: Field): boolean {
  return type.kind === 'bytes' && cardinality === 'singular';
}

/** What the address of a field's bytes is a multiple of; 1 where the contract does not say. */
export function alignOf({ align = 1 }: Field): number {
  return align;
}

/** What the address of every buffer of a bridge is a multiple of, so that each suits any field. */
export function bufferAlignment(contract: Contract): number {
  const buffers = bufferFields(contract);
  const fields = contract.messages.flatMap((message) => message.fields.filter(({ fullName }) => buffers.has(fullName)));
  return Math.max(1, ...fields.map(alignOf));
}
