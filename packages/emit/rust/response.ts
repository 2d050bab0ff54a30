import type { Message } from '#contract';
import { alignOf } from '../borrowing.js';
import { allPacked, hasTail, isEmpty, lengthName, nanosName, type Call, type Leaf, type Members } from '../crossing.js';
import { arrayLiteral, assignment, callExpression, indent, rustString } from './layout.js';
import { valueName } from './names.js';
import { tableName } from './objects.js';
import { outStructName } from './out-struct.js';
import { packMembers } from './packing.js';
import type { RustTypes } from './rust-types.js';

/** Where the statements of `write` start. */
const column = 8;

/** The closure `write`, which lays a response out for Go. What can fail comes before Go is given anything to free. */
export function printWriter(types: RustTypes, call: Call): string[] {
  const { method, response, opens } = call;
  const outType = outStructName(call);
  if (opens !== undefined) return printOpening(opens, outType);
  const responseType = `api::${types.named(method.response)}`;
  const body = [...writeMembers('response', response), ...writePacked(types, response)];
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

function writeMembers(owner: string, { leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => writeLeaf(owner, leaf)),
    ...nested.flatMap((inner) => {
      const value = `${owner}.${valueName(inner.field.name)}`;
      return [
        ...assignment(`out.${inner.presence}`, `${value}.is_some()`, column),
        ...(isEmpty(inner.members) ? [] : assignment(`let ${inner.name}`, `${value}.unwrap_or_default()`, column)),
        ...writeMembers(inner.name, inner.members),
      ];
    }),
  ];
}

function writePacked(types: RustTypes, response: Members): string[] {
  const lines = packMembers(types, 'response', response);
  if (lines.length === 0) return [];
  return [
    'let mut pack = ffi::Packer::default();',
    ...lines,
    'let pack = pack.into_bytes();',
    'out.pack_len = pack.len();',
  ];
}

function writeLeaf(owner: string, { field, crosses, name, presence, path }: Leaf): string[] {
  const value = `${owner}.${valueName(field.name)}`;
  const flag = presence === undefined ? [] : assignment(`out.${presence}`, `${value}.is_some()`, column);
  const plain = presence === undefined ? value : `${value}.unwrap_or_default()`;
  switch (crosses.kind) {
    case 'scalar':
      return [...flag, ...assignment(`out.${name}`, plain, column)];
    case 'enum':
      return [...flag, ...assignment(`out.${name}`, `${plain}.number()`, column)];
    case 'duration':
      return [...flag, ...assignment(`out.${name}`, `${plain}.as_nanos()`, column)];
    case 'timestamp': {
      const parts = `ffi::timestamp_parts(${value}, ${rustString(path)})?`;
      return [...flag, ...assignment(`(out.${name}, out.${nanosName(name)})`, parts, column)];
    }
    case 'view': {
      const align = alignOf(field);
      return [
        ...flag,
        ...(field.maxLen === 0 ? [] : [`ffi::check_len(${value}.len(), ${field.maxLen}, ${rustString(path)})?;`]),
        ...(align === 1
          ? []
          : callExpression('ffi::check_aligned', [`&${value}`, String(align), rustString(path)], '?;', column)),
      ];
    }
    case 'buffer':
      throw new Error(`${path} is a buffer, which no response has`);
    case 'text':
    case 'bytes': {
      const local = presence === undefined ? value : name;
      const limit = field.maxLen > 0 ? [`ffi::check_len(${local}.len(), ${field.maxLen}, ${rustString(path)})?;`] : [];
      return [
        ...flag,
        ...(presence === undefined ? [] : assignment(`let ${name}`, plain, column)),
        ...limit,
        ...assignment(`out.${lengthName(name)}`, `${local}.len()`, column),
      ];
    }
  }
}

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
