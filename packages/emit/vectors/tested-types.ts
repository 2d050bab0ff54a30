import type { Contract } from '#contract';
import { membersOf, valueMessages } from '../members.js';
import type { PackedOneof, PackedTypes } from '../packed-types.js';
import { findRecursion } from '../recursion.js';

/** All types of a contract that can be packed: the tests pack also what calls flatten. */
export function testedTypes(contract: Contract): PackedTypes {
  return {
    messages: valueMessages(contract),
    oneofs: valueMessages(contract).flatMap((message) =>
      membersOf(message).flatMap((member): PackedOneof[] => (member.kind === 'oneof' ? [{ message, member }] : [])),
    ),
    enums: contract.enums,
    recursive: findRecursion(contract.messages).messages,
  };
}

/** The types that `known` lacks. */
export function typesBeyond(all: PackedTypes, known: PackedTypes): PackedTypes {
  return {
    ...all,
    messages: all.messages.filter((it) => !known.messages.includes(it)),
    oneofs: all.oneofs.filter(({ message, member }) => {
      return !known.oneofs.some((it) => it.message === message && it.member.name === member.name);
    }),
    enums: all.enums.filter((it) => !known.enums.includes(it)),
  };
}
