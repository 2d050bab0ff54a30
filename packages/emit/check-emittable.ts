import type { Contract } from '#contract';
import type { Diagnostic } from '#diagnostics';
import { findUnsupported, rustService } from './capabilities.js';
import { findGoNameClashes } from './go/names.js';
import { findRustNameClashes } from './rust/names.js';

/** Everything for which `emitGo` or `emitRust` would refuse the contract; empty when both will print it. */
export function checkEmittable(contract: Contract): Diagnostic[] {
  const service = rustService(contract);
  const clashes =
    service === undefined ? [] : [...findGoNameClashes(contract, service), ...findRustNameClashes(contract, service)];
  return [...findUnsupported(contract), ...clashes];
}
