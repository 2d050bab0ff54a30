import { implementedIn, rustServices, type Contract, type HandleOptions, type Message, type Service } from '#contract';
import { DiagnosticError } from '#diagnostics';
import { abiNames, type AbiNames } from './abi-names.js';
import {
  callbacksOf,
  givenOf,
  hostedObjects,
  hostedServices,
  type CallbackService,
  type GivenService,
  type HostedObject,
} from './callbacks.js';
import { checkEmittable } from './check-emittable.js';
import { conditionsOf, isSame, type Condition } from './conditions.js';
import { viewMessages } from './borrowing.js';
import { callsOf, uncopiedLeaves, type Call } from './crossing.js';
import { oncePer } from './once-per.js';
import { packedTypesOf, type PackedTypesOfBridge } from './packed-types.js';
import type { AbiFacts, BridgeLayout } from './types.js';

/** A contract that can be printed, with all that the printers of both sides share. */
export interface Bridge {
  readonly contract: Contract;
  /** Whose the services are: what Rust implements Go calls, and what Go implements Rust hosts and calls. Or there are none. */
  readonly implementedIn: 'go' | 'rust' | 'neither';
  /**
   * The services that Rust implements, each with the methods that are called on itself. One whose methods are all called
   * on handles is not among them: nothing of it is left to implement, or to connect to.
   */
  readonly services: readonly ServiceCalls[];
  /** The methods of all of them, and of their handles. */
  readonly calls: readonly Call[];
  /** The handles of the contract, each with the methods that are called on it. */
  readonly objects: readonly ObjectCalls[];
  /** The services that Go implements: those that Rust is given objects of, or those that the bridge is about. */
  readonly callbacks: readonly CallbackService[];
  /** What Rust hosts, where Go implements the bridge; else nothing. */
  readonly hosted: Hosted;
  /** Whether a response has a view. */
  readonly hasViews: boolean;
  /** Whether a request has a buffer. */
  readonly hasBuffers: boolean;
  readonly packed: PackedTypesOfBridge;
  readonly layout: BridgeLayout;
  readonly abi: AbiFacts;
  readonly names: AbiNames;
}

/** What Rust hosts of a bridge that Go implements. */
interface Hosted {
  /** The services, each with the methods that are called on itself. */
  readonly services: readonly CallbackService[];
  /** The objects that Rust owns of them. */
  readonly objects: readonly HostedObject[];
  /** The services of Rust of which they are given objects. */
  readonly given: readonly GivenService[];
}

/** A service of Rust with the methods that are called on itself; at least one. */
export interface ServiceCalls {
  readonly service: Service;
  readonly calls: readonly Call[];
}

/** A handle with the methods that are called on it, whichever service declares them. */
export interface ObjectCalls {
  readonly handle: Message;
  readonly options: HandleOptions;
  readonly calls: readonly Call[];
  /** The features without which there are no such objects. */
  readonly condition: Condition;
  /** A method that opens one, in each build that has them. */
  readonly opener: Call;
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
  const diagnostics = checkEmittable(contract, abi.features);
  if (diagnostics.length > 0) throw new DiagnosticError(...diagnostics);
  return { ...prepared(contract), contract, layout, abi };
}

function prepareContract(contract: Contract): Prepared {
  const calls = callsOf(contract);
  const callbacks = callbacksOf(contract);
  const given = givenOf(contract);
  const packed = packedTypesOf(contract, calls, callbacks, given);
  const services = rustServices(contract)
    .map((service) => ({ service, calls: ownCalls(calls, service) }))
    .filter((each) => each.calls.length > 0);
  return {
    implementedIn: implementedIn(contract),
    services,
    calls,
    objects: objectsOf(contract, calls),
    callbacks,
    hosted:
      implementedIn(contract) === 'go'
        ? { services: hostedServices(callbacks), objects: hostedObjects(contract, callbacks), given }
        : { services: [], objects: [], given },
    packed,
    hasViews: calls.some(({ method }) => viewMessages(contract).has(method.response)),
    hasBuffers: calls.some(({ request }) => uncopiedLeaves(request).length > 0),
    names: abiNames(contract),
  };
}

function ownCalls(calls: readonly Call[], of: Service): Call[] {
  return calls.filter(({ receiver, service }) => receiver === undefined && service === of);
}

/** Handles in an order in which each comes after the one whose method opens it. */
function objectsOf(contract: Contract, calls: readonly Call[]): ObjectCalls[] {
  const found: ObjectCalls[] = [];
  const visit = (receiver: Message | undefined): void => {
    for (const opener of calls.filter((call) => call.receiver === receiver)) {
      const { opens } = opener;
      if (opens?.handle === undefined || found.some(({ handle }) => handle === opens)) continue;
      const condition = conditionsOf(contract).ofHandle(opens);
      if (!isSame(opener.condition, condition)) continue;
      const own = calls.filter((call) => call.receiver === opens);
      found.push({ handle: opens, options: opens.handle, calls: own, condition, opener });
      visit(opens);
    }
  };
  visit(undefined);
  return found;
}
