import type { Contract, Message, Service } from '#contract';
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

/** Rust names of what belongs to a handle of such a bridge. */
export interface ObjectNames {
  /** What programs hold: `Index`. */
  readonly type: string;
  /** What stands behind it is: `IndexObject`. */
  readonly trait: string;
  readonly mock: string;
  /** What calls Go. */
  readonly inGo: string;
  /** The statics with the objects, and with the functions of Go. */
  readonly table: string;
  readonly kind: string;
}

export function objectNames({ name }: Pick<Message, 'name'>): ObjectNames {
  const [type, value] = [typeName(name), snakeCase(name).toUpperCase()];
  return {
    type,
    trait: `${type}Object`,
    mock: `Mock${type}`,
    inGo: `${type}InGo`,
    table: `${value}_OBJECTS`,
    kind: `${value}_OF_GO`,
  };
}

/** How one is closed, for people. */
export function closeName({ name }: Pick<Message, 'name'>): string {
  return `${name}.Close`;
}

/** Rust names of what belongs to a service of which Go is given objects. */
export interface GivenNames {
  /** The static with the objects, and the type that tells them from others. */
  readonly table: string;
  readonly kind: string;
  /** The functions by which Go calls one, and lets go of it. */
  readonly serve: string;
  readonly release: string;
  /** An object as Go would hold it. */
  readonly held: string;
}

export function givenNames({ name }: Pick<Service, 'name'>): GivenNames {
  const [type, value] = [typeName(name), snakeCase(name)];
  return {
    table: `${value.toUpperCase()}_GIVEN`,
    kind: `${type}Given`,
    serve: `serve_${value}`,
    release: `release_${value}`,
    held: `Held${type}`,
  };
}
