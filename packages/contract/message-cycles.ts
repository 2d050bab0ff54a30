import type { Field, Message } from './types.js';

/** A field that leads back to a message that contains it, and the messages on the way round. */
export interface MessageCycle {
  readonly field: Field;
  /** Simple names; first and last are the same. */
  readonly path: readonly string[];
}

/** Finds the fields that close a cycle; each cycle is found once, from the message that is declared first. */
export function findCycles(messages: readonly Message[]): MessageCycle[] {
  const byName = new Map(messages.map((message) => [message.fullName, message]));
  const done = new Set<Message>();
  const cycles: MessageCycle[] = [];
  const visit = (message: Message, above: readonly Message[]): void => {
    if (done.has(message)) return;
    const stack = [...above, message];
    for (const field of message.fields) {
      const inner = field.type.kind === 'message' ? byName.get(field.type.message) : undefined;
      if (inner === undefined) continue;
      const start = stack.indexOf(inner);
      if (start === -1) visit(inner, stack);
      else cycles.push({ field, path: [...stack.slice(start), inner].map(({ name }) => name) });
    }
    done.add(message);
  };
  for (const message of messages) visit(message, []);
  return cycles;
}
