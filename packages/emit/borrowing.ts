import type { Contract, Field, Message } from '#contract';
import { oncePer } from './once-per.js';

/**
 * Full names of the messages that hold, at any depth, what is borrowed: their Rust types have a lifetime. Validation of
 * the contract makes sure that each of them only goes to Rust, as part of a request.
 */
export const borrowingMessages = oncePer((contract: Contract): ReadonlySet<string> => {
  const found = new Set<string>();
  const isNew = (message: Message): boolean => {
    return !found.has(message.fullName) && message.fields.some((field) => isBorrowing(field, found));
  };
  for (let more = contract.messages.filter(isNew); more.length > 0; more = contract.messages.filter(isNew)) {
    for (const { fullName } of more) found.add(fullName);
  }
  return found;
});

/** Whether the value of a field is borrowed, or a message that borrows. */
export function isBorrowing({ own, type }: Field, messages: ReadonlySet<string>): boolean {
  return own === 'borrow' || (type.kind === 'message' && messages.has(type.message));
}
