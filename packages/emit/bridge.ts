import type { Contract, Service } from '#contract';
import { abiNames, type AbiNames } from './abi-names.js';
import { supportedService } from './capabilities.js';
import { checkEmittable } from './check-emittable.js';
import { callsOf, type Call } from './crossing.js';
import { packedTypesOf, type PackedTypesOfBridge } from './packed-types.js';
import type { AbiFacts, BridgeLayout } from './types.js';

/** A contract that can be printed, with all that the printers of both sides share. */
export interface Bridge {
  readonly contract: Contract;
  readonly service: Service;
  readonly calls: readonly Call[];
  readonly packed: PackedTypesOfBridge;
  readonly layout: BridgeLayout;
  readonly abi: AbiFacts;
  readonly names: AbiNames;
}

/**
 * Prepares a contract for the printers.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function prepareBridge(contract: Contract, layout: BridgeLayout, abi: AbiFacts): Bridge {
  const service = supportedService(contract, checkEmittable(contract));
  const calls = callsOf(contract, service);
  return { contract, service, calls, packed: packedTypesOf(contract, calls), layout, abi, names: abiNames(contract) };
}
