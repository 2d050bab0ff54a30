import { createHash } from 'node:crypto';
import type { Contract, Field, Message, Method } from './types.js';

/** The types of leaves: what a value is made of once messages are flattened. */
type LeafType = string;

/** One value that crosses by itself: field numbers from the request or response down, and its type. */
type Leaf = readonly [path: string, type: LeafType];

/**
 * What the in-process ABI depends on, as canonical JSON: equal text means that the two sides fit, whatever the comments,
 * names of fields or order of methods. Leaves are in declaration order, in which they are laid out.
 */
export function abiShape(contract: Contract): string {
  const messages = new Map(contract.messages.map((message) => [message.fullName, message]));
  return JSON.stringify({
    services: byName(contract.services).map((service) => ({
      name: service.fullName,
      abiMajor: service.abiMajor,
      implementedInGo: service.implementedInGo,
      methods: byName(service.methods).map((method) => methodShape(method, messages)),
    })),
    errorDomains: byName(contract.errorDomains).map((domain) => ({
      name: domain.fullName,
      codes: domain.codes.map((code) => code.number).sort((a, b) => a - b),
    })),
  });
}

/** The name by which the two sides know each other's ABI: the first 8 bytes of the shape's SHA-256, in hex. */
export function abiHash(contract: Contract): string {
  return createHash('sha256').update(abiShape(contract)).digest('hex').slice(0, 16);
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

function methodShape(method: Method, messages: ReadonlyMap<string, Message>): object {
  return {
    name: method.fullName,
    mode: method.mode === 'unspecified' ? 'sync' : method.mode,
    streams: [method.clientStreaming, method.serverStreaming],
    request: leavesOf(method.request, messages, []),
    response: leavesOf(method.response, messages, []),
    ...(method.errorDomain !== undefined && { errors: method.errorDomain }),
  };
}

/** Flattens a message. One that contains itself, which validation refuses, ends at its second appearance. */
function leavesOf(fullName: string, messages: ReadonlyMap<string, Message>, above: readonly string[]): Leaf[] {
  const message = messages.get(fullName);
  if (message === undefined || above.includes(fullName)) return [['', `outside ${fullName}`]];
  return message.fields.flatMap((field) => fieldLeaves(field, messages, [...above, fullName]));
}

function fieldLeaves(field: Field, messages: ReadonlyMap<string, Message>, above: readonly string[]): Leaf[] {
  const owner = field.own === 'unspecified' ? 'copy' : field.own;
  const note = field.cardinality === 'singular' ? '' : `${field.cardinality} `;
  const number = String(field.number);
  const { type } = field;
  if (type.kind !== 'message') return [[number, `${note}${leafType(field)}${isText(field) ? ` ${owner}` : ''}`]];
  const inner = leavesOf(type.message, messages, above);
  return [[number, `${note}presence`], ...inner.map(([path, leaf]): Leaf => [`${number}.${path}`, leaf])];
}

function isText({ type }: Field): boolean {
  return type.kind === 'string' || type.kind === 'bytes';
}

function leafType({ type }: Field): LeafType {
  if (type.kind === 'scalar') return type.scalar;
  return type.kind === 'enum' ? `enum ${type.enum}` : type.kind;
}
