import type { Contract, Field, Method, Service } from './types.js';

/** The services that Rust implements and Go calls, in the order of the contract. */
export function rustServices({ services }: Contract): Service[] {
  return services.filter(({ implementedInGo }) => !implementedInGo);
}

/** The services that Go implements: Rust is given objects of them, or, where there are no others, hosts them. */
export function goServices({ services }: Contract): Service[] {
  return services.filter(({ implementedInGo }) => implementedInGo);
}

/**
 * The side that implements the bridge: Go where all services are its own, so that Rust is who calls; neither where there
 * are messages only, for other bridges to use.
 */
export function implementedIn({ services }: Contract): 'go' | 'rust' | 'neither' {
  if (services.length === 0) return 'neither';
  return services.every(({ implementedInGo }) => implementedInGo) ? 'go' : 'rust';
}

/** The service that a method calls back, by its name with or without the package; absent when there is none. */
export function callbackOf({ services }: Contract, { callsBack }: Method): Service | undefined {
  return services.find(({ name, fullName }) => callsBack === name || callsBack === fullName);
}

/** The major version of the bridge, on which the services of the side that implements it agree. */
export function abiMajor(contract: Contract): number {
  return calledServices(contract)[0]?.abiMajor ?? 0;
}

/** The services that the bridge is there for: those of the side that implements it, which the other side calls. */
export function calledServices(contract: Contract): Service[] {
  return implementedIn(contract) === 'go' ? goServices(contract) : rustServices(contract);
}

/** Whether a field of a response is an arena: a list that the service writes where it crosses, and gives away. */
export function isArena({ own, cardinality }: Field): boolean {
  return own === 'move' && cardinality === 'repeated';
}

/** Full names of the messages that methods of Rust are asked with. */
export function requestMessages(contract: Contract): ReadonlySet<string> {
  return new Set(rustServices(contract).flatMap(({ methods }) => methods.map(({ request }) => request)));
}

/** Full names of the messages that methods of Rust answer with. */
export function responseMessages(contract: Contract): ReadonlySet<string> {
  return new Set(rustServices(contract).flatMap(({ methods }) => methods.map(({ response }) => response)));
}
