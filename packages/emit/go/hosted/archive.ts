import type { Bridge } from '../../bridge.js';
import { generatedHeader } from '../../docs.js';
import type { BridgeLayout } from '../../types.js';
import { GoFile } from '../go-file.js';
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
  file.add(
    '// server gives Rust what newService makes when the first client connects.',
    `var server = ${file.own('NewServer')}(makeRoom, newService)`,
  );
  file.add(
    '// room is the function of Rust that makes room for answers.',
    `var room ${file.std('sync/atomic', 'Pointer')}[[0]byte]`,
  );
  file.add(
    `func makeRoom(call *${file.grout('Invocation')}, n uintptr) uintptr {`,
    `\tinvocation := (*C.grout_invocation)(${file.std('unsafe', 'Pointer')}(call))`,
    '\treturn uintptr(C.grout_make_room(C.grout_room_fn(room.Load()), invocation, C.size_t(n)))',
    '}',
  );
}

/** What is called before the first call. */
function printStart(file: GoFile, { names, abi }: Bridge): void {
  const symbol = names.abiSymbol(abi.hash);
  const call = invocationOf(file);
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
    `func ${names.handshake}(makeRoom C.grout_room_fn, call *C.grout_invocation) C.uint32_t {`,
    '\troom.Store(makeRoom)',
    `\treturn C.uint32_t(server.Handshake(${call}))`,
    '}',
  );
  file.add(
    `//export ${names.hosted.open}`,
    `func ${names.hosted.open}(call *C.grout_invocation) C.uint32_t {`,
    `\treturn C.uint32_t(server.Open(${call}))`,
    '}',
  );
}

function printCalls(file: GoFile, { names }: Bridge): void {
  file.add(
    `//export ${names.hosted.call}`,
    `func ${names.hosted.call}(call *C.grout_invocation) C.uint32_t {`,
    `\treturn C.uint32_t(server.Serve(${invocationOf(file)}))`,
    '}',
  );
  const frame = `(*${file.grout('Call')})(${file.std('unsafe', 'Pointer')}(call))`;
  file.add(
    `//export ${names.hosted.cancel}`,
    `func ${names.hosted.cancel}(call *C.grout_call) {`,
    `\t${file.grout('Cancel')}(${frame})`,
    '}',
  );
}

/** The parameter `call` as the runtime has it. */
function invocationOf(file: GoFile): string {
  return `(*${file.grout('Invocation')})(${file.std('unsafe', 'Pointer')}(call))`;
}

/** `cmd/<name>-archive/<name>.gen.h`: the structs that cross. */
export function printArchiveHeader({ contract }: Bridge): string {
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
  ];
  return `${sections.join('\n\n')}\n`;
}
