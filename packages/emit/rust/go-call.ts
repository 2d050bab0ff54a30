import type { CallbackCall } from '../callbacks.js';
import {
  allPacked,
  hasTail,
  isEmpty,
  lengthName,
  requestSlots,
  responseSlots,
  tailLeaves,
  type Leaf,
} from '../crossing.js';
import { givenNames, objectNames } from './hosted/names.js';
import { assignment, indent, isBeyondLayout, rustString, structLiteral } from './layout.js';
import { typeName } from './names.js';
import { structFields } from './out-struct.js';
import { unpacking } from './packing.js';
import { bind } from './request.js';
import type { RustTypes } from './rust-types.js';
import { methodHead, receiverOfTrait } from './traits.js';
import { printWriting, type Target, type Written } from './writing.js';

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
      ...printStruct(input, inputFields(call)),
    ],
    [
      `/// The response of \`${call.displayName}\`, flattened. Go writes it.`,
      '#[repr(C)]',
      '#[derive(Default)]',
      ...printStruct(output, structFields(responseSlots(call), tail)),
    ],
  ];
}

/** An object that is given is let go of where Go does not take it over. */
function inputFields(call: CallbackCall): string[] {
  const fields = structFields(requestSlots(call), undefined);
  if (call.callback === undefined) return fields;
  return [`callback: ffi::Handed<${givenNames(call.callback).kind}>,`, ...fields.slice(1)];
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
  const { statements: locals, fields } = write(types, call, column);
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
  const self = call.calledOn === undefined ? '&self' : receiverOfTrait(call.calledOn);
  const method = [...methodHead(types, call, self, ' {', 'api::'), ...indent(body), '}'];
  return [...(isBeyondLayout(indent(method)) ? ['#[rustfmt::skip]'] : []), ...method];
}

function write(types: RustTypes, call: CallbackCall, column: number): Written {
  const given = call.callback === undefined ? [] : ['callback: ffi::Handed::new(callback)'];
  if (isEmpty(call.request)) {
    return { statements: [`let api::${types.named(call.method.request)} {} = request;`], fields: given };
  }
  const { statements, fields } = printWriting(types, inputLiteral(column), 'request', call.request);
  return { statements, fields: [...given, ...fields] };
}

/** The literal of the struct that Go reads. */
function inputLiteral(column: number): Target {
  return {
    column,
    set: (slot, value) => ({ statements: [], fields: [`${slot}: ${value}`] }),
    setFirst: (slots, value) => {
      const [only = '', ...more] = slots;
      const pattern = more.length === 0 ? only : `(${slots.join(', ')})`;
      return { statements: assignment(`let ${pattern}`, value, column), fields: [...slots] };
    },
    bytes: (name, value) => {
      return { statements: [], fields: [`${name}: ${value}.as_ptr()`, `${lengthName(name)}: ${value}.len()`] };
    },
    whenThere: 'as_deref().unwrap_or_default()',
    view: ({ path }) => {
      throw new Error(`${path} is a view, which no method of Go is given`);
    },
  };
}

/** The closure `read`, which makes the response of its struct and of what Go asked room for. */
function printRead(types: RustTypes, call: CallbackCall, column: number): string[] {
  const { response, method } = call;
  const { output } = structNames(call);
  const slots = responseSlots(call).map(({ name }) => [name]);
  if (call.opens !== undefined) {
    const { type, inGo, kind } = objectNames(call.opens);
    return [
      `let read = |out: &${output}, _: &[u8]| {`,
      `    let object = ${inGo}(${kind}.adopt(out.object));`,
      `    Ok(api::${type}::new(object))`,
      '};',
    ];
  }
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
