import type { Field } from '#contract';
import { alignOf } from '../borrowing.js';
import { allPacked, lengthName, nanosName, tailLeaves, uncopiedLeaves, type Leaf, type Members } from '../crossing.js';
import { membersOf } from '../members.js';
import { assignment, callExpression, rustString, structLiteral } from './layout.js';
import { typeName, valueName } from './names.js';
import { unpacking } from './packing.js';
import type { RustTypes } from './rust-types.js';

/** Where a message is read from slots, which are locals. */
export interface Slots {
  /** Where the statements start. */
  readonly column: number;
  /** Whether a text or bytes is a pointer and a length that Go lends; otherwise it is a local that has the slot's name. */
  readonly isLent: boolean;
}

/** Of `serve`: inside a function and a closure. */
const served: Slots = { column: 8, isLent: true };

/** Statements that put the request together from the arguments, its innermost messages first. */
export function printRequest(types: RustTypes, request: Members): string[] {
  return [...unpackAll(request), ...limits(request), ...bind(types, 'request', request, served)];
}

/** Statements that take over what Go gives away, whatever becomes of the call. */
export function printTaking(request: Members): string[] {
  return uncopiedLeaves(request).flatMap(({ field, name }) => [
    '// SAFETY: Go gives it away with this call.',
    ...assignment(
      `let ${name}`,
      `unsafe { ffi::take_buffer(${name}, ${lengthName(name)}, ${alignOf(field)}) }`,
      served.column - 4,
    ),
  ]);
}

function unpackAll(request: Members): string[] {
  const packed = allPacked(request);
  if (packed.length === 0) return [];
  return [
    '// SAFETY: the pointer comes with its length, and Go lends both for the call.',
    'let mut pack = unsafe { ffi::Unpacker::new(pack, pack_len) };',
    ...unpacking(packed),
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

/** Statements that put a message together in a local, its innermost messages first. */
export function bind(
  types: RustTypes,
  local: string,
  { message, leaves, packed, nested }: Members,
  slots: Slots,
): string[] {
  const fields = membersOf(message).map((member): readonly string[] => {
    const target = valueName(member.name);
    const leaf = leaves.find((it) => member.kind === 'field' && it.field === member.field);
    if (leaf !== undefined) return leafField(types, leaf, slots);
    const inner = nested.find((it) => member.kind === 'field' && it.field === member.field);
    if (inner !== undefined) return [`${target}: ${inner.presence}.then_some(${inner.name})`];
    const name = packed.find((it) => it.member.name === member.name)?.name ?? '';
    return [target === name ? name : `${target}: ${name}`];
  });
  return [
    ...nested.flatMap((inner) => bind(types, inner.name, inner.members, slots)),
    ...(slots.isLent && usesPointers(leaves)
      ? ['// SAFETY: each pointer comes with its length, and Go lends both for the call.']
      : []),
    ...structLiteral(`let ${local} = api::${typeName(message.name)}`, fields, ';', slots.column),
  ];
}

function usesPointers(leaves: readonly Leaf[]): boolean {
  return leaves.some(({ crosses }) => crosses.kind === 'text' || crosses.kind === 'bytes');
}

function leafField(
  types: RustTypes,
  { field, crosses, name, presence, path }: Leaf,
  { column, isLent }: Slots,
): readonly string[] {
  const target = valueName(field.name);
  const pair = [name, lengthName(name)];
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
      throw new Error(`${path} is a view, which only goes from Rust to Go`);
    case 'buffer':
      return [target === name ? name : `${target}: ${name}`];
    case 'text':
    case 'bytes': {
      if (!isLent) {
        const value = whenThere(name);
        return [target === value ? value : `${target}: ${value}`];
      }
      const [source, values, end] = lentSource(field, crosses.kind, pair, path);
      return lent(target, presence, callExpression(`ffi::${source}`, values, '', column + 8), end, column);
    }
  }
}

/** The function of the runtime that reads what Go lends, its arguments, and what unwraps its result. */
function lentSource(
  field: Field,
  kind: 'text' | 'bytes',
  pair: readonly string[],
  path: string,
): readonly [string, readonly string[], string] {
  const prefix = field.own === 'borrow' ? 'lent_' : '';
  const align = alignOf(field);
  if (kind === 'text') return [`${prefix}text`, [...pair, rustString(path)], '?'];
  if (align === 1) return [`${prefix}bytes`, pair, ''];
  if (field.own === 'borrow') return ['lent_aligned_bytes', [...pair, String(align), rustString(path)], '?'];
  return ['aligned_bytes', [...pair, String(align)], ''];
}

/** A block of one expression stays on a line that is short enough; what may be absent is a chain of calls. */
function lent(
  target: string,
  presence: string | undefined,
  call: readonly string[],
  end: string,
  column: number,
): readonly string[] {
  const [only, ...more] = call;
  const block = `unsafe { ${only ?? ''} }${end}`;
  if (presence !== undefined) {
    if (more.length > 0)
      return [`${target}: ${presence}.then_some(unsafe {`, ...call.map((it) => `    ${it}`), `}${end})`];
    const chain = `${presence}.then_some(${block})`;
    const isShort = column + 4 + `${target}: ${chain},`.length <= 100;
    return isShort ? [`${target}: ${chain}`] : [`${target}: ${presence}`, `    .then_some(${block})`];
  }
  const line = `${target}: ${block}`;
  if (more.length === 0 && column + 4 + line.length + 1 <= 100) return [line];
  return [`${target}: unsafe {`, ...call.map((it) => `    ${it}`), `}${end}`];
}
