import { abiMajor } from '#contract';
import { bufferAlignment } from '../borrowing.js';
import type { AbiNames } from '../abi-names.js';
import type { Bridge } from '../bridge.js';
import { frameWitness } from '../frame-version.js';
import type { BridgeFeature } from '../types.js';
import { goLayouts } from './go-call.js';
import { outStructName } from './out-struct.js';
import { predicateOf } from './cfg.js';
import { arrayLiteral, indent, rustString, signature } from './layout.js';

/** The functions and the symbol that every bridge exports under its own prefix. */
export function printInfrastructure(bridge: Bridge): string[][] {
  const { names, abi, hasViews, hasBuffers } = bridge;
  return [
    [
      '/// Only a library with this ABI has this symbol: bindings of another one do not link.',
      '#[unsafe(no_mangle)]',
      '#[allow(non_upper_case_globals, reason = "the linker compares it")]',
      `pub static ${names.abiSymbol(abi.hash)}: u8 = ffi::${frameWitness.rust};`,
    ],
    identity(bridge),
    exported(
      names.handshake,
      ['answer: *mut ffi::Handshake'],
      '/// `answer` points to a handshake whose `size` is set.',
      'ffi::answer_handshake(answer, &IDENTITY)',
    ),
    exported(
      names.viewError,
      ['error: *const ffi::ErrorDetail', 'view: *mut ffi::ErrorView'],
      '/// `error` comes from a failed call and has not been freed; `view` can be written.',
      'ffi::view_error(error, view)',
    ),
    exported(
      names.freeError,
      ['error: *mut ffi::ErrorDetail'],
      '/// `error` is null, or comes from a failed call and has not been freed.',
      'ffi::free_error(error)',
    ),
    exported(
      names.freeSpill,
      ['spill: *mut u8', 'cap: usize'],
      '/// Both come from the tail of one response and have not been freed.',
      'ffi::free_spill(spill, cap)',
    ),
    ...(hasViews ? [freeView(names)] : []),
    ...(hasBuffers ? buffers(bridge) : []),
  ];
}

function freeView({ freeView: symbol }: AbiNames): string[] {
  return exported(
    symbol,
    ['owner: usize'],
    '/// `owner` is 0, or that of a view of a response, which nobody looks at any more; it comes once.',
    'ffi::free_view(owner)',
  );
}

/** One alignment for all: that of the field that asks for most suits the others. */
function buffers({ contract, names }: Bridge): string[][] {
  return [
    exported(
      names.newBuffer,
      ['len: usize', 'memory: *mut ffi::View'],
      '/// `memory` can be written.',
      `ffi::new_buffer(len, ${bufferAlignment(contract)}, memory)`,
    ),
    exported(
      names.freeBuffer,
      ['owner: usize'],
      '/// `owner` is 0, or that of a buffer which no method has taken, and nobody looks at any more; it comes once.',
      'ffi::free_buffer(owner)',
    ),
  ];
}

function identity({ contract, abi, calls, callbacks }: Bridge): string[] {
  const layouts = [
    ...calls.map((call) => `ffi::layout_of::<${outStructName(call)}>()`),
    ...callbacks.flatMap((callback) => callback.calls.flatMap(goLayouts)),
  ];
  return [
    'const IDENTITY: ffi::Identity = ffi::Identity {',
    ...indent([
      `abi_major: ${abiMajor(contract)},`,
      `abi_hash: 0x${abi.hash},`,
      `contract: ${rustString(abi.contractDigest)},`,
      ...arrayLiteral('layouts: &', layouts, ',', 4),
      ...featureList(abi.features),
    ]),
    '};',
  ];
}

function featureList(features: readonly BridgeFeature[]): string[] {
  if (features.length === 0) return ['features: &[],'];
  const elements = features.flatMap(({ name, cargo }) => [
    `#[cfg(${predicateOf(cargo)})]`,
    `ffi::Text::of(${rustString(name)}),`,
  ]);
  return ['features: &[', ...indent(elements), '],'];
}

function exported(symbol: string, parameters: readonly string[], contract: string, call: string): string[] {
  return [
    '/// For the generated Go bindings.',
    '///',
    '/// # Safety',
    contract,
    '#[unsafe(no_mangle)]',
    ...signature(`pub unsafe extern "C" fn ${symbol}`, parameters, ' {', 0),
    '    // SAFETY: the caller keeps what is said above.',
    `    unsafe { ${call} }`,
    '}',
  ];
}
