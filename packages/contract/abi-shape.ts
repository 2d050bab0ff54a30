import { createHash } from 'node:crypto';
import { callbackOf } from './services.js';
import type { Contract, Field, FieldType, Message, Method } from './types.js';

/**
 * What the in-process ABI depends on, as canonical JSON: equal text means that the two sides fit, whatever the comments,
 * names of fields or order of methods. Leaves are in declaration order, in which they are laid out.
 */
export function abiShape(contract: Contract): string {
  const messages = new MessageShapes(contract.messages);
  const services = byName(contract.services).map((service) => ({
    name: service.fullName,
    abiMajor: service.abiMajor,
    implementedInGo: service.implementedInGo,
    methods: byName(service.methods).map((method) => methodShape(contract, method, messages)),
  }));
  return JSON.stringify({
    services,
    messages: messages.shapes,
    errorDomains: byName(contract.errorDomains).map((domain) => ({
      name: domain.fullName,
      codes: domain.codes.map((code) => code.number).sort((a, b) => a - b),
    })),
  });
}

/** The name by which the two sides know each other's ABI: the first 8 bytes of the shape's SHA-256, in hex. */
export function abiHash(contract: Contract): string {
  return hashOf(abiShape(contract));
}

/**
 * The name by which bridges know how a message is packed, with all that it holds: 16 hex digits. It is the same in every
 * contract that uses the message.
 */
export function packingHash(contract: Contract, fullName: string): string {
  const messages = new MessageShapes(contract.messages);
  messages.refer(fullName);
  return hashOf(JSON.stringify(messages.shapes));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** SHA-256, in hex, over the files of a contract: changes with any of them, not with their order or line ends. */
export function contractDigest(files: readonly { readonly path: string; readonly text: string }[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(JSON.stringify([path, text.replaceAll('\r\n', '\n')]));
  }
  return hash.digest('hex');
}

function byName<T extends { readonly fullName: string }>(declarations: readonly T[]): T[] {
  return [...declarations].sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
}

function methodShape(contract: Contract, method: Method, messages: MessageShapes): object {
  const callback = callbackOf(contract, method);
  return {
    name: method.fullName,
    mode: method.mode === 'unspecified' ? 'sync' : method.mode,
    streams: [method.clientStreaming, method.serverStreaming],
    request: messages.refer(method.request),
    response: messages.refer(method.response),
    ...(method.errorDomain !== undefined && { errors: method.errorDomain }),
    ...(method.feature !== undefined && { feature: method.feature }),
    ...(callback !== undefined && { callsBack: callback.fullName }),
  };
}

/** Shapes of the messages that methods lead to, each written down once. */
class MessageShapes {
  readonly shapes: object[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly messages: ReadonlyMap<string, Message>;

  constructor(messages: readonly Message[]) {
    this.messages = new Map(messages.map((message) => [message.fullName, message]));
  }

  /** The number of a message in `shapes`; of one that is not the bridge's own, its name. */
  refer(fullName: string): number | string {
    const known = this.numbers.get(fullName);
    if (known !== undefined) return known;
    const message = this.messages.get(fullName);
    if (message === undefined) return `outside ${fullName}`;
    const number = this.numbers.size;
    this.numbers.set(fullName, number);
    this.shapes[number] = {};
    this.shapes[number] = {
      fields: message.fields.map((field) => this.fieldShape(field)),
      ...(message.oneofs.length > 0 && { oneofs: message.oneofs.map((oneof) => alternatives(message, oneof.name)) }),
      ...(message.handle !== undefined && { handle: message.handle }),
    };
    return number;
  }

  private fieldShape({ number, cardinality, mapKey, own, align, type }: Field): unknown[] {
    const isLent = own === 'borrow' || own === 'move';
    return [
      number,
      cardinality,
      ...(mapKey === undefined ? [] : [mapKey]),
      ...(isLent ? [own] : []),
      ...(align === undefined ? [] : [`align ${align}`]),
      this.typeShape(type),
    ];
  }

  private typeShape(type: FieldType): number | string {
    switch (type.kind) {
      case 'scalar':
        return type.scalar;
      case 'message':
        return this.refer(type.message);
      case 'handle':
        return `handle ${this.refer(type.message)}`;
      default:
        return type.kind;
    }
  }
}

function alternatives({ fields }: Message, oneof: string): number[] {
  return fields.filter((field) => field.oneof === oneof).map((field) => field.number);
}
