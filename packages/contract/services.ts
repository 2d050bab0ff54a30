import type { Contract, Field, Method, Service } from './types.js';

/** The services that Rust implements and Go calls, in the order of the contract. */
export function rustServices(contract: Contract): Service[] {
  return implementedIn(contract) === 'go' ? [] : contract.services.filter(isOfRust);
}

/** The services that Go implements: Rust is given objects of them, or hosts them where the bridge is about them. */
export function goServices({ services }: Contract): Service[] {
  return services.filter(({ implementedInGo }) => implementedInGo);
}

/** The services of Rust that exist as objects only, which methods of hosted services of Go are given. */
export function givenServices(contract: Contract): Service[] {
  return implementedIn(contract) === 'go' ? contract.services.filter(isOfRust) : [];
}

function isOfRust({ implementedInGo }: Service): boolean {
  return !implementedInGo;
}

/**
 * The side that implements the bridge: Go where all services are its own, but for those of which its methods are given
 * objects, so that Rust is who calls; neither where there are messages only, for other bridges to use.
 */
export function implementedIn(contract: Contract): 'go' | 'rust' | 'neither' {
  const { services } = contract;
  if (services.length === 0) return 'neither';
  const called = services.filter((service) => !isGiven(contract, service));
  const isOfGo = (called.length === 0 ? services : called).every(({ implementedInGo }) => implementedInGo);
  return isOfGo ? 'go' : 'rust';
}

/** Whether methods of the other side are given objects of a service. */
function isGiven(contract: Contract, service: Service): boolean {
  return contract.services.some(
    ({ methods, implementedInGo }) =>
      implementedInGo !== service.implementedInGo && methods.some((it) => callbackOf(contract, it) === service),
  );
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
