import type { Service } from '#contract';
import { relativePath } from '#paths';
import { isOnlyService } from '../abi-names.js';
import type { Bridge, ObjectCalls } from '../bridge.js';
import { hasTail, type Call } from '../crossing.js';
import { callsIn, partsOf, type Extended, type Part } from '../parts.js';
import { printBufferChecks, printBuffersOfRust } from './buffers.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { callbackTable } from './callbacks.js';
import { connectedOf } from './connect.js';
import { objectNames, serviceNames } from './names.js';
import { parametersOf, resultOf } from './signatures.js';
import { headerName } from './header-name.js';
import { bindings, printIdentity } from './identity.js';
import { printArguments } from './arguments.js';
import { namedReturn, printResponse } from './response.js';
import { servedLayouts } from './served.js';

/** inprocess.gen.go: crosses by cgo into the static library of the Rust side. */
export function printInProcess(bridge: Bridge): string {
  const [always] = partsOf(bridge);
  const { layout, names } = bridge;
  const quiet = [names.handshake, names.viewError, names.freeError];
  const file = new GoFile(bridge, {
    buildTag: buildTags.inProcess,
    cgoPreamble: [
      `#cgo LDFLAGS: \${SRCDIR}/${relativePath(layout.go.folder, layout.archive)}`,
      '#cgo !windows LDFLAGS: -lm -ldl -lpthread',
      '#cgo windows LDFLAGS: -lkernel32 -lntdll -luserenv -lws2_32 -ldbghelp',
      ...preamble(
        bridge,
        [
          ...quiet,
          ...(spills(always) ? [names.freeSpill] : []),
          ...(bridge.hasViews ? [names.freeView] : []),
          ...(bridge.hasBuffers ? [names.newBuffer, names.freeBuffer] : []),
        ],
        always,
      ),
    ],
  });
  for (const { service } of bridge.services) printServiceType(file, bridge, service);
  printConnect(file, bridge);
  printCrossing(file, bridge, always);
  printTakeError(file, bridge);
  if (bridge.hasViews) printFreeView(file, bridge);
  if (bridge.hasBuffers) printBuffersOfRust(file, bridge);
  return file.render();
}

/** How the methods cross that are there with features only. */
export function printInProcessPart(bridge: Bridge, part: Part, condition: string): string {
  const { freeSpill } = bridge.names;
  const quiet = spills(part) && !spills(partsOf(bridge)[0]) ? [freeSpill] : [];
  const buildTag = `${buildTags.inProcess} && ${condition}`;
  const file = new GoFile(bridge, { buildTag, cgoPreamble: preamble(bridge, quiet, part) });
  printCrossing(file, bridge, part);
  return file.render();
}

function printCrossing(file: GoFile, bridge: Bridge, { services, objects }: Part): void {
  for (const { whole, calls } of services) {
    const { inProcess } = serviceNames(bridge.contract, whole.service);
    for (const call of calls) printMethod(file, bridge, call, `(*${inProcess})`);
  }
  for (const object of objects) printObject(file, bridge, object);
}

/** Whether a response of the part may lie in memory that Rust lends. */
function spills(part: Part): boolean {
  return callsIn(part).some(({ response }) => hasTail(response));
}

function printServiceType(file: GoFile, { contract }: Bridge, service: Service): void {
  const { inProcess } = serviceNames(contract, service);
  const what = isOnlyService(contract) ? 'the Rust library' : `${service.fullName} of the Rust library`;
  file.add(`// ${inProcess} calls ${what} that is linked into this program.`, `type ${inProcess} struct{}`);
}

/**
 * Rust never keeps the pointers that it is lent. Where it does not call back into Go either, cgo can skip its
 * precautions; where it may, any call can, and so can the drop of an object. `quiet` never calls back.
 */
function preamble({ layout, names, callbacks }: Bridge, quiet: readonly string[], part: Part): string[] {
  const closes = part.objects.filter(({ isDeclared }) => isDeclared).map(({ whole }) => names.close(whole.handle.name));
  const loud = [...closes, ...callsIn(part).map(({ symbol }) => symbol)];
  const functions = callbacks.length === 0 ? [...quiet, ...loud] : quiet;
  return [
    ...functions.flatMap((name) => [`#cgo noescape ${name}`, `#cgo nocallback ${name}`]),
    `#include "${headerName(layout)}"`,
  ];
}

function printConnect(file: GoFile, bridge: Bridge): void {
  const { layout, abi, names, calls, callbacks } = bridge;
  const { type, zero, of } = connectedOf(bridge);
  const unsafe = (name: string): string => file.std('unsafe', name);
  const layouts = [
    ...calls.map(({ outStruct }) => {
      return `{${unsafe('Sizeof')}(C.${outStruct}{}), ${unsafe('Alignof')}(C.${outStruct}{})},`;
    }),
    ...callbacks.flatMap((callback) => servedLayouts(file, bridge, callback)),
  ];
  file.add(
    '// connect makes sure that the linked library speaks the ABI of this package.',
    `func connect() (${type}, error) {`,
    ...indent([
      `shake := ${file.grout('NewHandshake')}()`,
      `C.${names.handshake}((*C.grout_handshake)(${unsafe('Pointer')}(&shake)))`,
      ...printIdentity(file, bridge, {
        start: 'err := shake.Verify(',
        layouts,
        called: {
          library: library(layout),
          linkedFrame: [
            '// The symbol exists in a library with this ABI only: another one does not link.',
            `LinkedFrame: uint8(C.${names.abiSymbol(abi.hash)}),`,
          ],
        },
      }),
      '})',
      'if err != nil {',
      `\treturn ${zero}, err`,
      '}',
      ...(callbacks.length > 0 ? ['bindCallbacks()'] : []),
      `return ${of(({ inProcess }) => `&${inProcess}{}`)}, nil`,
    ]),
    '}',
  );
}

function library({ rust }: Bridge['layout']): string {
  return `the Rust library ${rust.libName}`;
}

/** An object that lives in the library, by its handle. */
function printObject(file: GoFile, bridge: Bridge, { whole, calls, isDeclared }: Extended<ObjectCalls>): void {
  const { inProcess, type } = objectNames(whole.handle.name);
  if (isDeclared) {
    file.add(
      `// ${inProcess} calls a ${type} that lives in the Rust library. Rust checks the handle on each call.`,
      `type ${inProcess} struct {`,
      '\thandle uint64',
      '}',
    );
  }
  for (const call of calls) printMethod(file, bridge, call, `(o *${inProcess})`);
  if (isDeclared) printClose(file, bridge, whole.handle.name);
}

function printClose(file: GoFile, bridge: Bridge, handle: string): void {
  const { inProcess } = objectNames(handle);
  const frame = `(*C.grout_call)(${file.std('unsafe', 'Pointer')}(&call))`;
  file.add(
    `func (o *${inProcess}) Close() error {`,
    ...indent([
      `var call ${file.grout('Call')}`,
      `call.Begin(${file.std('context', 'Background')}())`,
      `status := C.${bridge.names.close(handle)}(${frame}, C.uint64_t(o.handle))`,
      'if status != 0 {',
      '\treturn takeError(status, &call)',
      '}',
      'return nil',
    ]),
    '}',
  );
}

/** The receiver is a pointer: behind an interface, Go reaches methods on a value through a wrapper that moves all arguments. */
function printMethod(file: GoFile, bridge: Bridge, call: Call, receiver: string): void {
  const types = new GoTypes(file);
  const { method } = types.method(call.method);
  const { declared } = parametersOf(file, types, call);
  const { service: result, zero } = resultOf(types, call);
  const { locals, values } = printArguments(file, bridge, call);
  const body = printResponse(file, bridge, call);
  const results = body.includes(namedReturn) ? `resp ${result}, _ error` : `${result}, error`;
  const frame = `(*C.grout_call)(${file.std('unsafe', 'Pointer')}(&call))`;
  const object = call.receiver === undefined ? [] : ['C.uint64_t(o.handle)'];
  const given = call.callback === undefined ? [] : [`C.uint64_t(${callbackTable(call.callback.name)}.Give(callback))`];
  file.add(
    `func ${receiver} ${method}(${declared}) (${results}) {`,
    ...indent([
      ...(types.givesBuffers(call.method) ? printBufferChecks(zero) : []),
      ...locals,
      `var call ${file.grout('Call')}`,
      'call.Begin(ctx)',
      `var out C.${call.outStruct}`,
      ...printInvocation(`status := C.${call.symbol}`, [frame, ...object, ...given, ...values, '&out']),
      'if status != 0 {',
      `\treturn ${zero}, takeError(status, &call)`,
      '}',
      ...body,
    ]),
    '}',
  );
}

function printInvocation(callee: string, values: readonly string[]): string[] {
  const line = `${callee}(${values.join(', ')})`;
  return line.length <= 110 ? [line] : [`${callee}(`, ...indent(values.map((value) => `${value},`)), ')'];
}

function printFreeView(file: GoFile, { names }: Bridge): void {
  file.add(
    '// freeView gives back what a view owns in Rust.',
    'func freeView(owner uintptr) {',
    `\tC.${names.freeView}(C.uintptr_t(owner))`,
    '}',
  );
}

function printTakeError(file: GoFile, { names, layout }: Bridge): void {
  const refused = `${library(layout)} refuses the call frame of ${bindings(layout)}`;
  file.add(
    '// takeError copies the error that Rust left in the frame of a call, and gives it back to Rust.',
    `func takeError(status C.uint32_t, call *${file.grout('Call')}) error {`,
    ...indent([
      'address := C.uintptr_t(call.Failure())',
      'if status != 1 || address == 0 {',
      `\treturn ${file.grout('ErrHandshake')}.New(${goString(refused)})`,
      '}',
      `var failure ${file.grout('Failure')}`,
      `C.${names.viewError}(address, (*C.grout_error)(${file.std('unsafe', 'Pointer')}(&failure)))`,
      'err := failure.Copy()',
      `C.${names.freeError}(address)`,
      'return err',
    ]),
    '}',
  );
}
