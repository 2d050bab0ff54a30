import type { Contract, Method, Service } from './types.js';

/** The services that Go implements. */
export function goServices({ services }: Contract): Service[] {
  return services.filter(({ implementedInGo }) => implementedInGo);
}

/** The service that a method calls back, by its name with or without the package; absent when there is none. */
export function callbackOf({ services }: Contract, { callsBack }: Method): Service | undefined {
  return services.find(({ name, fullName }) => callsBack === name || callsBack === fullName);
}
