import type { Bridge } from '../bridge.js';
import type { CallbackCall } from '../callbacks.js';
import type { Call, Signature } from '../crossing.js';
import { GoFile } from '../go/go-file.js';
import { GoTypes } from '../go/go-types.js';
import { parametersOf, resultOf } from '../go/signatures.js';
import { RustTypes } from '../rust/rust-types.js';
import { methodHead, receiverOfTrait } from '../rust/traits.js';

/** How a method is declared on both sides: in Go for who calls it or implements it, in Rust in the trait. */
export function signaturesOf(
  bridge: Bridge,
  call: Signature & Partial<Pick<Call, 'receiver'>> & Partial<Pick<CallbackCall, 'calledOn'>>,
): { readonly go: string; readonly rust: string } {
  const file = new GoFile(bridge);
  const types = new GoTypes(file);
  const object = call.receiver ?? call.calledOn;
  const self = object === undefined ? '&self' : receiverOfTrait(object);
  const { declared } = parametersOf(file, types, call);
  return {
    go: `${types.method(call.method).method}(${declared}) (${resultOf(types, call).user}, error)`,
    rust: onOneLine(methodHead(new RustTypes(bridge.contract), call, self, ';')).replace(/;$/, ''),
  };
}

/** Without the line breaks, and the comma, of a list that is too long for a line of Rust. */
function onOneLine(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .join(' ')
    .replace('( ', '(')
    .replace(', )', ')');
}
