import { alignOf } from '../borrowing.js';
import { allPacked, lengthName, nanosName, tailLeaves, uncopiedLeaves, type Leaf, type Members } from '../crossing.js';
import { membersOf } from '../members.js';
import { assignment, callExpression, rustString, structLiteral } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';

/** Where the statements of `serve` start: inside a function and a closure. */
const column = 8;

/** Statements that put the request together from the arguments, its innermost messages first. */
export function printRequest(types: RustTypes, request: Members): string[] {
  return [...unpackAll(request), ...limits(request), ...bind(types, 'request', request)];
}

/** Statements that take over what Go gives away, whatever becomes of the call. */
export function printTaking(request: Members): string[] {
  return uncopiedLeaves(request).flatMap(({ name }) => [
    '// SAFETY: Go gives it away with this call.',
    ...assignment(`let ${name}`, `unsafe { ffi::take_buffer(${name}) }`, column - 4),
  ]);
}

function unpackAll(request: Members): string[] {
  const packed = allPacked(request);
  if (packed.length === 0) return [];
  return [
    '// SAFETY: the pointer comes with its length, and Go lends both for the call.',
    'let mut pack = unsafe { ffi::Unpacker::new(pack, pack_len) };',
    ...packed.map(({ name, path, member }) => {
      const limit = member.kind === 'field' ? member.field.maxLen : 0;
      const method = limit > 0 ? `limited(${rustString(path)}, ${limit})` : `field(${rustString(path)})`;
      return `let ${name} = pack.${method}?;`;
    }),
    'pack.finish()?;',
  ];
}

/** Lengths are checked before anything is copied. */
function limits(request: Members): string[] {
  return [...uncopiedLeaves(request), ...tailLeaves(request)]
    .filter(({ field }) => field.maxLen > 0)
    .map(({ field, crosses, name, path }) => {
      const length = crosses.kind === 'buffer' ? `${name}.len()` : lengthName(name);
      return `ffi::check_len(${length}, ${field.maxLen}, ${rustString(path)})?;`;
    });
}

function bind(types: RustTypes, local: string, { message, leaves, packed, nested }: Members): string[] {
  const fields = membersOf(message).map((member): readonly string[] => {
    const target = valueName(member.name);
    const leaf = leaves.find((it) => member.kind === 'field' && it.field === member.field);
    if (leaf !== undefined) return leafField(types, leaf);
    const inner = nested.find((it) => member.kind === 'field' && it.field === member.field);
    if (inner !== undefined) return [`${target}: ${inner.presence}.then_some(${inner.name})`];
    const name = packed.find((it) => it.member.name === member.name)?.name ?? '';
    return [target === name ? name : `${target}: ${name}`];
  });
  return [
    ...nested.flatMap((inner) => bind(types, inner.name, inner.members)),
    ...(usesPointers(leaves) ? ['// SAFETY: each pointer comes with its length, and Go lends both for the call.'] : []),
    ...structLiteral(`let ${local} = api::${typeName(message.name)}`, fields, ';', column),
  ];
}

function usesPointers(leaves: readonly Leaf[]): boolean {
  return leaves.some(({ crosses }) => crosses.kind === 'text' || crosses.kind === 'bytes');
}

function leafField(types: RustTypes, { field, crosses, name, presence, path }: Leaf): readonly string[] {
  const target = valueName(field.name);
  const pair = [name, lengthName(name)];
  const isLent = field.own === 'borrow';
  const whenThere = (value: string): string => (presence === undefined ? value : `${presence}.then_some(${value})`);
  switch (crosses.kind) {
    case 'scalar': {
      const value = whenThere(name);
      return [target === value ? value : `${target}: ${value}`];
    }
    case 'enum':
      return [`${target}: ${whenThere(`api::${types.named(crosses.enum)}::from_number(${name})`)}`];
    case 'duration':
      return [`${target}: ${whenThere(`grout::SignedDuration::from_nanos(${name})`)}`];
    case 'timestamp': {
      const parts = [presence ?? 'true', name, nanosName(name), rustString(path)];
      return callExpression(`${target}: ffi::timestamp`, parts, '?', column + 4);
    }
    case 'view':
      throw new Error(`${path} is a view, which no request has`);
    case 'text':
      return lent(
        target,
        presence,
        callExpression(`ffi::${isLent ? 'lent_text' : 'text'}`, [...pair, rustString(path)], '', column + 8),
        '?',
      );
    case 'buffer':
      return [target === name ? name : `${target}: ${name}`];
    case 'bytes': {
      const align = alignOf(field);
      const [source, values, end] =
        align === 1
          ? [isLent ? 'lent_bytes' : 'bytes', pair, '']
          : isLent
            ? ['lent_aligned_bytes', [...pair, String(align), rustString(path)], '?']
            : ['aligned_bytes', [...pair, String(align)], ''];
      return lent(target, presence, callExpression(`ffi::${source}`, values, '', column + 8), end);
    }
  }
}

/** A block of one expression stays on a line that is short enough; what may be absent is a chain of calls. */
function lent(target: string, presence: string | undefined, call: readonly string[], end: string): readonly string[] {
  const [only, ...more] = call;
  const block = `unsafe { ${only ?? ''} }${end}`;
  if (presence !== undefined) {
    const chain = `${presence}.then_some(${block})`;
    const isShort = column + 4 + `${target}: ${chain},`.length <= 100;
    return isShort ? [`${target}: ${chain}`] : [`${target}: ${presence}`, `    .then_some(${block})`];
  }
  const line = `${target}: ${block}`;
  if (more.length === 0 && column + 4 + line.length + 1 <= 100) return [line];
  return [`${target}: unsafe {`, ...call.map((it) => `    ${it}`), `}${end}`];
}
