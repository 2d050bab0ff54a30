import type { Service } from '#contract';
import type { Bridge } from '../bridge.js';
import type { CallbackCall, CallbackService } from '../callbacks.js';
import { docComment } from '../docs.js';
import { snakeCase } from '../words.js';
import { assignment, indent, rustString, signature } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';

/** The trait of the objects that Go hands over. */
export function printCallbackTrait(types: RustTypes, { service, calls }: CallbackService): string[] {
  const methods = calls.flatMap((call, at) => [
    ...(at > 0 ? [''] : []),
    ...docComment('///', call.method.doc, `Calls \`${call.displayName}\`.`),
    ...methodSignature(types, call, ';'),
  ]);
  return [
    ...docComment('///', service.doc, `The service \`${service.fullName}\`, which Go implements.`),
    '///',
    '/// It may be called from any thread, for as long as it is kept; Go lets go of it when it is dropped. A panic of Go',
    '/// is an error here.',
    `pub trait ${typeName(service.name)}: Send + Sync + 'static {`,
    ...indent(methods),
    '}',
  ];
}

/** `room` is the path of the generated types. */
function methodSignature(types: RustTypes, { method }: CallbackCall, end: string, room = ''): string[] {
  const parameters = ['&self', 'cx: &grout::Cx', `request: ${room}${types.named(method.request)}`];
  const error = method.errorDomain === undefined ? types.error(method) : `${room}${types.error(method)}`;
  const result = ` -> Result<${room}${types.named(method.response)}, ${error}>${end}`;
  return signature(`fn ${valueName(method.name)}`, parameters, result, 4);
}

/** The functions of Go by which its objects are called, and what makes a trait object of one. */
export function printCallbacks({ names, callbacks }: Bridge, types: RustTypes): string[][] {
  if (callbacks.length === 0) return [];
  return [
    [
      '/// For the generated Go bindings.',
      '///',
      '/// # Safety',
      '/// `tail` is that of an answer that a callback has to write.',
      '#[unsafe(no_mangle)]',
      ...signature(
        `pub unsafe extern "C" fn ${names.makeRoom}`,
        ['tail: *mut ffi::Tail', 'len: usize'],
        ' -> *mut u8 {',
        0,
      ),
      '    // SAFETY: the caller keeps what is said above.',
      '    unsafe { &mut *tail }.make_room(len)',
      '}',
    ],
    ...callbacks.flatMap((callback) => printCallback(names.callback(callback.service.name).bind, types, callback)),
  ];
}

function printCallback(bind: string, types: RustTypes, { service, calls }: CallbackService): string[][] {
  const [table, wrapper] = [callbackTable(service), callbackWrapper(service)];
  const methods = calls.flatMap((call, at) => {
    const head = methodSignature(types, call, ' {', 'api::');
    return [...(at > 0 ? [''] : []), ...head, `    self.0.call(${call.number}, cx, &request)`, '}'];
  });
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
    [`impl api::${typeName(service.name)} for ${wrapper} {`, ...indent(methods), '}'],
  ];
}

function callbackTable({ name }: Service): string {
  return `${snakeCase(name).toUpperCase()}_CALLBACKS`;
}

/** Name of the type that calls an object of Go. */
export function callbackWrapper({ name }: Service): string {
  return `${typeName(name)}InGo`;
}
