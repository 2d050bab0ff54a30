import type { Contract, Service } from '#contract';
import { abiNames, type AbiNames } from './abi-names.js';
import { supportedService } from './capabilities.js';
import { checkEmittable } from './check-emittable.js';
import { callsOf, type Call } from './crossing.js';
import type { AbiFacts, BridgeLayout } from './types.js';

/** A contract that can be printed, with all that the printers of both sides share. */
export interface Bridge {
  readonly contract: Contract;
  readonly service: Service;
  readonly calls: readonly Call[];
  readonly layout: BridgeLayout;
  readonly abi: AbiFacts;
  readonly names: AbiNames;
}

/** What does not depend on the layout, by contract: one is printed for both sides, and a third of that is to prepare it. */
const prepared = new WeakMap<Contract, Pick<Bridge, 'service' | 'calls' | 'names'>>();

/**
 * Prepares a contract for the printers.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function prepareBridge(contract: Contract, layout: BridgeLayout, abi: AbiFacts): Bridge {
  const known = prepared.get(contract) ?? prepareContract(contract);
  prepared.set(contract, known);
  return { ...known, contract, layout, abi };
}

function prepareContract(contract: Contract): Pick<Bridge, 'service' | 'calls' | 'names'> {
  const service = supportedService(contract, checkEmittable(contract));
  return { service, calls: callsOf(contract, service), names: abiNames(contract) };
}
