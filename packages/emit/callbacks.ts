import { goServices, type Contract, type Method, type Service } from '#contract';

/** A service that Go implements: Rust holds objects of it and calls them. */
export interface CallbackService {
  readonly service: Service;
  readonly calls: readonly CallbackCall[];
}

/** A method of such a service. Request and response cross packed, whole. */
export interface CallbackCall {
  readonly method: Method;
  /** `Watcher.OnChange`, for messages to people. */
  readonly displayName: string;
  /** By which the sides know the method. */
  readonly number: number;
}

/** The services of a contract that Go implements. Methods are numbered by name, as their order is not part of the ABI. */
export function callbacksOf(contract: Contract): CallbackService[] {
  return goServices(contract).map((service) => {
    const names = service.methods.map(({ name }) => name).sort();
    const calls = service.methods.map((method) => ({
      method,
      displayName: `${service.name}.${method.name}`,
      number: names.indexOf(method.name),
    }));
    return { service, calls };
  });
}
