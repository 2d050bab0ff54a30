import type { Contract, Message } from '#contract';
import type { Bridge, ObjectCalls } from '../bridge.js';
import { conditionsOf, leastOf, type Condition } from '../conditions.js';
import type { Call } from '../crossing.js';
import { docComment } from '../docs.js';
import { snakeCase } from '../words.js';
import { callbackWrapper } from './callbacks.js';
import { Cfg } from './cfg.js';
import { assignment, indent, rustString, signature } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';
import { siteConstant } from './site.js';
import { printStub } from './stub.js';
import { methods, receiverOfTrait } from './traits.js';

/** The trait of the objects that stand behind a handle. */
export function printObjectTrait(bridge: Bridge, types: RustTypes, object: ObjectCalls): string[] {
  const { handle, options, calls, condition: own } = object;
  const cfg = new Cfg(bridge.abi.features);
  const sharing = options.threadSafe
    ? ['/// Several threads may call an object at once.']
    : ['/// Calls on an object wait for each other; one that calls itself back is refused as busy.'];
  const dropping = options.closeBlocks
    ? ['/// It is dropped on another thread, once Go has closed it and the last call has ended.']
    : ['/// It is dropped when Go has closed it and the last call has ended.'];
  const bounds = options.threadSafe ? "Send + Sync + 'static" : "Send + 'static";
  return [
    ...docComment('///', handle.doc, `An object behind the handle \`${handle.fullName}\`.`),
    '///',
    ...sharing,
    ...dropping,
    ...cfg.with(own),
    `pub trait ${typeName(handle.name)}: ${bounds} {`,
    ...indent(associatedTypes(bridge.contract, cfg, calls, own)),
    ...indent(
      methods(types, calls, {
        self: receiverOfTrait(handle),
        verb: 'Serves',
        attributes: ({ condition = [] }) => cfg.with(condition, own),
      }),
    ),
    '}',
  ];
}

/**
 * The types that a trait leaves to its implementation: what stands behind the handles that its methods return. `within`
 * is the condition of the trait.
 */
export function associatedTypes(contract: Contract, cfg: Cfg, calls: readonly Call[], within: Condition): string[] {
  const opened = new Set(calls.flatMap(({ opens }) => opens ?? []));
  return [...opened].flatMap((handle) => {
    const type = typeName(handle.name);
    const openers = calls.filter(({ opens }) => opens === handle).map(({ condition }) => condition);
    const condition = leastOf(openers) ?? conditionsOf(contract).ofHandle(handle);
    const doc = `/// What stands behind the handle \`${handle.fullName}\`.`;
    return [doc, ...cfg.with(condition, within), `type ${type}: ${type};`, ''];
  });
}

/** The table of the objects behind a handle, and the function by which Go closes one. */
export function printObject(bridge: Bridge, object: ObjectCalls): string[][] {
  const cfg = new Cfg(bridge.abi.features);
  return [...printTable(cfg, object), ...printClose(cfg, bridge, object)];
}

function printTable(cfg: Cfg, { handle, options, opener, condition }: ObjectCalls): string[][] {
  const attributes = cfg.with(condition);
  const type = aliasName(handle);
  const { service, receiver: origin } = opener;
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
      ...attributes,
      ...assignment(`type ${type}`, `<${owner} as api::${typeName(trait)}>::${typeName(handle.name)}`, 0),
    ],
    [
      `/// The objects behind \`${handle.fullName}\` that Go has not closed.`,
      ...attributes,
      ...(line.length <= 100 ? [line] : [start, ...indent([value])]),
    ],
  ];
}

function printClose(cfg: Cfg, { names }: Bridge, { handle, opener, condition }: ObjectCalls): string[][] {
  return [
    [
      '/// For the generated Go bindings.',
      '///',
      '/// # Safety',
      '/// For the generated Go bindings: `call` is valid and not written by anyone else during the call.',
      ...cfg.with(condition),
      '#[unsafe(no_mangle)]',
      ...signature(
        `pub unsafe extern "C" fn ${names.close(handle.name)}`,
        ['call: *mut ffi::Call', 'object: u64'],
        ' -> u32 {',
        0,
      ),
      ...indent([
        ...siteConstant(opener.service, `${handle.name}.Close`),
        '// SAFETY: the caller keeps what is said above.',
        `unsafe { ffi::close(&SITE, call, &${tableName(handle.name)}, object) }`,
      ]),
      '}',
    ],
    ...printStub(cfg, condition, `${handle.name}.Close`, names.close(handle.name)),
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

/** The statement that takes over what a call is given: whatever comes of the call, it is let go of. */
export function adoptCallback({ callback }: Call): string[] {
  return callback === undefined ? [] : [`let callback = ${callbackWrapper(callback)}::adopt(callback);`];
}

/** The statement that keeps the object of a call from being dropped. Comes last: others may have to wait for it. */
export function pinReceiver({ receiver }: Call): string[] {
  if (receiver?.handle === undefined) return [];
  const table = tableName(receiver.name);
  return [
    receiver.handle.threadSafe ? `let this = ${table}.pin(object)?;` : `let mut this = ${table}.lock(object, cx)?;`,
  ];
}

/** The call of the user's code. */
export function invocation({ service, method, receiver, callback }: Call): string {
  const name = valueName(method.name);
  const values = ['cx', 'request', ...(callback === undefined ? [] : ['callback'])];
  if (receiver?.handle === undefined) {
    return `api::${typeName(service.name)}::${name}(${['service()', ...values].join(', ')})`;
  }
  const self = receiver.handle.threadSafe ? '&*this' : '&mut *this';
  return `api::${typeName(receiver.name)}::${name}(${[self, ...values].join(', ')})`;
}
