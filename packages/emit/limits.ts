import type { Contract, Field, Message } from '#contract';
import { membersOf, valueMessages, type Member } from './members.js';

/** Lengths, from the least to the most. */
export interface Lengths {
  readonly least: number;
  readonly most: number;
}

/** A field whose length the contract limits, in its message. */
export interface LimitedField {
  readonly message: Message;
  readonly member: Member;
  readonly field: Field;
  /** Its name for people, as errors have it. */
  readonly path: string;
  /** Lengths on both sides of the limit. */
  readonly around: Lengths;
}

/** Texts, bytes and lists that are longer take too long to make up by the hundred. */
const longest = { text: 4096, list: 64 } as const;

/** How far lengths go on both sides of a limit. */
const reach = 3;

/** The fields whose limits can be met by chance. */
export function limitedFields(contract: Contract): LimitedField[] {
  return valueMessages(contract).flatMap((message) =>
    membersOf(message).flatMap((member) => {
      const fields = member.kind === 'oneof' ? member.alternatives : [member.field];
      return fields.filter(isMet).map((field) => ({
        message,
        member,
        field,
        path: member.kind === 'oneof' ? `${member.name}.${field.name}` : field.name,
        around: { least: Math.max(0, field.maxLen - reach), most: field.maxLen + reach },
      }));
    }),
  );
}

/** A map from flags has two entries at most. */
function isMet({ maxLen, cardinality, mapKey }: Field): boolean {
  const isList = cardinality === 'repeated' || cardinality === 'map';
  return maxLen > 0 && maxLen <= (isList ? longest.list : longest.text) && mapKey !== 'bool';
}
