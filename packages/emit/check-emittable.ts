import type { Contract } from '#contract';
import type { Diagnostic } from '#diagnostics';
import { findSymbolClashes } from './abi-names.js';
import { findUnsupported } from './capabilities.js';
import { checkFeatures } from './conditions.js';
import { findGoNameClashes } from './go/names.js';
import { findRustNameClashes } from './rust/names.js';
import type { BridgeFeature } from './types.js';

/**
 * Everything for which `emitGo` or `emitRust` would refuse the contract; empty when both will print it.
 *
 * @param features what both sides can be built with
 */
export function checkEmittable(contract: Contract, features: readonly BridgeFeature[]): Diagnostic[] {
  return [
    ...findUnsupported(contract),
    ...findGoNameClashes(contract),
    ...findRustNameClashes(contract),
    ...findSymbolClashes(contract),
    ...checkFeatures(contract, features),
  ];
}
