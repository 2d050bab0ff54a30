import type { Message } from '#contract';
import type { Bridge, ObjectCalls } from '../bridge.js';
import type { Call } from '../crossing.js';
import { docComment } from '../docs.js';
import { snakeCase } from '../words.js';
import { callbackWrapper } from './callbacks.js';
import { assignment, indent, rustString, signature } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';
import { siteConstant } from './site.js';
import { methods } from './traits.js';

/** The trait of the objects that stand behind a handle. */
export function printObjectTrait(types: RustTypes, { handle, options, calls }: ObjectCalls): string[] {
  const sharing = options.threadSafe
    ? ['/// Several threads may call an object at once.']
    : ['/// Calls on an object wait for each other; one that calls itself back is refused as busy.'];
  const dropping = options.closeBlocks
    ? ['/// It is dropped on a thread of its own, once Go has closed it and the last call has ended.']
    : ['/// It is dropped when Go has closed it and the last call has ended.'];
  const bounds = options.threadSafe ? "Send + Sync + 'static" : "Send + 'static";
  return [
    ...docComment('///', handle.doc, `An object behind the handle \`${handle.fullName}\`.`),
    '///',
    ...sharing,
    ...dropping,
    `pub trait ${typeName(handle.name)}: ${bounds} {`,
    ...indent(associatedTypes(calls)),
    ...indent(methods(types, calls, options.threadSafe ? '&self' : '&mut self')),
    '}',
  ];
}

/** The types that a trait leaves to its implementation: what stands behind the handles that its methods return. */
export function associatedTypes(calls: readonly Call[]): string[] {
  const opened = new Set(calls.flatMap(({ opens }) => opens ?? []));
  return [...opened].flatMap(({ name, fullName }) => {
    const type = typeName(name);
    return [`/// What stands behind the handle \`${fullName}\`.`, `type ${type}: ${type};`, ''];
  });
}

/** The table of the objects behind a handle, and the function by which Go closes one. */
export function printObject({ names }: Bridge, { handle, options, service, origin }: ObjectCalls): string[][] {
  const type = aliasName(handle);
  const [owner, trait] = origin === undefined ? ['crate::Service', service.name] : [aliasName(origin), origin.name];
  const kept = options.threadSafe ? type : `ffi::Exclusive<${type}>`;
  const end = options.closeBlocks ? '.dropping_elsewhere();' : ';';
  const table = tableName(handle.name);
  const start = `static ${table}: ffi::Handles<${kept}> =`;
  const value = `ffi::Handles::new(${rustString(handle.name)})${end}`;
  const line = `${start} ${value}`;
  return [
    [
      `/// What stands behind \`${handle.fullName}\`.`,
      ...assignment(`type ${type}`, `<${owner} as api::${typeName(trait)}>::${typeName(handle.name)}`, 0),
    ],
    [
      `/// The objects behind \`${handle.fullName}\` that Go has not closed.`,
      ...(line.length <= 100 ? [line] : [start, ...indent([value])]),
    ],
    [
      '/// For the generated Go bindings.',
      '///',
      '/// # Safety',
      '/// For the generated Go bindings: `call` is valid and not written by anyone else during the call.',
      '#[unsafe(no_mangle)]',
      ...signature(
        `pub unsafe extern "C" fn ${names.close(handle.name)}`,
        ['call: *mut ffi::Call', 'object: u64'],
        ' -> u32 {',
        0,
      ),
      ...indent([
        ...siteConstant(service, `${handle.name}.Close`),
        '// SAFETY: the caller keeps what is said above.',
        `unsafe { ffi::close(&SITE, call, &${table}, object) }`,
      ]),
      '}',
    ],
  ];
}

/** Name that the exports give to the type behind a handle. */
function aliasName({ name }: Message): string {
  return `${typeName(name)}Object`;
}

/** Name of the static with the objects of a handle. */
export function tableName(handle: string): string {
  return `${snakeCase(handle).toUpperCase()}_OBJECTS`;
}

/** The statements that take over what a call is given, and keep its object from being dropped while it runs. */
export function pinReceiver({ receiver, callback }: Call): string[] {
  const adopt = callback === undefined ? [] : [`let callback = ${callbackWrapper(callback)}::adopt(callback);`];
  if (receiver?.handle === undefined) return adopt;
  const table = tableName(receiver.name);
  const { threadSafe } = receiver.handle;
  return [...adopt, threadSafe ? `let this = ${table}.pin(object)?;` : `let mut this = ${table}.lock(object)?;`];
}

/** The call of the user's code. */
export function invocation({ service, method, receiver, callback }: Call): string {
  const name = valueName(method.name);
  const values = ['cx', 'request', ...(callback === undefined ? [] : ['callback'])];
  if (receiver?.handle === undefined) {
    return `api::${typeName(service.name)}::${name}(${['&*SERVICE', ...values].join(', ')})`;
  }
  const self = receiver.handle.threadSafe ? '&*this' : '&mut *this';
  return `api::${typeName(receiver.name)}::${name}(${[self, ...values].join(', ')})`;
}
