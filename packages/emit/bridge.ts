import type { Contract, HandleOptions, Message, Service } from '#contract';
import { abiNames, type AbiNames } from './abi-names.js';
import { callbacksOf, type CallbackService } from './callbacks.js';
import { supportedService } from './capabilities.js';
import { checkEmittable } from './check-emittable.js';
import { callsOf, type Call } from './crossing.js';
import { oncePer } from './once-per.js';
import { packedTypesOf, type PackedTypesOfBridge } from './packed-types.js';
import type { AbiFacts, BridgeLayout } from './types.js';

/** A contract that can be printed, with all that the printers of both sides share. */
export interface Bridge {
  readonly contract: Contract;
  readonly service: Service;
  readonly calls: readonly Call[];
  /** The handles of the contract, each with the methods that are called on it. */
  readonly objects: readonly ObjectCalls[];
  /** The services that Go implements. */
  readonly callbacks: readonly CallbackService[];
  readonly packed: PackedTypesOfBridge;
  readonly layout: BridgeLayout;
  readonly abi: AbiFacts;
  readonly names: AbiNames;
}

/** A handle with the methods that are called on it. */
export interface ObjectCalls {
  readonly handle: Message;
  readonly options: HandleOptions;
  readonly calls: readonly Call[];
  /** The handle whose method opens such an object; absent when a method of the service itself does. */
  readonly origin?: Message;
}

type Prepared = Omit<Bridge, 'contract' | 'layout' | 'abi'>;

/** What does not depend on the layout: both sides are printed from it, and a third of printing one is to prepare it. */
const prepared = oncePer(prepareContract);

/**
 * Prepares a contract for the printers.
 *
 * @throws DiagnosticError with what `checkEmittable` found.
 */
export function prepareBridge(contract: Contract, layout: BridgeLayout, abi: AbiFacts): Bridge {
  return { ...prepared(contract), contract, layout, abi };
}

function prepareContract(contract: Contract): Prepared {
  const service = supportedService(contract, checkEmittable(contract));
  const calls = callsOf(contract, service);
  const callbacks = callbacksOf(contract);
  const packed = packedTypesOf(contract, calls, callbacks);
  return { service, calls, objects: objectsOf(calls), callbacks, packed, names: abiNames(contract) };
}

/** Handles in an order in which each comes after the one whose method opens it. */
function objectsOf(calls: readonly Call[]): ObjectCalls[] {
  const found: ObjectCalls[] = [];
  const visit = (receiver: Message | undefined): void => {
    for (const { opens } of calls.filter((call) => call.receiver === receiver)) {
      if (opens?.handle === undefined || found.some(({ handle }) => handle === opens)) continue;
      const own = calls.filter((call) => call.receiver === opens);
      found.push({
        handle: opens,
        options: opens.handle,
        calls: own,
        ...(receiver !== undefined && { origin: receiver }),
      });
      visit(opens);
    }
  };
  visit(undefined);
  return found;
}

/** The methods that are called on the service itself. */
export function ownCalls({ calls }: Bridge): Call[] {
  return calls.filter(({ receiver }) => receiver === undefined);
}
