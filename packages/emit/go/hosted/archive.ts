import type { Message, Service } from '#contract';
import type { Bridge } from '../../bridge.js';
import { frameWitness } from '../../frame-version.js';
import { generatedHeader } from '../../docs.js';
import type { BridgeLayout } from '../../types.js';
import { GoFile, indent } from '../go-file.js';
import { runtimeStructs } from '../header.js';
import { headerName } from '../header-name.js';
import { bindFunction } from './given.js';
import { hostedNames, objectNames } from '../names.js';
import { objectTable } from '../served.js';

/** Folder of the command that is built as an archive, from the Go side's. The archive is named after it. */
export function archiveFolder({ name }: BridgeLayout): string {
  return `cmd/${name}-archive`;
}

/** `cmd/<name>-archive/exports.gen.go`: what Rust links. The user's files beside it declare `main` and, of each service, the function that makes it. */
export function printArchive(bridge: Bridge): string {
  const file = new GoFile(bridge, {
    buildTag: 'cgo',
    packageName: 'main',
    cgoPreamble: [`#include "${headerName(bridge.layout)}"`],
  });
  for (const { service } of bridge.hosted.services) printServer(file, bridge, service);
  for (const { handle } of bridge.hosted.objects) printTable(file, bridge, handle);
  printRoom(file);
  printGiven(file, bridge);
  printStart(file, bridge);
  printCalls(file, bridge);
  return file.render();
}

function printServer(file: GoFile, { contract }: Bridge, service: Service): void {
  const { server, serverConstructor, opener } = hostedNames(contract, service);
  file.add(
    `// ${server} gives Rust what ${opener} makes when the first client connects.`,
    `var ${server} = ${file.own(serverConstructor)}(groutMakeRoom, ${opener})`,
  );
}

function printTable(file: GoFile, { contract }: Bridge, handle: Message): void {
  const table = objectTable(contract, handle);
  const { type, tableConstructor } = objectNames(handle.name);
  file.add(
    `// ${table} has the objects of [${file.own(type)}] that Rust owns.`,
    `var ${table} = ${file.own(tableConstructor)}(groutMakeRoom)`,
  );
}

function printRoom(file: GoFile): void {
  file.add(
    '// groutRoomFn is the function of Rust that makes room for answers.',
    `var groutRoomFn ${file.std('sync/atomic', 'Pointer')}[[0]byte]`,
  );
  file.add(
    `func groutMakeRoom(call *${file.grout('Invocation')}, n uintptr) uintptr {`,
    `\tinvocation := (*C.grout_invocation)(${file.std('unsafe', 'Pointer')}(call))`,
    '\treturn uintptr(C.grout_make_room(C.grout_room_fn(groutRoomFn.Load()), invocation, C.size_t(n)))',
    '}',
  );
}

/** How Go calls the objects that Rust gives. */
function printGiven(file: GoFile, { hosted, names }: Bridge): void {
  if (hosted.given.length === 0) return;
  const unsafe = file.std('unsafe', 'Pointer');
  const parameters = 'serve C.grout_serve_fn, release C.grout_release_fn, free C.grout_free_answer_fn';
  file.add(
    '// groutRustFunctions calls Rust by its functions.',
    `func groutRustFunctions(${parameters}) ${file.grout('RustFunctions')} {`,
    ...indent([
      `return ${file.grout('RustFunctions')}{`,
      ...indent([
        `Call: func(object uint64, method uint32, call *${file.grout('Call')}, request *${file.grout('Packer')}) (uint32, uintptr, uintptr) {`,
        ...indent([
          `frame, data := (*C.grout_call)(${unsafe}(call)), (*C.uint8_t)(request.Data())`,
          'answer := C.grout_call_object(serve, C.uint64_t(object), C.uint32_t(method), frame, data, C.size_t(request.Len()))',
          'return uint32(answer.status), uintptr(answer.ptr), uintptr(answer.len)',
        ]),
        '},',
        'Free: func(answer, n uintptr) {',
        '\tC.grout_free_answer(free, C.uintptr_t(answer), C.size_t(n))',
        '},',
        'Release: func(object uint64) {',
        '\tC.grout_release_object(release, C.uint64_t(object))',
        '},',
      ]),
      '}',
    ]),
    '}',
  );
  for (const { service } of hosted.given) {
    const { bind } = names.callback(service.name);
    file.add(
      `//export ${bind}`,
      `func ${bind}(${parameters}) {`,
      `\t${file.own(bindFunction(service))}(groutRustFunctions(serve, release, free))`,
      '}',
    );
  }
}

/** What is called before the first call. Any of the servers answers for the archive. */
function printStart(file: GoFile, { contract, hosted, names, abi }: Bridge): void {
  const symbol = names.abiSymbol(abi.hash);
  const [server] = hosted.services.map(({ service }) => hostedNames(contract, service).server);
  file.add(
    `// ${symbol} is in archives with this ABI only: a program of another one does not link.`,
    '//',
    `//export ${symbol}`,
    `func ${symbol}() C.uint8_t {`,
    `\treturn ${file.grout(frameWitness.go)}`,
    '}',
  );
  file.add(
    `//export ${names.handshake}`,
    `func ${names.handshake}(makeRoom C.grout_room_fn, call *C.grout_invocation) C.uint32_t {`,
    '\tgroutRoomFn.Store(makeRoom)',
    `\treturn C.uint32_t(${server ?? ''}.Handshake(${invocationOf(file)}))`,
    '}',
  );
  for (const { service } of hosted.services) {
    printExport(file, names.hosted(service).open, `${hostedNames(contract, service).server}.Open`);
  }
}

function printCalls(file: GoFile, { contract, hosted, names }: Bridge): void {
  for (const { service } of hosted.services) {
    printExport(file, names.hosted(service).call, `${hostedNames(contract, service).server}.Serve`);
  }
  for (const { handle } of hosted.objects) {
    printExport(file, names.callObject(handle.name), `${objectTable(contract, handle)}.Serve`);
  }
  const frame = `(*${file.grout('Call')})(${file.std('unsafe', 'Pointer')}(call))`;
  file.add(
    `//export ${names.cancel}`,
    `func ${names.cancel}(call *C.grout_call) {`,
    `\t${file.grout('Cancel')}(${frame})`,
    '}',
  );
}

/** A function of the archive that hands an invocation on to the runtime. */
function printExport(file: GoFile, symbol: string, callee: string): void {
  file.add(
    `//export ${symbol}`,
    `func ${symbol}(call *C.grout_invocation) C.uint32_t {`,
    `\treturn C.uint32_t(${callee}(${invocationOf(file)}))`,
    '}',
  );
}

/** The parameter `call` as the runtime has it. */
function invocationOf(file: GoFile): string {
  return `(*${file.grout('Invocation')})(${file.std('unsafe', 'Pointer')}(call))`;
}

/** `cmd/<name>-archive/<name>.gen.h`: the structs that cross. */
export function printArchiveHeader({ contract, hosted }: Bridge): string {
  const sections = [
    generatedHeader('//', contract.files).join('\n'),
    '#pragma once\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>',
    runtimeStructs,
    `// How Rust makes room for an answer, an error or a long response: says where its len bytes are.
typedef uint8_t *(*grout_room_fn)(grout_invocation *call, size_t len);

// Go cannot call a function of which it has the address only.
static inline uintptr_t grout_make_room(grout_room_fn room, grout_invocation *call, size_t len) {
  return (uintptr_t)room(call, len);
}`,
    ...(hosted.given.length > 0 ? [incomingStructs] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** How Go calls an object of Rust: by a struct that is made in C, so that no memory of Go points to memory of Go. */
const incomingStructs = `// A call of an object of Rust by Go.
typedef struct {
  uint32_t size; // sizeof(grout_incoming), as Go knows it
  uint32_t method; // its number
  uint64_t object;
  grout_call *frame;
  const uint8_t *request; // packed
  size_t request_len;
  uint8_t *answer; // out: a packed response, or with status 1 the bytes of an error; owned by Go until it frees it
  size_t answer_len;
} grout_incoming;

typedef uint32_t (*grout_serve_fn)(grout_incoming *call);
typedef void (*grout_free_answer_fn)(uint8_t *answer, size_t len);

typedef struct {
  uint32_t status;
  uintptr_t ptr;
  size_t len;
} grout_answer;

static inline grout_answer grout_call_object(
  grout_serve_fn serve, uint64_t object, uint32_t method, grout_call *frame, const uint8_t *request, size_t len
) {
  grout_incoming call = {sizeof(grout_incoming), method, object, frame, request, len, 0, 0};
  uint32_t status = serve(&call);
  return (grout_answer){status, (uintptr_t)call.answer, call.answer_len};
}

static inline void grout_free_answer(grout_free_answer_fn free, uintptr_t answer, size_t len) {
  free((uint8_t *)answer, len);
}

static inline void grout_release_object(grout_release_fn release, uint64_t object) {
  release(object);
}`;
