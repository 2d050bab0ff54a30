import { goServices, implementedIn, rustServices, type Contract, type Method, type Service } from '#contract';
import { isOnlyService, nameInBridge } from './abi-names.js';
import { Flattening, type Members } from './crossing.js';
import { UniqueNames } from './unique-names.js';
import { snakeCase } from './words.js';

/** A service that Go implements: Rust holds objects of it and calls them. */
export interface CallbackService {
  readonly service: Service;
  readonly calls: readonly CallbackCall[];
}

/** A method of such a service. Request and response cross by a struct each, in memory of Rust, in which they are flattened. */
export interface CallbackCall {
  readonly method: Method;
  /** `Watcher.OnChange`, for messages to people. */
  readonly displayName: string;
  /** By which the sides know the method. */
  readonly number: number;
  /** Begins the names of its two structs, to be spelled; unlike those of methods of Rust. */
  readonly structs: string;
  readonly request: Members;
  readonly response: Members;
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
  return goServices(contract).map((service) => {
    const names = service.methods.map(({ name }) => name).sort();
    const calls = service.methods.map((method) => ({
      method,
      displayName: `${service.name}.${method.name}`,
      number: names.indexOf(method.name),
      structs: structs.claim(snakeCase(isAlone ? method.name : `${service.name}.${method.name}`)),
      request: flattening.flatten(method.request),
      response: flattening.flatten(method.response),
    }));
    return { service, calls };
  });
}
