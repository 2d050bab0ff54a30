import type { Diagnostic } from '#diagnostics';
import { messageUses, type MessageUse } from './message-uses.js';
import { refuse } from './refusal.js';
import { ownMessages } from './shared.js';
import type { Contract, Field, Message } from './types.js';

/** A page: more than that, no allocator of either side is asked for. */
const largest = 4096;

/** Checks that `align` is an alignment, of bytes that lie where a side has a say about it. */
export function validateAlignment(contract: Contract): Diagnostic[] {
  const useOf = messageUses(contract);
  return ownMessages(contract).flatMap((message) =>
    message.fields.flatMap((field) =>
      field.align === undefined ? [] : (validateField(message, field, field.align, useOf(message)) ?? []),
    ),
  );
}

function validateField(
  message: Message,
  { name, type, cardinality, own, span }: Field,
  align: number,
  { end, other }: MessageUse,
): Diagnostic | undefined {
  if (align > largest || !Number.isInteger(Math.log2(align))) {
    const text = `align of ${name} is ${align}, which is no power of two up to ${largest}`;
    const help = `write a power of two, such as 64 for a line of the processor's cache, ${largest} for a page`;
    return refuse('invalid-align', text, span, help);
  }
  if (type.kind !== 'bytes') {
    const text = `align says where bytes start, and ${name} is no bytes`;
    return refuse('align-without-bytes', text, span, 'declare it as bytes, or leave `align` out');
  }
  if (cardinality !== 'singular') {
    const text = `align is not supported yet but for single bytes: ${name}`;
    return refuse('unsupported-align', text, span, 'declare it as bytes that always are there, or leave `align` out');
  }
  if (end === undefined || other !== undefined) {
    const what = other ?? 'neither';
    const text = `align cannot hold: ${name} would be bytes of a request or response itself, but ${message.name} is ${what}`;
    const help = 'declare the field in the request or response itself, or leave `align` out';
    return refuse('misplaced-align', text, span, help);
  }
  if (end === 'request' || own === 'borrow' || own === 'move') return undefined;
  const text = `align cannot hold: ${name} of a response is copied to where Go puts it`;
  const help = 'use OWN_BORROW or OWN_MOVE, so that Go looks at the bytes where Rust has them, or leave `align` out';
  return refuse('misplaced-align', text, span, help);
}
