import type { Bridge } from '../../bridge.js';
import { generatedHeader } from '../../docs.js';
import type { BridgeLayout } from '../../types.js';
import { GoFile, indent } from '../go-file.js';
import { runtimeStructs } from '../header.js';
import { headerName } from '../header-name.js';

/** Folder of the command that is built as an archive, from the Go side's. The archive is named after it. */
export function archiveFolder({ name }: BridgeLayout): string {
  return `cmd/${name}-archive`;
}

/** `cmd/<name>-archive/exports.gen.go`: what Rust links. The user's files beside it declare `newService` and `main`. */
export function printArchive(bridge: Bridge): string {
  const file = new GoFile(bridge, {
    buildTag: 'cgo',
    packageName: 'main',
    cgoPreamble: [`#include "${headerName(bridge.layout)}"`],
  });
  printServer(file);
  printStart(file, bridge);
  printCalls(file, bridge);
  return file.render();
}

function printServer(file: GoFile): void {
  const pointer = file.std('unsafe', 'Pointer');
  file.add(
    '// server gives Rust what newService makes when the first client connects.',
    `var server = ${file.own('NewServer')}(makeRoom, newService)`,
  );
  file.add(
    '// room is the function of Rust that makes room for answers.',
    `var room ${file.std('sync/atomic', 'Pointer')}[[0]byte]`,
  );
  file.add(
    `func makeRoom(tail ${pointer}, n uintptr) uintptr {`,
    '\treturn uintptr(C.grout_make_room(C.grout_room_fn(room.Load()), (*C.grout_tail)(tail), C.size_t(n)))',
    '}',
  );
}

/** What is called before the first call. */
function printStart(file: GoFile, { names, abi }: Bridge): void {
  const symbol = names.abiSymbol(abi.hash);
  const { call, answer } = framesOf(file);
  file.add(
    `// ${symbol} is in archives with this ABI only: a program of another one does not link.`,
    '//',
    `//export ${symbol}`,
    `func ${symbol}() C.uint8_t {`,
    `\treturn ${file.grout('FrameVersion')}`,
    '}',
  );
  file.add(
    `//export ${names.handshake}`,
    `func ${names.handshake}(makeRoom C.grout_room_fn, answer *C.grout_answer) C.uint32_t {`,
    '\troom.Store(makeRoom)',
    `\treturn C.uint32_t(server.Handshake(${answer}))`,
    '}',
  );
  file.add(
    `//export ${names.hosted.open}`,
    `func ${names.hosted.open}(call *C.grout_call, answer *C.grout_answer) C.uint32_t {`,
    `\treturn C.uint32_t(server.Open(${call}, ${answer}))`,
    '}',
  );
}

function printCalls(file: GoFile, { names }: Bridge): void {
  const { call, answer } = framesOf(file);
  const request = `${file.grout('Lent')}(${file.std('unsafe', 'Pointer')}(request), uintptr(requestLen))`;
  const served = ['uint32(method),', `${call},`, `${request},`, `${answer},`];
  file.add(
    `//export ${names.hosted.call}`,
    `func ${names.hosted.call}(`,
    '\tmethod C.uint32_t,',
    '\tcall *C.grout_call,',
    '\trequest *C.uint8_t,',
    '\trequestLen C.size_t,',
    '\tanswer *C.grout_answer,',
    ') C.uint32_t {',
    ...indent(['status := server.Serve(', ...indent(served), ')', 'return C.uint32_t(status)']),
    '}',
  );
  file.add(
    `//export ${names.hosted.cancel}`,
    `func ${names.hosted.cancel}(call *C.grout_call) {`,
    `\t${file.grout('Cancel')}(${call})`,
    '}',
  );
}

/** The parameters `call` and `answer` as the runtime has them. */
function framesOf(file: GoFile): { readonly call: string; readonly answer: string } {
  const pointer = file.std('unsafe', 'Pointer');
  return {
    call: `(*${file.grout('Call')})(${pointer}(call))`,
    answer: `(*${file.grout('Answer')})(${pointer}(answer))`,
  };
}

/** `cmd/<name>-archive/<name>.gen.h`: the structs that cross. */
export function printArchiveHeader({ contract }: Bridge): string {
  const sections = [
    generatedHeader('//', contract.files).join('\n'),
    '#pragma once\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>',
    runtimeStructs,
    `// How Rust makes room for an answer: says where len bytes of the tail are.
typedef uint8_t *(*grout_room_fn)(grout_tail *tail, size_t len);

// Go cannot call a function of which it has the address only.
static inline uintptr_t grout_make_room(grout_room_fn room, grout_tail *tail, size_t len) {
  return (uintptr_t)room(tail, len);
}`,
  ];
  return `${sections.join('\n\n')}\n`;
}
