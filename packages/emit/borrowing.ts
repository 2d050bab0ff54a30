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
