import type { Field, Message } from '#contract';
import type { OneofMember } from './members.js';
import { oncePer } from './once-per.js';

/** Which messages contain themselves, and where. */
export interface Recursion {
  /** Full names of the messages that contain themselves, be it through a list or a map. */
  readonly messages: ReadonlySet<string>;
  /** Full names of the fields that hold, without a list or map between, a message that holds theirs: Rust boxes them. */
  readonly boxed: ReadonlySet<string>;
}

/** The recursion in a contract's messages. */
export const findRecursion = oncePer(searchRecursion);

/**
 * Whether what makes values of a oneof up has to know how deep its message lies: an alternative contains itself as well.
 *
 * @param recursive full names of the messages that contain themselves
 */
export function countsDepth(
  recursive: ReadonlySet<string>,
  { fullName }: Message,
  { alternatives }: OneofMember,
): boolean {
  return (
    recursive.has(fullName) && alternatives.some(({ type }) => type.kind === 'message' && recursive.has(type.message))
  );
}

function searchRecursion(messages: readonly Message[]): Recursion {
  const within = reachFrom(messages, () => true);
  const inline = reachFrom(messages, isInline);
  const recursive = messages.filter(({ fullName }) => within.get(fullName)?.has(fullName) === true);
  const boxed = messages.flatMap(({ fullName, fields }) =>
    fields.filter((field) => {
      const target = targetOf(field);
      return isInline(field) && target !== undefined && inline.get(target)?.has(fullName) === true;
    }),
  );
  return {
    messages: new Set(recursive.map(({ fullName }) => fullName)),
    boxed: new Set(boxed.map(({ fullName }) => fullName)),
  };
}

function isInline({ cardinality }: Field): boolean {
  return cardinality !== 'repeated' && cardinality !== 'map';
}

function targetOf({ type }: Field): string | undefined {
  return type.kind === 'message' ? type.message : undefined;
}

/** For each message, those that it contains at any depth over the fields that count, itself too when it is among them. */
function reachFrom(
  messages: readonly Message[],
  counts: (field: Field) => boolean,
): ReadonlyMap<string, ReadonlySet<string>> {
  const steps = new Map(
    messages.map(({ fullName, fields }) => [
      fullName,
      fields.filter((field) => counts(field)).flatMap((field) => targetOf(field) ?? []),
    ]),
  );
  return new Map(
    messages.map(({ fullName }) => {
      const reached = new Set<string>();
      const open = [...(steps.get(fullName) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (reached.has(next)) continue;
        reached.add(next);
        open.push(...(steps.get(next) ?? []));
      }
      return [fullName, reached];
    }),
  );
}
