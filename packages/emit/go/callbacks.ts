import type { Bridge } from '../bridge.js';
import type { CallbackService } from '../callbacks.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import type { GoTypes } from './go-types.js';
import { headerName } from './header-name.js';
import { namedDoc } from './messages.js';
import { exportedName, localName } from './names.js';
import { printServed, servedMethods } from './served.js';
import { methodDeclarations } from './signatures.js';

/** The interface of a service that Go implements. */
export function printCallbackInterface(file: GoFile, types: GoTypes, { service, calls }: CallbackService): void {
  const name = exportedName(service.name);
  file.add(
    ...namedDoc(name, service.doc, `${name} is ${service.fullName}, which Go implements.`),
    '//',
    '// Rust calls it from any thread, at once if it likes, until it drops it. A panic ends only the call: Rust receives it',
    '// as an error. Methods may call back into Rust.',
    `type ${name} interface {`,
    ...indent(methodDeclarations(file, types, calls)),
    '}',
  );
}

/** Name of the table with the objects of a service that Rust holds. */
export function callbackTable(service: string): string {
  return localName(`${service}_callbacks`);
}

/** callbacks.gen.go: what Rust calls of the objects that it was given. */
export function printCallbacks(bridge: Bridge): string | undefined {
  const { callbacks, layout, names } = bridge;
  if (callbacks.length === 0) return undefined;
  const file = new GoFile(bridge, {
    buildTag: buildTags.inProcess,
    cgoPreamble: [`#include "${headerName(layout)}"`],
  });
  const binds = callbacks.map(({ service }) => {
    const { bind, call, release } = names.callback(service.name);
    return `C.${bind}(C.grout_call_fn(C.${call}), C.grout_release_fn(C.${release}))`;
  });
  const pointer = file.std('unsafe', 'Pointer');
  file.add(
    '// bindCallbacks tells Rust by which functions it calls what it is given.',
    'func bindCallbacks() {',
    ...indent(binds),
    '}',
  );
  file.add(
    '// makeRoom lets Rust make room for an answer.',
    `func makeRoom(call *${file.grout('Invocation')}, n uintptr) uintptr {`,
    `\treturn uintptr(C.${names.makeRoom}((*C.grout_invocation)(${pointer}(call)), C.size_t(n)))`,
    '}',
  );
  for (const callback of callbacks) printCallback(file, bridge, callback);
  return file.render();
}

function printCallback(file: GoFile, bridge: Bridge, callback: CallbackService): void {
  const { service } = callback;
  printTable(file, bridge, callback);
  for (const call of callback.calls) printServed(file, bridge, exportedName(service.name), call);
  const { call, release } = bridge.names.callback(service.name);
  const table = callbackTable(service.name);
  const pointer = file.std('unsafe', 'Pointer');
  file.add(
    `//export ${call}`,
    `func ${call}(call *C.grout_invocation) C.uint32_t {`,
    `\treturn C.uint32_t(${table}.Serve((*${file.grout('Invocation')})(${pointer}(call))))`,
    '}',
  );
  file.add(`//export ${release}`, `func ${release}(object C.uint64_t) {`, `\t${table}.Release(uint64(object))`, '}');
}

function printTable(file: GoFile, bridge: Bridge, callback: CallbackService): void {
  const { service } = callback;
  const type = exportedName(service.name);
  const table = callbackTable(service.name);
  file.add(
    `// ${table} has what Rust holds of [${type}].`,
    `var ${table} = ${file.grout('NewCallbacks')}(${goString(service.fullName)}, makeRoom, []${file.grout('Served')}[${type}]{`,
    ...indent(servedMethods(bridge, callback.calls)),
    '})',
  );
}
