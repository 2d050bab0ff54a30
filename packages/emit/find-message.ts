import type { Contract, Message } from '#contract';

const byName = new WeakMap<Contract, ReadonlyMap<string, Message>>();

/** The message of that full name, at the cost of a look-up: a large contract refers to its messages hundreds of times. */
export function findMessage(contract: Contract, fullName: string): Message | undefined {
  const messages = byName.get(contract) ?? new Map(contract.messages.map((message) => [message.fullName, message]));
  byName.set(contract, messages);
  return messages.get(fullName);
}
