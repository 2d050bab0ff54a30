import type { Bridge } from '../../bridge.js';
import { closingNumber, type CallbackCall, type HostedObject } from '../../callbacks.js';
import { docComment, generatedHeader } from '../../docs.js';
import { printGoMethod } from '../go-call.js';
import { assignment, callExpression, indent, rustString } from '../layout.js';
import { valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { methodHead, methods, receiverOfTrait } from '../traits.js';
import { closeName, objectNames } from './names.js';

/** The trait of what stands behind a handle: the object in Go, or a mock. */
export function printHostedObjectTrait(types: RustTypes, { handle, options, calls }: HostedObject): string[] {
  const { type, trait, mock } = objectNames(handle);
  const bounds = options.threadSafe ? "Send + Sync + 'static" : "Send + 'static";
  const sharing = options.threadSafe ? 'Several threads may call it at once.' : 'One call is made of it at a time.';
  return [
    `/// What stands behind [\`${type}\`]: the object in Go, or \`${mock}\` in tests. ${sharing}`,
    `pub trait ${trait}: ${bounds} {`,
    ...indent([
      ...methods(types, calls, { self: receiverOfTrait(handle), verb: 'Calls' }),
      ...(calls.length > 0 ? [''] : []),
      `/// Closes it, once and after the last call. What it fails with is the error of [\`${type}::close\`] where that waits for`,
      '/// it; otherwise the hook of `grout::set_error_hook` hears of it.',
      'fn close(&mut self) -> Result<(), grout::Error>;',
    ]),
    '}',
  ];
}

/** src/generated/objects.rs: what programs hold of objects of Go. */
export function printObjects(bridge: Bridge): string {
  const types = new RustTypes(bridge.contract);
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::ffi;'],
    ...bridge.hosted.objects.flatMap((object) => printOwned(types, object)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printOwned(types: RustTypes, object: HostedObject): string[][] {
  const { handle, options } = object;
  const { type, trait, table } = objectNames(handle);
  const kept = options.threadSafe
    ? `ffi::Closing<dyn api::${trait}>`
    : `ffi::Exclusive<ffi::Closing<dyn api::${trait}>>`;
  const end = options.closeBlocks ? '.dropping_elsewhere()' : '';
  const closing = options.closeBlocks ? 'it is closed after the last, on another thread' : 'the last one closes it';
  const sharing = options.threadSafe
    ? ['/// Several threads may call it at once.']
    : [
        '/// Several threads may use it: their calls wait for each other, and one from within a call is refused as busy.',
      ];
  return [
    [
      `/// What stands behind \`${handle.fullName}\` and is not closed.`,
      ...assignment(`static ${table}: ffi::Handles<${kept}>`, `ffi::Handles::new(${rustString(handle.name)})${end}`, 0),
    ],
    [
      ...docComment('///', handle.doc, `An object \`${handle.fullName}\` of Go.`),
      '///',
      `/// It lives in Go until it is closed or dropped. Calls that run then end as usual; ${closing}.`,
      ...sharing,
      '#[derive(Debug)]',
      '#[must_use = "it is closed when it is dropped"]',
      `pub struct ${type}(ffi::Owned<${kept}>);`,
    ],
    [
      `impl ffi::Close for dyn api::${trait} {`,
      ...indent([
        `const METHOD: &'static str = ${rustString(closeName(handle))};`,
        '',
        'fn close(&mut self) -> Result<(), grout::Error> {',
        `    api::${trait}::close(self)`,
        '}',
      ]),
      '}',
    ],
    printMethods(types, object),
  ];
}

function printMethods(types: RustTypes, object: HostedObject): string[] {
  const { handle, options, calls } = object;
  const { type, trait, mock, table } = objectNames(handle);
  const made = options.threadSafe ? 'object' : 'ffi::Exclusive::new(object)';
  const closing = 'ffi::Closing::new(Box::new(object))';
  return [
    `impl ${type} {`,
    ...indent([
      `/// Owns what stands behind it, such as a \`${mock}\`.`,
      `pub fn new(object: impl api::${trait}) -> Self {`,
      ...indent([
        ...assignment(`let object: ffi::Closing<dyn api::${trait}>`, closing, 8),
        ...callExpression('let owned = ffi::Owned::new', [`&${table}`, made], ';', 8),
        'Self(owned)',
      ]),
      '}',
      ...calls.flatMap((call) => ['', ...printMethod(types, object, call)]),
      '',
      '/// Closes the object; dropping it does the same.',
      '///',
      '/// # Errors',
      '/// `CLOSED` when it was closed before. What Go says of it, where no call runs any more that would close it later.',
      'pub fn close(&self) -> Result<(), grout::Error> {',
      `    self.0.close(${rustString(closeName(handle))})`,
      '}',
    ]),
    '}',
  ];
}

function printMethod(types: RustTypes, { options }: HostedObject, signature: CallbackCall): string[] {
  const { method, displayName } = signature;
  const values = `${rustString(displayName)}, cx, |object| object.${valueName(method.name)}(cx, request)`;
  const call = `.${options.threadSafe ? 'call' : 'call_alone'}(${values})`;
  const body = `self.0${call}`.length <= 60 ? [`self.0${call}`] : ['self.0', `    ${call}`];
  return [
    ...docComment('///', method.doc, `Calls \`${displayName}\`.`),
    // rustfmt has rules of its own for what a long closure is in.
    ...(values.length > 60 ? ['#[rustfmt::skip]'] : []),
    ...methodHead(types, signature, '&self', ' {', 'api::', 'pub '),
    ...indent(body),
    '}',
  ];
}

/** Of the client: how the objects of a handle are called in Go. */
export function printObjectInGo(bridge: Bridge, types: RustTypes, object: HostedObject): string[][] {
  const { names } = bridge;
  const { handle, calls } = object;
  const { trait, inGo, kind } = objectNames(handle);
  const bodies = [
    ...calls.flatMap((call) => [...printGoMethod(types, call, { callee: 'self.0', values: ['cx'] }), '']),
    'fn close(&mut self) -> Result<(), grout::Error> {',
    '    self.0.close()',
    '}',
  ];
  return [
    [
      `/// How \`${handle.fullName}\` of Go is called.`,
      `static ${kind}: ffi::GoObjects = {`,
      ...indent([
        ...assignment('let name', rustString(handle.fullName), 4),
        ...assignment('let call: ffi::CallFn', names.callObject(handle.name), 4),
        ...assignment('let cancel: ffi::CancelFn', names.cancel, 4),
        '// SAFETY: both are of the one archive that is linked, and its runtime takes calls from any thread.',
        `unsafe { ffi::GoObjects::new(name, call, cancel, ${closingNumber(object)}) }`,
      ]),
      '};',
    ],
    [`/// A \`${handle.fullName}\` that lives in Go.`, `struct ${inGo}(ffi::GoObject);`],
    [`impl api::${trait} for ${inGo} {`, ...indent(bodies), '}'],
  ];
}
