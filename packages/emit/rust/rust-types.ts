import type { FieldType, Method } from '#contract';
import { typeName } from './names.js';

/** Type of a field in the Rust API; a message is optional. Scalars have their Rust names in the contract already. */
export function fieldType(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'string':
      return 'String';
    case 'bytes':
      return 'Vec<u8>';
    case 'message':
      return `Option<${messageType(type.message)}>`;
    case 'enum':
      throw new Error(`enum ${type.enum} has no Rust type yet`);
  }
}

/** Rust type of a message or error domain, given its full name. */
export function messageType(fullName: string): string {
  return typeName(fullName.slice(fullName.lastIndexOf('.') + 1));
}

/** Error type of a method. */
export function errorType({ errorDomain }: Method): string {
  return errorDomain === undefined ? 'grout::Error' : messageType(errorDomain);
}
