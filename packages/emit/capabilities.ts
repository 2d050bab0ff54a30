import type { Contract, Field, Method, Service } from '#contract';
import { DiagnosticError, type Diagnostic, type Span } from '#diagnostics';
import { findMessage } from './find-message.js';

/** What the emitters of today can print; validation of the contract is stricter, this is what emission relies on. */
export function findUnsupported(contract: Contract): Diagnostic[] {
  const [service, ...others] = contract.services;
  return [
    ...(service === undefined ? [noService(contract)] : service.methods.flatMap(findUnsupportedCall)),
    ...others.map(({ name, span }) => unsupported(`a second service (${name})`, span, 'give it a bridge of its own')),
    ...contract.services.filter((it) => it.implementedInGo).map(implementedInGo),
    ...contract.messages.flatMap((message) => message.fields.flatMap(findUnsupportedField)),
    ...contract.messages
      .filter((message) => contains(contract, message.fullName, message.fullName, new Set()))
      .map(recursive),
  ];
}

/** The one service of a contract, or the reasons why there is nothing to emit. */
export function supportedService(contract: Contract, diagnostics: readonly Diagnostic[]): Service {
  const [service] = contract.services;
  if (service === undefined || diagnostics.length > 0) throw new DiagnosticError(...diagnostics);
  return service;
}

function unsupported(what: string, span: Span, help: string): Diagnostic {
  return { code: 'emit/unsupported', severity: 'error', message: `not supported yet: ${what}`, span, help };
}

function noService(contract: Contract): Diagnostic {
  const message = `the contract of ${contract.bridge} has no service, so there is nothing to call`;
  return { code: 'emit/unsupported', severity: 'error', message, help: 'declare a service with at least one rpc' };
}

function implementedInGo({ name, span }: Service): Diagnostic {
  return unsupported(`${name} implemented in Go`, span, 'let Rust implement the service');
}

function recursive({ name, span }: { readonly name: string; readonly span: Span }): Diagnostic {
  return unsupported(`${name} contains itself`, span, 'carry the nested part as bytes');
}

function findUnsupportedCall({ name, span, mode, clientStreaming, serverStreaming }: Method): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (clientStreaming || serverStreaming) found.push(unsupported(`${name} streams`, span, 'make it a unary call'));
  if (mode === 'async' || mode === 'blocking') {
    found.push(unsupported(`${name} is ${mode}`, span, 'leave the mode out, or write MODE_SYNC'));
  }
  return found;
}

function findUnsupportedField(field: Field): Diagnostic[] {
  const { name, span, type, cardinality, own } = field;
  const found: Diagnostic[] = [];
  if (cardinality !== 'singular')
    found.push(unsupported(`${name} is ${cardinality}`, span, 'make it a singular field'));
  if (type.kind === 'enum') found.push(unsupported(`${name} is an enum`, span, 'make it a uint32 or a string'));
  if (own === 'borrow' || own === 'move') {
    const what = own === 'borrow' ? 'borrowed' : 'moved';
    found.push(unsupported(`${name} is ${what}`, span, 'leave `own` out: fields are copied'));
  }
  if (field.redact)
    found.push(unsupported(`${name} is redacted`, span, 'leave `redact` out, and keep the value out of logs'));
  if (field.maxLen > 0)
    found.push(unsupported(`${name} has a max_len`, span, 'leave `max_len` out, and check it in the service'));
  return found;
}

/** Whether `message`, or one that it contains, has a field of the type `wanted`. */
function contains(contract: Contract, message: string, wanted: string, seen: Set<string>): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  const fields = findMessage(contract, message)?.fields ?? [];
  return fields.some(({ type }) => {
    if (type.kind !== 'message') return false;
    return type.message === wanted || contains(contract, type.message, wanted, seen);
  });
}
