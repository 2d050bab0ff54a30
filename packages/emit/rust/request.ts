import { lengthName, type Leaf, type Members } from '../crossing.js';
import { callExpression, rustString, structLiteral } from './layout.js';
import { typeName, valueName } from './names.js';

/** Where the statements of `serve` start: inside a function and a closure. */
const column = 8;

/** Statements that put the request together from the arguments, its innermost messages first. */
export function printRequest(request: Members): string[] {
  return bind('request', request);
}

function bind(local: string, { message, leaves, nested }: Members): string[] {
  const fields = message.fields.map((field): readonly string[] => {
    const leaf = leaves.find((it) => it.field === field);
    if (leaf !== undefined) return leafField(leaf);
    const inner = nested.find((it) => it.field === field);
    return inner === undefined ? [] : [`${valueName(field.name)}: ${inner.presence}.then_some(${inner.name})`];
  });
  return [
    ...nested.flatMap((inner) => bind(inner.name, inner.members)),
    ...(usesPointers(leaves) ? ['// SAFETY: each pointer comes with its length, and Go lends both for the call.'] : []),
    ...structLiteral(`let ${local} = api::${typeName(message.name)}`, fields, ';', column),
  ];
}

function usesPointers(leaves: readonly Leaf[]): boolean {
  return leaves.some(({ crosses }) => crosses.kind !== 'scalar');
}

function leafField({ field, crosses, name, path }: Leaf): readonly string[] {
  const target = valueName(field.name);
  const pair = [name, lengthName(name)];
  switch (crosses.kind) {
    case 'scalar':
      return [target === name ? name : `${target}: ${name}`];
    case 'text':
      return unsafeCall(target, callExpression('ffi::text', [...pair, rustString(path)], '', column + 8), '?');
    case 'bytes':
      return unsafeCall(target, callExpression('ffi::bytes', pair, '', column + 8), '');
  }
}

/** A block of one expression stays on a line that is short enough. */
function unsafeCall(target: string, call: readonly string[], end: string): readonly string[] {
  const [only, ...more] = call;
  const line = `${target}: unsafe { ${only ?? ''} }${end}`;
  if (more.length === 0 && column + 4 + line.length + 1 <= 100) return [line];
  return [`${target}: unsafe {`, ...call.map((it) => `    ${it}`), `}${end}`];
}
