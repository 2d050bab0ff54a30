import type { Field, Message, Scalar } from '#contract';
import type { Member } from '../members.js';

/** A value that is there. */
export type Value =
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly value: Number64 }
  | { readonly kind: 'enum'; readonly enum: string; readonly number: number }
  | { readonly kind: 'string'; readonly text: string }
  /** Misaligned bytes start one past the alignment of their field. */
  | { readonly kind: 'bytes'; readonly bytes: readonly number[]; readonly isMisaligned?: boolean }
  | { readonly kind: 'timestamp'; readonly seconds: number; readonly nanos: number }
  | { readonly kind: 'duration'; readonly nanos: bigint }
  | MessageValue;

/**
 * Stands in a text for one byte 0xff, which is no UTF-8: half of a surrogate pair, which no text of a contract can have.
 * Go alone can write it.
 */
export const notUtf8 = '\udcff';

/** A number or flag of a contract, wide enough for every one. */
export type Number64 = boolean | number | bigint;

/** A message with what each of its members holds, in declaration order. */
export interface MessageValue {
  readonly kind: 'message';
  readonly message: Message;
  readonly members: readonly MemberValue[];
}

/** What a member of a message holds. */
export type MemberValue = { readonly member: Member } & (
  | { readonly holds: 'one'; readonly field: Field; readonly value: Value }
  | { readonly holds: 'maybe'; readonly field: Field; readonly value: Value | undefined }
  | { readonly holds: 'list'; readonly field: Field; readonly items: readonly Value[] }
  /** The entries in the order of their keys. */
  | { readonly holds: 'map'; readonly field: Field; readonly entries: readonly (readonly [Value, Value])[] }
  | { readonly holds: 'oneof'; readonly field: Field | undefined; readonly value: Value | undefined }
);

/** Whether a member holds what a new message has. */
export function isZeroMember(member: MemberValue): boolean {
  switch (member.holds) {
    case 'one':
      return isZero(member.value);
    case 'maybe':
    case 'oneof':
      return member.value === undefined;
    case 'list':
      return member.items.length === 0;
    case 'map':
      return member.entries.length === 0;
  }
}

/** Whether a value is what a new message has in the place of one that is always there. */
function isZero(value: Value): boolean {
  switch (value.kind) {
    case 'scalar':
      return value.value === false || Object.is(value.value, 0) || value.value === 0n;
    case 'enum':
      return value.number === 0;
    case 'string':
      return value.text === '';
    case 'bytes':
      return value.bytes.length === 0;
    case 'timestamp':
    case 'duration':
      return false;
    case 'message':
      return value.members.every(isZeroMember);
  }
}
