import type { Service } from '#contract';
import type { Bridge } from '../bridge.js';
import type { CallbackService } from '../callbacks.js';
import { docComment } from '../docs.js';
import { snakeCase } from '../words.js';
import { printGoMethod, printGoStructs } from './go-call.js';
import { assignment, indent, rustString, signature } from './layout.js';
import { typeName } from './names.js';
import type { RustTypes } from './rust-types.js';
import { methods } from './traits.js';

/** The trait of the objects that Go hands over. */
export function printCallbackTrait(types: RustTypes, { service, calls }: CallbackService): string[] {
  return [
    ...docComment('///', service.doc, `The service \`${service.fullName}\`, which Go implements.`),
    '///',
    '/// It may be called from any thread, for as long as it is kept; Go lets go of it when it is dropped. A panic of Go',
    '/// is an error here.',
    `pub trait ${typeName(service.name)}: Send + Sync + 'static {`,
    ...indent(methods(types, calls, { self: '&self', verb: 'Calls' })),
    '}',
  ];
}

/** The functions of Go by which its objects are called, and what makes a trait object of one. */
export function printCallbacks({ names, callbacks }: Bridge, types: RustTypes): string[][] {
  if (callbacks.length === 0) return [];
  return [
    [
      '/// For the generated Go bindings.',
      '///',
      '/// # Safety',
      '/// `call` is that of a call of Go that runs.',
      '#[unsafe(no_mangle)]',
      ...signature(
        `pub unsafe extern "C" fn ${names.makeRoom}`,
        ['call: *mut ffi::Invocation', 'len: usize'],
        ' -> *mut u8 {',
        0,
      ),
      '    // SAFETY: the caller keeps what is said above.',
      '    unsafe { ffi::make_room(call, len) }',
      '}',
    ],
    ...callbacks.flatMap((callback) => printCallback(names.callback(callback.service.name).bind, types, callback)),
  ];
}

function printCallback(bind: string, types: RustTypes, { service, calls }: CallbackService): string[][] {
  const [table, wrapper] = [callbackTable(service), callbackWrapper(service)];
  const bodies = calls.flatMap((call, at) => [
    ...(at > 0 ? [''] : []),
    ...printGoMethod(types, call, { callee: 'self.0', values: ['cx'] }),
  ]);
  return [
    [
      `/// How \`${service.fullName}\` of Go is called.`,
      ...assignment(`static ${table}: ffi::Callbacks`, `ffi::Callbacks::new(${rustString(service.fullName)})`, 0),
    ],
    [
      '/// For the generated Go bindings.',
      '///',
      '/// # Safety',
      '/// Both may be called at any time, from any thread.',
      '#[unsafe(no_mangle)]',
      ...signature(`pub unsafe extern "C" fn ${bind}`, ['call: ffi::CallFn', 'release: ffi::ReleaseFn'], ' {', 0),
      '    // SAFETY: the caller keeps what is said above.',
      `    unsafe { ${table}.bind(call, release) }`,
      '}',
    ],
    [`/// A \`${service.fullName}\` that lives in Go.`, `struct ${wrapper}(ffi::Callback);`],
    [
      `impl ${wrapper} {`,
      '    fn adopt(object: u64) -> std::sync::Arc<Self> {',
      `        std::sync::Arc::new(Self(${table}.adopt(object)))`,
      '    }',
      '}',
    ],
    ...calls.flatMap(printGoStructs),
    [`impl api::${typeName(service.name)} for ${wrapper} {`, ...indent(bodies), '}'],
  ];
}

function callbackTable({ name }: Service): string {
  return `${snakeCase(name).toUpperCase()}_CALLBACKS`;
}

/** Name of the type that calls an object of Go. */
export function callbackWrapper({ name }: Service): string {
  return `${typeName(name)}InGo`;
}
