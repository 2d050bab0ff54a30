import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import type { Contract, Method, Service } from './types.js';

/** Checks the one service of the bridge and how its methods are called. */
export function validateServices(contract: Contract): Diagnostic[] {
  const [first, ...others] = contract.services;
  if (first === undefined) return [noService(contract)];
  return [
    ...validateService(first),
    ...others.map((service) =>
      refuse(
        'several-services',
        `a second service in one bridge is not supported yet: ${service.name} beside ${first.name}`,
        service.span,
        `move the methods of ${service.name} to ${first.name}, or scaffold a bridge of its own for it`,
      ),
    ),
  ];
}

function noService(contract: Contract): Diagnostic {
  const file = contract.files[0] ?? contract.bridge;
  return refuse(
    'no-service',
    'the contract declares no service, so there is nothing to call',
    { file, line: 1, column: 1 },
    'declare a service with a method, such as `service Pricing { rpc Quote(QuoteRequest) returns (QuoteResponse); }`',
  );
}

function validateService(service: Service): Diagnostic[] {
  const { name, span } = service;
  const diagnostics = service.methods.flatMap((method) => validateMethod(method));
  if (service.implementedInGo) {
    const message = `a service implemented in Go is not supported yet: ${name} would be called by Rust`;
    diagnostics.push(
      refuse('unsupported-go-service', message, span, 'let Rust implement it, and return to Go what Go should act on'),
    );
  }
  if (service.abiMajor === 0) {
    const message = `${name} has no abi_major, by which the two sides refuse each other after a breaking change`;
    const help =
      'import "grout/v1/options.proto" and write `option (grout.v1.service) = {abi_major: 1};` in the service';
    diagnostics.push(refuse('no-abi-major', message, span, help));
  }
  if (service.methods.length === 0) {
    diagnostics.push(refuse('no-methods', `${name} has no methods to call`, span, 'declare an rpc in it'));
  }
  return diagnostics;
}

function validateMethod(method: Method): Diagnostic[] {
  return [...validateStreams(method), ...validateCall(method)];
}

function validateStreams(method: Method): Diagnostic[] {
  const { name, span } = method;
  const unsupported = (message: string, help: string): Diagnostic => refuse('unsupported-stream', message, span, help);
  const diagnostics: Diagnostic[] = [];
  if (method.clientStreaming) {
    const help = `let the request of ${name} carry one item, or a batch as bytes, and call it for each`;
    diagnostics.push(unsupported(`a stream of requests is not supported yet: ${name}`, help));
  }
  if (method.serverStreaming) {
    const help = `let ${name} return one item and the cursor to ask for the next one with`;
    diagnostics.push(unsupported(`a stream of responses is not supported yet: ${name}`, help));
  }
  if (method.streamCredit !== undefined && diagnostics.length === 0) {
    diagnostics.push(unsupported(`${name} has stream_credit, but no stream`, 'leave stream_credit out'));
  }
  return diagnostics;
}

function validateCall(method: Method): Diagnostic[] {
  const { name, span, mode, feature, callsBack } = method;
  const diagnostics: Diagnostic[] = [];
  if (mode === 'async' || mode === 'blocking') {
    const message = `mode MODE_${mode.toUpperCase()} is not supported yet: ${name}`;
    const help = 'use MODE_SYNC and call it from a goroutine of its own: the call holds that thread until it returns';
    diagnostics.push(refuse('unsupported-mode', message, span, help));
  }
  if (feature !== undefined) {
    const message = `a method that depends on a feature is not supported yet: ${name} on "${feature}"`;
    const help = 'declare it always, and let it fail with an error code of its own where the feature is off';
    diagnostics.push(refuse('unsupported-feature', message, span, help));
  }
  if (callsBack !== undefined) {
    const message = `calls back are not supported yet: ${name} would call ${callsBack}`;
    diagnostics.push(
      refuse('unsupported-callback', message, span, 'leave `on` out and return to Go what Go should act on'),
    );
  }
  return diagnostics;
}
