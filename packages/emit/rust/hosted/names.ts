import type { Contract, Service } from '#contract';
import { isOnlyService } from '../../abi-names.js';
import { snakeCase } from '../../words.js';
import { typeName } from '../names.js';

/** Rust names of what belongs to a service that Go implements. */
export interface HostedNames {
  readonly client: string;
  /** The function that makes a client. */
  readonly connect: string;
  readonly mock: string;
  /** The static by which the client calls Go. */
  readonly host: string;
  /** The module of its suite. */
  readonly conformance: string;
}

/** A service that is alone has the crate to itself; with others beside it, each has its name in its own. */
export function hostedNames(contract: Contract, { name }: Service): HostedNames {
  if (isOnlyService(contract)) {
    return { client: 'Client', connect: 'connect', mock: 'Mock', host: 'GO', conformance: 'conformance' };
  }
  const [type, value] = [typeName(name), snakeCase(name)];
  return {
    client: `${type}Client`,
    connect: `connect_${value}`,
    mock: `Mock${type}`,
    host: `${value.toUpperCase()}_IN_GO`,
    conformance: `conformance_${value}`,
  };
}
