import type { Contract } from '#contract';
import type { Diagnostic } from '#diagnostics';
import { findSymbolClashes } from './abi-names.js';
import { findUnsupported } from './capabilities.js';
import { findGoNameClashes } from './go/names.js';
import { findRustNameClashes } from './rust/names.js';

/** Everything for which `emitGo` or `emitRust` would refuse the contract; empty when both will print it. */
export function checkEmittable(contract: Contract): Diagnostic[] {
  return [
    ...findUnsupported(contract),
    ...findGoNameClashes(contract),
    ...findRustNameClashes(contract),
    ...findSymbolClashes(contract),
  ];
}
