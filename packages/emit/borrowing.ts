import { isArena, responseParts, type Contract, type Field, type Message } from '#contract';
import { oncePer } from './once-per.js';

/**
 * Full names of the messages that hold, at any depth, what is borrowed: their Rust types have a lifetime. Validation of
 * the contract makes sure that each of them only goes to Rust, as part of a request, or into an arena.
 */
export const borrowingMessages = oncePer((contract: Contract): ReadonlySet<string> => {
  const found = new Set<string>();
  const requests = messagesByRole(contract).others;
  const isNew = (message: Message): boolean => {
    return !found.has(message.fullName) && message.fields.some((field) => isBorrowing(field, found));
  };
  for (let more = requests.filter(isNew); more.length > 0; more = requests.filter(isNew)) {
    for (const { fullName } of more) found.add(fullName);
  }
  return found;
});

/** Full names of the fields that are arenas: lists of a response that the service writes where they cross. */
export const arenaFields = oncePer((contract: Contract): ReadonlySet<string> => {
  return namesOf(messagesByRole(contract).responses, isArena);
});

/** Whether the value of a field that is no view is borrowed, or a message that borrows. */
export function isBorrowing({ own, type }: Field, messages: ReadonlySet<string>): boolean {
  return own === 'borrow' || (type.kind === 'message' && messages.has(type.message));
}

/**
 * Full names of the fields that are views: texts and bytes that Rust keeps, or gives away, and Go looks at without a copy.
 * Validation of the contract makes sure that their messages are parts of responses, and nothing else.
 */
export const viewFields = oncePer((contract: Contract): ReadonlySet<string> => {
  const isView = (field: Field): boolean => (field.own === 'borrow' || field.own === 'move') && !isArena(field);
  return namesOf(messagesByRole(contract).responses, isView);
});

/**
 * Full names of the fields that are buffers: bytes that Go fills in memory of Rust, and a call gives away. Validation of
 * the contract makes sure that their messages are requests, and nothing else.
 */
export const bufferFields = oncePer((contract: Contract): ReadonlySet<string> => {
  return namesOf(messagesByRole(contract).others, ({ own, type, cardinality }) => {
    return own === 'move' && type.kind === 'bytes' && cardinality === 'singular';
  });
});

/** Full names of the messages with views, their own or those of messages that lie in them. */
export const viewMessages = oncePer((contract: Contract): ReadonlySet<string> => {
  const views = viewFields(contract);
  const found = new Set<string>();
  const isNew = ({ fullName, fields }: Message): boolean => {
    return !found.has(fullName) && fields.some((field) => views.has(field.fullName) || holdsViews(field, found));
  };
  const { responses } = messagesByRole(contract);
  for (let more = responses.filter(isNew); more.length > 0; more = responses.filter(isNew)) {
    for (const { fullName } of more) found.add(fullName);
  }
  return found;
});

/** Whether the value of a field is a message with views, of which these are the full names. */
export function holdsViews({ type }: Field, messages: ReadonlySet<string>): boolean {
  return type.kind === 'message' && messages.has(type.message);
}

/** The messages that are parts of responses alone, and all others: what is part of a request is among these. */
const messagesByRole = oncePer(
  (contract: Contract): { readonly responses: readonly Message[]; readonly others: readonly Message[] } => {
    const { names } = responseParts(contract);
    return {
      responses: contract.messages.filter(({ fullName }) => names.has(fullName)),
      others: contract.messages.filter(({ fullName }) => !names.has(fullName)),
    };
  },
);

function namesOf(messages: readonly Message[], isMeant: (field: Field) => boolean): ReadonlySet<string> {
  return new Set(messages.flatMap(({ fields }) => fields.filter(isMeant).map(({ fullName }) => fullName)));
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
