import type { CallbackCall } from '../callbacks.js';
import {
  allPacked,
  hasTail,
  isEmpty,
  lengthName,
  nanosName,
  requestSlots,
  responseSlots,
  tailLeaves,
  type Leaf,
  type Members,
} from '../crossing.js';
import { assignment, indent, isBeyondLayout, rustString, structLiteral } from './layout.js';
import { typeName, valueName } from './names.js';
import { structFields } from './out-struct.js';
import { packMembers, unpacking } from './packing.js';
import { bind } from './request.js';
import type { RustTypes } from './rust-types.js';
import { methodHead } from './traits.js';

/** Names of the structs that a method of Go reads its request from and writes its response to. */
interface StructNames {
  readonly input: string;
  readonly output: string;
}

function structNames({ structs }: CallbackCall): StructNames {
  return { input: `${typeName(structs)}In`, output: `${typeName(structs)}Out` };
}

/** The layouts of the structs of a method, which Go compares with its own. */
export function goLayouts(call: CallbackCall): string[] {
  const { input, output } = structNames(call);
  return [input, output].map((name) => `ffi::layout_of::<${name}>()`);
}

/** The structs of a method of Go. */
export function printGoStructs(call: CallbackCall): string[][] {
  const { input, output } = structNames(call);
  const tail = hasTail(call.response) ? 'ffi::InlineTail' : undefined;
  return [
    [
      `/// The request of \`${call.displayName}\`, flattened. Go reads it during the call.`,
      '#[repr(C)]',
      ...printStruct(input, structFields(requestSlots(call), undefined)),
    ],
    [
      `/// The response of \`${call.displayName}\`, flattened. Go writes it.`,
      '#[repr(C)]',
      '#[derive(Default)]',
      ...printStruct(output, structFields(responseSlots(call), tail)),
    ],
  ];
}

function printStruct(name: string, fields: readonly string[]): string[] {
  return fields.length === 0 ? [`struct ${name} {}`] : [`struct ${name} {`, ...indent(fields), '}'];
}

/** What makes the call in the body of a method. */
export interface Calling {
  /** What has the unsafe method `call`, which takes the number of the method and `values`, then the structs. */
  readonly callee: string;
  readonly values: readonly string[];
  /** What the body is put into, such as a closure; absent when it is the method's own. */
  readonly within?: { readonly start: string; readonly end: string };
}

/** A method of a trait that calls Go. */
export function printGoMethod(types: RustTypes, call: CallbackCall, { callee, values, within }: Calling): string[] {
  const column = within === undefined ? 8 : 12;
  const { fields, locals } = write(types, call, column);
  const { input } = structNames(call);
  const passed = [String(call.number), ...values, '&input', 'read'].join(', ');
  const statements = [
    ...locals,
    ...structLiteral(
      `let input = ${input}`,
      fields.map((field) => [field]),
      ';',
      column,
    ),
    ...printRead(types, call, column),
    "// SAFETY: these are the method's structs, and what they point to outlives the call.",
    `unsafe { ${callee}.call(${passed}) }`,
  ];
  const body = within === undefined ? statements : [within.start, ...indent(statements), within.end];
  const method = [...methodHead(types, call, '&self', ' {', 'api::'), ...indent(body), '}'];
  return [...(isBeyondLayout(indent(method)) ? ['#[rustfmt::skip]'] : []), ...method];
}

/** A message as statements that come before the struct, and fields of the struct. */
interface Written {
  readonly fields: string[];
  readonly locals: string[];
}

function write(types: RustTypes, call: CallbackCall, column: number): Written {
  if (isEmpty(call.request)) {
    return { fields: [], locals: [`let api::${types.named(call.method.request)} {} = request;`] };
  }
  const written = writeMembers('request', call.request, column);
  if (allPacked(call.request).length === 0) return written;
  return {
    fields: [...written.fields, 'pack: pack.as_ptr()', 'pack_len: pack.len()'],
    locals: [
      ...written.locals,
      'let mut pack = ffi::Packer::default();',
      ...packMembers(types, 'request', call.request),
      'let pack = pack.into_bytes();',
    ],
  };
}

function writeMembers(owner: string, { leaves, nested }: Members, column: number): Written {
  const parts = [
    ...leaves.map((leaf) => writeLeaf(owner, leaf, column)),
    ...nested.map(({ field, presence, name, members }): Written => {
      const value = `${owner}.${valueName(field.name)}`;
      const inner = writeMembers(name, members, column);
      return {
        fields: [presence, ...inner.fields],
        locals: [
          ...assignment(`let ${presence}`, `${value}.is_some()`, column),
          ...(isEmpty(members) ? [] : assignment(`let ${name}`, `${value}.unwrap_or_default()`, column)),
          ...inner.locals,
        ],
      };
    }),
  ];
  return { fields: parts.flatMap(({ fields }) => fields), locals: parts.flatMap(({ locals }) => locals) };
}

function writeLeaf(owner: string, { field, crosses, name, presence, path }: Leaf, column: number): Written {
  const value = `${owner}.${valueName(field.name)}`;
  const flag = presence === undefined ? [] : [`${presence}: ${value}.is_some()`];
  const plain = presence === undefined ? value : `${value}.unwrap_or_default()`;
  switch (crosses.kind) {
    case 'scalar':
      return { fields: [...flag, `${name}: ${plain}`], locals: [] };
    case 'enum':
      return { fields: [...flag, `${name}: ${plain}.number()`], locals: [] };
    case 'duration':
      return { fields: [...flag, `${name}: ${plain}.as_nanos()`], locals: [] };
    case 'timestamp': {
      const parts = `ffi::timestamp_parts(${value}, ${rustString(path)})?`;
      const locals = assignment(`let (${name}, ${nanosName(name)})`, parts, column);
      return { fields: [...flag, name, nanosName(name)], locals };
    }
    case 'view':
    case 'buffer':
      throw new Error(`${path} is a ${crosses.kind}, which no method of Go is given`);
    case 'text':
    case 'bytes': {
      const local = presence === undefined ? value : name;
      const borrowed = assignment(`let ${name}`, `${value}.as_deref().unwrap_or_default()`, column);
      const limit = `ffi::check_len(${local}.len(), ${field.maxLen}, ${rustString(path)})?;`;
      return {
        fields: [...flag, `${name}: ${local}.as_ptr()`, `${lengthName(name)}: ${local}.len()`],
        locals: [...(presence === undefined ? [] : borrowed), ...(field.maxLen > 0 ? [limit] : [])],
      };
    }
  }
}

/** The closure `read`, which makes the response of its struct and of what Go asked room for. */
function printRead(types: RustTypes, call: CallbackCall, column: number): string[] {
  const { response, method } = call;
  const { output } = structNames(call);
  const slots = responseSlots(call).map(({ name }) => [name]);
  if (slots.length === 0) {
    return [`let read = |_: &${output}, _: &[u8]| Ok(api::${types.named(method.response)} {});`];
  }
  const withTail = hasTail(response);
  const packed = allPacked(response);
  const inner = column + 4;
  const body = [
    ...structLiteral(`let ${output}`, [...slots, ...(withTail ? [['ref tail']] : [])], ' = *out;', inner),
    ...(withTail ? ['let mut tail = tail.read(room);'] : []),
    ...(packed.length > 0 ? ['let mut pack = tail.packed(pack_len)?;', ...unpacking(packed)] : []),
    ...tailLeaves(response).flatMap((leaf) => readTail(leaf)),
    ...bind(types, 'response', response, { column: inner, isLent: false }),
    'Ok(response)',
  ];
  return [`let read = |out: &${output}, ${withTail ? 'room' : '_'}: &[u8]| {`, ...indent(body), '};'];
}

function readTail({ field, crosses, name, path }: Leaf): string[] {
  const [length, shown] = [lengthName(name), rustString(path)];
  return [
    ...(field.maxLen > 0 ? [`ffi::check_len(${length}, ${field.maxLen}, ${shown})?;`] : []),
    `let ${name} = tail.${crosses.kind === 'text' ? 'text' : 'bytes'}(${length}, ${shown})?;`,
  ];
}
