import type { AbiNames } from '../abi-names.js';
import type { Bridge } from '../bridge.js';
import { hasTail, requestSlots, responseSlots, type Call, type Slot } from '../crossing.js';
import { generatedHeader } from '../docs.js';
import { frameVersion } from '../frame-version.js';
import { scalarType } from './go-types.js';

const guard = `GROUT_FRAME_${String(frameVersion)}`;

/** The structs of the runtime as C sees them; guarded, as several bridges may meet in one translation unit. */
export const runtimeStructs = `#ifndef ${guard}
#define ${guard}

// Accompanies every call. The caller owns it. Zero what is reserved.
typedef struct {
  uint32_t size; // sizeof(grout_call), as the caller knows it
  uint32_t flags; // reserved
  int64_t deadline_unix_ns; // 0: none
  uint64_t cancel_token; // of a call of Go by Rust: 0 cannot be canceled, 1 can, 2 was
  uint64_t trace_id[2]; // both 0: no trace
  uint64_t span_id;
  uint32_t trace_flags;
  uint32_t stream_credit; // reserved
  uintptr_t error; // out, with status 1: owned by the caller until it frees it
} grout_call;

// Text that Rust owns.
typedef struct {
  uintptr_t ptr;
  size_t len;
} grout_text;

// The bytes of an error: a message in the wire format of Protobuf. Valid until the error is freed.
typedef struct {
  uintptr_t ptr;
  size_t len;
} grout_error;

// What the library says about itself. The caller sets size.
typedef struct {
  uint32_t size;
  uint32_t frame_version;
  uint32_t abi_major;
  uint32_t flags; // bit 0: panics unwind; bit 1: debug build
  uint64_t abi_hash;
  uint64_t layout_sum;
  grout_text contract;
  const grout_text *features; // names of the features that it was built with
  size_t features_len;
} grout_handshake;

// The texts and bytes of a response, one after the other: in inline_bytes, or, when spill is not 0, there: owned by the
// caller until it frees it.
typedef struct {
  uintptr_t spill;
  size_t spill_len;
  size_t spill_cap;
  uint8_t inline_bytes[192];
} grout_tail;

// Bytes that the caller looks at, and owns a part in until it gives owner back; all 0 when there are none.
typedef struct {
  uintptr_t ptr;
  size_t len;
  uintptr_t owner;
} grout_view;

// A call of a method of Go by Rust, which owns it, and what it points to.
typedef struct {
  uint32_t size; // sizeof(grout_invocation), as Rust knows it
  uint32_t method; // its number
  uint64_t object;
  grout_call *frame; // 0 for a call without deadline and trace that cannot be canceled
  void *request; // the structs of the method
  void *response;
} grout_invocation;

typedef uint32_t (*grout_call_fn)(grout_invocation *call);
typedef void (*grout_release_fn)(uint64_t object);

#endif`;

/** `<name>.gen.h`: what the linker finds in the Rust library. */
export function printHeader(bridge: Bridge): string {
  const { contract, calls, objects, names, abi } = bridge;
  const sections = [
    generatedHeader('//', contract.files).join('\n'),
    '#pragma once\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>',
    runtimeStructs,
    `// Only a library with the same ABI has this symbol, so that another one does not link. Its value is the version of
// the frame above.\nextern const uint8_t ${names.abiSymbol(abi.hash)};`,
    `void ${names.handshake}(grout_handshake *answer);`,
    `// Shows the bytes of an error to its owner.\nvoid ${names.viewError}(uintptr_t error, grout_error *view);`,
    `// Each frees what the caller owns; 0 is allowed.
void ${names.freeError}(uintptr_t error);\nvoid ${names.freeSpill}(uintptr_t spill, size_t cap);${bridge.hasViews ? `\nvoid ${names.freeView}(uintptr_t owner);` : ''}${bridge.hasBuffers ? `\nvoid ${names.freeBuffer}(uintptr_t owner);` : ''}`,
    ...(bridge.hasBuffers ? [newBuffer(names)] : []),
    ...objects.map(({ handle: { name } }) => {
      const doc = `// Closes a ${name}: it is dropped when the last call on it has ended. Returns what methods do.`;
      return `${doc}\nuint32_t ${names.close(name)}(grout_call *call, uint64_t object);`;
    }),
    ...bridge.callbacks.map((it) => printCallback(names, it.service.name)),
    ...(bridge.callbacks.length > 0
      ? [
          `// Makes room for an answer of Go, an error or a long response, and says where.\nuintptr_t ${names.makeRoom}(grout_invocation *call, size_t len);`,
        ]
      : []),
    ...calls.map(printCall),
  ];
  return `${sections.join('\n\n')}\n`;
}

function newBuffer({ newBuffer: symbol }: AbiNames): string {
  return `// Makes a buffer that the caller fills and owns; memory stays all 0 when there is none. Who passes its owner to a method has
// given it away, whatever the method returns; 0 stands for no bytes.\nvoid ${symbol}(size_t len, grout_view *memory);`;
}

/** What Go exports for a service of its own, and how Rust learns of it. */
function printCallback(names: AbiNames, service: string): string {
  const { call, release, bind } = names.callback(service);
  return `// Go calls, and lets go of, a ${service} that Rust holds.
uint32_t ${call}(grout_invocation *call);
void ${release}(uint64_t object);
void ${bind}(grout_call_fn call, grout_release_fn release);`;
}

function printCall(call: Call): string {
  const doc = `// ${call.displayName}. Returns 0: out is written; 1: call->error is set; 2: the frame is refused. Borrows its
// arguments for the call; out must be zeroed.`;
  const parameters = [
    'grout_call *call',
    ...requestSlots(call).map((slot) => declaration(slot)),
    `${call.outStruct} *out`,
  ];
  const struct = ['typedef struct {', ...outMembers(call).map((line) => `  ${line}`), `} ${call.outStruct};`];
  return `${struct.join('\n')}\n\n${doc}\n${prototype(`uint32_t ${call.symbol}`, parameters)}`;
}

function prototype(start: string, parameters: readonly string[]): string {
  const line = `${start}(${parameters.join(', ')});`;
  return line.length <= 110 ? line : `${start}(\n  ${parameters.join(',\n  ')}\n);`;
}

function outMembers(call: Call): string[] {
  const members = responseSlots(call).map((slot) => `${declaration(slot)};`);
  if (hasTail(call.response)) members.push('grout_tail tail;');
  return members.length === 0 ? ['uint8_t unused;'] : members;
}

function declaration({ name, type }: Slot): string {
  if (type === 'pointer') return `const uint8_t *${name}`;
  if (type === 'view') return `grout_view ${name}`;
  if (type === 'buffer') return `uintptr_t ${name}`;
  return `${type === 'length' ? 'size_t' : scalarType(type).c} ${name}`;
}
