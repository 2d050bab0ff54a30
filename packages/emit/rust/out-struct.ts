import type { Call } from '../crossing.js';
import { typeName } from './names.js';

/** Name of the struct that receives the response of a method. */
export function outStructName({ nameInBridge }: Call): string {
  return `${typeName(nameInBridge)}Out`;
}
