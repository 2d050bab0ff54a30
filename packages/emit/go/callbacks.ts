import type { Bridge } from '../bridge.js';
import type { CallbackCall, CallbackService } from '../callbacks.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { declaredName, GoTypes } from './go-types.js';
import { headerName } from './header-name.js';
import { namedDoc } from './messages.js';
import { exportedName, localName } from './names.js';
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
  const types = new GoTypes(file);
  const binds = callbacks.map(({ service }) => {
    const { bind, call, release } = names.callback(service.name);
    return `C.${bind}(C.grout_call_fn(C.${call}), C.grout_release_fn(C.${release}))`;
  });
  file.add(
    '// bindCallbacks tells Rust by which functions it calls what it is given.',
    'func bindCallbacks() {',
    ...indent(binds),
    '}',
  );
  file.add(
    '// makeRoom lets Rust make room for the answer of a callback.',
    `func makeRoom(tail ${file.std('unsafe', 'Pointer')}, n uintptr) uintptr {`,
    `\treturn uintptr(C.${names.makeRoom}((*C.grout_tail)(tail), C.size_t(n)))`,
    '}',
  );
  for (const callback of callbacks) printCallback(file, bridge, types, callback);
  return file.render();
}

function printCallback(file: GoFile, { names }: Bridge, types: GoTypes, callback: CallbackService): void {
  const { service } = callback;
  printTable(file, callback);
  const type = exportedName(service.name);
  printServe(file, types, callback, { name: `serve${type}`, type });
  const { call, release } = names.callback(service.name);
  const table = callbackTable(service.name);
  const pointer = file.std('unsafe', 'Pointer');
  const passed = [
    'uint64(object),',
    'uint32(method),',
    `(*${file.grout('Call')})(${pointer}(call)),`,
    `${file.grout('Lent')}(${pointer}(request), uintptr(requestLen)),`,
    `(*${file.grout('Answer')})(${pointer}(answer)),`,
  ];
  file.add(
    `//export ${call}`,
    `func ${call}(`,
    '\tobject C.uint64_t,',
    '\tmethod C.uint32_t,',
    '\tcall *C.grout_call,',
    '\trequest *C.uint8_t,',
    '\trequestLen C.size_t,',
    '\tanswer *C.grout_answer,',
    ') C.uint32_t {',
    ...indent([`status := ${table}.Serve(`, ...indent(passed), ')', 'return C.uint32_t(status)']),
    '}',
  );
  file.add(`//export ${release}`, `func ${release}(object C.uint64_t) {`, `\t${table}.Release(uint64(object))`, '}');
}

function printTable(file: GoFile, callback: CallbackService): void {
  const { service } = callback;
  const type = exportedName(service.name);
  const table = callbackTable(service.name);
  file.add(
    `// ${table} has what Rust holds of [${type}].`,
    `var ${table} = ${file.grout('NewCallbacks')}(`,
    ...indent([`${goString(service.fullName)},`, 'makeRoom,', `serve${type},`, ...printSites(file, callback)]),
    ')',
  );
}

/** Arguments that name the methods of a service, in the order of their numbers. */
export function printSites(file: GoFile, { service, calls }: CallbackService): string[] {
  const shown = service.foreignText === 'always' ? ', ShowForeign: true' : '';
  return [...calls]
    .sort((a, b) => a.number - b.number)
    .map(({ displayName }) => `${file.grout('Site')}{Method: ${goString(displayName)}${shown}},`);
}

/** The function that calls a method by its number; `type` is what implements it. */
export function printServe(
  file: GoFile,
  types: GoTypes,
  { calls }: CallbackService,
  { name, type }: { readonly name: string; readonly type: string },
): void {
  file.add(
    `func ${name}(`,
    `\tctx ${file.std('context', 'Context')},`,
    `\tobject ${type},`,
    '\tmethod uint32,',
    `\tu *${file.grout('Unpacker')},`,
    `\tp *${file.grout('Packer')},`,
    ') error {',
    '\tswitch method {',
    ...indent(calls.flatMap((each) => serveCase(file, types, each))),
    '\t}',
    `\treturn ${file.grout('Unserved')}(method)`,
    '}',
  );
}

function serveCase({ contract }: GoFile, types: GoTypes, { method, number }: CallbackCall): string[] {
  const { method: name } = types.method(method);
  return [
    `case ${number}:`,
    ...indent([
      `req := unpack${declaredName(contract, method.request)}(u)`,
      'if err := u.FinishRequest(); err != nil {',
      '\treturn err',
      '}',
      `resp, err := object.${name}(ctx, req)`,
      'if err != nil {',
      '\treturn err',
      '}',
      `pack${declaredName(contract, method.response)}(p, resp)`,
      'return nil',
    ]),
  ];
}
