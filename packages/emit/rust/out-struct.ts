import type { Call, Slot } from '../crossing.js';
import { fieldDeclaration } from './layout.js';
import { typeName } from './names.js';

/** Name of the struct that receives the response of a method. */
export function outStructName({ nameInBridge }: Call): string {
  return `${typeName(nameInBridge)}Out`;
}

/** The fields of a struct that both sides know; `tail` is the type of what its texts lie in, where there is any. */
export function structFields(slots: readonly Slot[], tail: string | undefined): string[] {
  const fields = slots.flatMap(({ name, type }) => fieldDeclaration(name, slotType(type), 4));
  return tail === undefined ? fields : [...fields, `tail: ${tail},`];
}

/** The type of a slot. */
export function slotType(type: Slot['type']): string {
  if (type === 'pointer') return '*const u8';
  if (type === 'view') return 'ffi::View';
  return type === 'length' || type === 'buffer' ? 'usize' : type;
}
