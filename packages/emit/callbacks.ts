import {
  callbackOf,
  givenServices,
  goServices,
  implementedIn,
  rustServices,
  type Contract,
  type HandleOptions,
  type Message,
  type Method,
  type Service,
} from '#contract';
import { isOnlyService, nameInBridge } from './abi-names.js';
import { Flattening, type Members } from './crossing.js';
import { messageNamed, methodScopes, receiverOf } from './members.js';
import { UniqueNames } from './unique-names.js';
import { snakeCase } from './words.js';

/** A service that Go implements: Rust holds objects of it and calls them. */
export interface CallbackService {
  readonly service: Service;
  readonly calls: readonly CallbackCall[];
}

/** A method of such a service. Request and response cross by a struct each, in memory of Rust, in which they are flattened. */
export interface CallbackCall {
  readonly service: Service;
  readonly method: Method;
  /** `Watcher.OnChange`, for messages to people. */
  readonly displayName: string;
  /** By which the sides know the method among those of the service, or of the object that it is called on. */
  readonly number: number;
  /** Begins the names of its two structs, to be spelled; unlike those of methods of Rust. */
  readonly structs: string;
  readonly request: Members;
  /** Without members when the method returns an object. */
  readonly response: Members;
  /** The handle that the method is called on, which the invocation says; absent when it is the service's own. */
  readonly calledOn?: Message;
  /** The handle that the method returns; absent when it returns a value. */
  readonly opens?: Message;
  /** The service of Rust that the method is given an object of; absent when it is given none. */
  readonly callback?: Service;
}

/** The services of a contract that Go implements. Methods are numbered by name, as their order is not part of the ABI. */
export function callbacksOf(contract: Contract): CallbackService[] {
  const flattening = new Flattening(contract);
  const ofRust = rustServices(contract).flatMap((service) =>
    service.methods.map((method) => snakeCase(nameInBridge(contract, service, method))),
  );
  const structs = new UniqueNames();
  for (const name of ofRust) structs.claim(name);
  const isAlone = implementedIn(contract) === 'go' && isOnlyService(contract);
  const numbers = numbersOf(contract);
  return goServices(contract).map((service) => {
    const calls = service.methods.map((method) => {
      const calledOn = receiverOf(contract, method.request);
      const returned = messageNamed(contract, method.response);
      const callback = callbackOf(contract, method);
      return {
        service,
        method,
        displayName: `${service.name}.${method.name}`,
        number: numbers.get(method) ?? 0,
        structs: structs.claim(snakeCase(isAlone ? method.name : `${service.name}.${method.name}`)),
        request: flattening.flatten(method.request),
        response: flattening.flatten(method.response),
        ...(calledOn !== undefined && { calledOn }),
        ...(returned.handle !== undefined && { opens: returned }),
        ...(callback !== undefined && { callback }),
      };
    });
    return { service, calls };
  });
}

/** A service of Rust of which Go is given objects: it holds them and calls them. */
export interface GivenService {
  readonly service: Service;
  readonly calls: readonly GivenCall[];
}

/** A method of such a service. Request and response cross packed, each whole. */
export interface GivenCall {
  readonly method: Method;
  readonly displayName: string;
  /** By which the sides know the method. */
  readonly number: number;
}

/** The services of Rust of which services of Go are given objects. */
export function givenOf(contract: Contract): GivenService[] {
  const numbers = numbersOf(contract);
  return givenServices(contract).map((service) => ({
    service,
    calls: service.methods.map((method) => ({
      method,
      displayName: `${service.name}.${method.name}`,
      number: numbers.get(method) ?? 0,
    })),
  }));
}

function numbersOf(contract: Contract): ReadonlyMap<Method, number> {
  const scopes = methodScopes(contract).map(({ methods }) => [...methods].sort((a, b) => (a.name < b.name ? -1 : 1)));
  return new Map(scopes.flatMap((methods) => methods.map((method, number) => [method, number] as const)));
}

/** An object of Go that Rust owns, with the methods that are called on it, whichever services declare them. */
export interface HostedObject {
  readonly handle: Message;
  readonly options: HandleOptions;
  readonly calls: readonly CallbackCall[];
  /** The services that return one, in the order of the contract; at least one. */
  readonly origins: readonly Service[];
}

/** The services of a bridge that Go implements for Rust, each with the methods that are called on itself; at least one. */
export function hostedServices(services: readonly CallbackService[]): CallbackService[] {
  return services
    .map(({ service, calls }) => ({ service, calls: calls.filter(({ calledOn }) => calledOn === undefined) }))
    .filter(({ calls }) => calls.length > 0);
}

/** The handles of such a bridge. */
export function hostedObjects(contract: Contract, services: readonly CallbackService[]): HostedObject[] {
  const all = services.flatMap(({ calls }) => calls);
  return contract.messages.flatMap((handle) => {
    const origins = [...new Set(all.filter(({ opens }) => opens === handle).map(({ service }) => service))];
    if (handle.handle === undefined || origins.length === 0) return [];
    return [{ handle, options: handle.handle, origins, calls: all.filter(({ calledOn }) => calledOn === handle) }];
  });
}

/** The number by which an object is closed: that after those of its methods. */
export function closingNumber({ calls }: HostedObject): number {
  return calls.length;
}
