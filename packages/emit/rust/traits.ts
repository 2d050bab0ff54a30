import type { Message } from '#contract';
import type { Signature } from '../crossing.js';
import { docComment } from '../docs.js';
import { signature } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';

/** How the methods of a trait are declared. */
interface Declaring {
  readonly self: string;
  /** What a method does, where no comment says it. */
  readonly verb: 'Serves' | 'Calls';
  /** The attributes of a method. */
  readonly attributes?: (call: Signature) => readonly string[];
}

/** Declarations of the methods of a trait, set apart by blank lines. */
export function methods(types: RustTypes, calls: readonly Signature[], how: Declaring): string[] {
  const { self, verb, attributes = () => [] } = how;
  return calls.flatMap((call, at) => [
    ...(at > 0 ? [''] : []),
    ...docComment('///', call.method.doc, `${verb} \`${call.displayName}\`.`),
    ...attributes(call),
    ...methodHead(types, call, self, ';'),
  ]);
}

/** How the methods of an object's trait take it: alone, where others may not use it meanwhile. */
export function receiverOfTrait({ handle }: Message): string {
  return handle?.threadSafe === false ? '&mut self' : '&self';
}

/** A method up to its body. `room` is the path of the generated types, from where it is printed. */
export function methodHead(
  types: RustTypes,
  { method, opens, callback }: Signature,
  self: string,
  end: ';' | ' {',
  room = '',
  visibility: '' | 'pub ' = '',
): string[] {
  const given = callback === undefined ? [] : [`callback: std::sync::Arc<dyn ${room}${typeName(callback.name)}>`];
  const parameters = [self, 'cx: &grout::Cx', `request: ${room}${types.message(method.request, "'_")}`, ...given];
  const isOwnType = opens !== undefined && !types.isHosted;
  const value = isOwnType ? `Self::${typeName(opens.name)}` : `${room}${types.named(method.response)}`;
  const error = method.errorDomain === undefined ? types.error(method) : `${room}${types.error(method)}`;
  return signature(`${visibility}fn ${valueName(method.name)}`, parameters, ` -> Result<${value}, ${error}>${end}`, 4);
}
