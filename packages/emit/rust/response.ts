import type { Message } from '#contract';
import { alignOf } from '../borrowing.js';
import { allPacked, hasTail, lengthName, type Call, type Leaf, type Members } from '../crossing.js';
import { arrayLiteral, assignment, callExpression, indent, rustString } from './layout.js';
import { valueName } from './names.js';
import { tableName } from './objects.js';
import { outStructName } from './out-struct.js';
import type { RustTypes } from './rust-types.js';
import { printWriting, type Target } from './writing.js';

/** Where the statements of `write` start. */
const column = 8;

/** The closure `write`, which lays a response out for Go. What can fail comes before Go is given anything to free. */
export function printWriter(types: RustTypes, call: Call): string[] {
  const { method, response, opens } = call;
  const outType = outStructName(call);
  if (opens !== undefined) return printOpening(opens, outType);
  const responseType = `api::${types.named(method.response)}`;
  const body = printWriting(types, out, 'response', response).statements;
  if (hasTail(response)) {
    const pack = allPacked(response).length > 0 ? ['pack'] : [];
    const parts = [...pack, ...tailParts('response', response)];
    body.push(...arrayLiteral('let parts = ', parts, ';', column), 'out.tail.fill(parts);');
  }
  body.push(...handOver('response', response));
  if (body.length === 0) return [`let write = |_: ${responseType}, _: &mut ${outType}| Ok(());`];
  return [`let write = |response: ${responseType}, out: &mut ${outType}| {`, ...indent([...body, 'Ok(())']), '};'];
}

/** Hands a handle of the opened object to Go. */
function printOpening(handle: Message, outType: string): string[] {
  const kept = handle.handle?.threadSafe === true ? 'opened' : 'ffi::Exclusive::new(opened)';
  return [
    `let write = |opened, out: &mut ${outType}| {`,
    ...indent([`out.object = ${tableName(handle.name)}.insert(${kept});`, 'Ok(())']),
    '};',
  ];
}

/** The struct `out`, which Go reads. */
const out: Target = {
  column,
  set: (slot, value) => ({ statements: assignment(`out.${slot}`, value, column), fields: [] }),
  setFirst: (slots, value) => {
    const [only = '', ...more] = slots.map((slot) => `out.${slot}`);
    const target = more.length === 0 ? only : `(${[only, ...more].join(', ')})`;
    return { statements: assignment(target, value, column), fields: [] };
  },
  bytes: (name, value) => ({ statements: assignment(`out.${lengthName(name)}`, `${value}.len()`, column), fields: [] }),
  whenThere: 'unwrap_or_default()',
  view: ({ field, path }, value) => {
    const [align, name] = [alignOf(field), rustString(path)];
    return [
      ...(field.maxLen === 0 ? [] : [`ffi::check_len(${value}.len(), ${field.maxLen}, ${name})?;`]),
      ...(align === 1 ? [] : callExpression('ffi::check_aligned', [`&${value}`, String(align), name], '?;', column)),
    ];
  },
};

/** Makes Go an owner of what it is to look at: last, as what fails after it would be lost. */
function handOver(owner: string, { leaves, nested }: Members): string[] {
  const views = leaves.filter(({ crosses }) => crosses.kind === 'view');
  return [
    ...views.flatMap(({ name, field }) =>
      assignment(`out.${name}`, `ffi::View::of(${owner}.${valueName(field.name)})`, column),
    ),
    ...nested.flatMap((inner) => handOver(inner.name, inner.members)),
  ];
}

/** In the order of `tailLeaves`. */
function tailParts(owner: string, { leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => tailPart(owner, leaf)),
    ...nested.flatMap((inner) => tailParts(inner.name, inner.members)),
  ];
}

function tailPart(owner: string, { field, crosses, name, presence }: Leaf): string[] {
  const value = presence === undefined ? `${owner}.${valueName(field.name)}` : name;
  switch (crosses.kind) {
    case 'text':
      return [`${value}.into_bytes()`];
    case 'bytes':
      return [value];
    default:
      return [];
  }
}
