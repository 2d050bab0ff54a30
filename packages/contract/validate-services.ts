import { suggest, type Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import { callbackOf, givenServices, goServices, implementedIn, rustServices } from './services.js';
import type { Contract, Method, Service } from './types.js';

/**
 * Checks the services that Rust implements, those of Go that they may call back, and how their methods are called; or
 * those of a contract that Go implements for Rust.
 */
export function validateServices(contract: Contract): Diagnostic[] {
  const [ofRust, ofGo] = [rustServices(contract), goServices(contract)];
  if (implementedIn(contract) !== 'rust') return validateHosted(contract, ofGo);
  return [
    ...ofRust.flatMap((service) => validateService(service)),
    ...ofRust.flatMap(({ methods }) => methods.flatMap((method) => validateCallsBack(method, contract))),
    ...ofGo.flatMap((service) => validateCallbackService(service, contract)),
    ...validateMajors(contract),
  ];
}

/** The two sides of a bridge are built, and refuse each other, as a whole. */
function validateMajors({ services }: Contract): Diagnostic[] {
  const [first, ...others] = services.filter(({ abiMajor }) => abiMajor !== 0);
  return others.flatMap(({ name, abiMajor, span }) => {
    if (first === undefined || abiMajor === first.abiMajor) return [];
    const message = `${name} has abi_major ${abiMajor}, and ${first.name} of the same bridge has ${first.abiMajor}`;
    const help = 'write the same number in both: a bridge is one library, which one handshake accepts or refuses';
    return [refuse('several-abi-majors', message, span, help)];
  });
}

/** A contract without a service of Rust: Go implements, and Rust calls; or there are messages only. */
function validateHosted(contract: Contract, services: readonly Service[]): Diagnostic[] {
  if (services.length === 0 && contract.messages.length + contract.enums.length === 0) return [isEmpty(contract)];
  return [
    ...services.flatMap((service) => [...validateService(service), ...validateOfGo(service)]),
    ...services.flatMap(({ methods }) => methods.flatMap((method) => validateGiving(method, contract))),
    ...givenServices(contract).flatMap((service) => validateGiven(service, contract)),
    ...validateMajors(contract),
  ];
}

/** `on` names a service of Rust, where Go implements the others. */
function validateGiving(method: Method, contract: Contract): Diagnostic[] {
  const { callsBack } = method;
  if (callsBack === undefined || givenServices(contract).some((it) => it === callbackOf(contract, method))) return [];
  if (callbackOf(contract, method) !== undefined) return [nestedCallback(method)];
  const near = suggest(
    callsBack,
    givenServices(contract).map(({ name }) => name),
  );
  const help = near === undefined ? `declare service ${callsBack}, which Rust implements` : `did you mean ${near}?`;
  const message = `${method.name} calls back ${callsBack}, but the contract has no such service`;
  return [refuse('unknown-callback', message, method.span, help)];
}

/** A service of Rust that exists as objects which Go is given. */
function validateGiven(service: Service, contract: Contract): Diagnostic[] {
  const { name, span, methods } = service;
  const diagnostics = [
    ...methods.flatMap((method) => [
      ...validateMethod(method),
      ...(method.callsBack === undefined ? [] : [callbackOfCallback(method)]),
      ...(method.feature === undefined ? [] : [featureOfCallback(method)]),
    ]),
    ...validateHandlesOfCallbacks(service, contract),
  ];
  if (methods.length === 0)
    diagnostics.push(refuse('no-methods', `${name} has no methods to call`, span, 'declare an rpc in it'));
  return diagnostics;
}

function callbackOfCallback({ name, span }: Method): Diagnostic {
  const message = `${name} is called on an object that Go is given, and cannot be given one in turn`;
  return refuse('nested-callback', message, span, 'leave `on` out: give the object to a method of the service');
}

function featureOfCallback({ name, span, feature = '' }: Method): Diagnostic {
  const message = `${name} is called by Go and cannot belong to the feature "${feature}": Go could call it where Rust has left it out`;
  return refuse('feature-of-go', message, span, 'declare it always');
}

/** What methods cannot do that Go implements. */
function validateOfGo({ methods }: Service): Diagnostic[] {
  return methods.flatMap((method) => (method.feature === undefined ? [] : [featureOfGo(method)]));
}

/** Objects that one side hands over are not asked for objects of the other. */
function validateHandlesOfCallbacks({ methods, implementedInGo }: Service, contract: Contract): Diagnostic[] {
  const [side, other] = implementedInGo ? ['Go', 'Rust'] : ['Rust', 'Go'];
  return methods.flatMap(({ name, span, request, response }) =>
    [request, response]
      .filter((it) => isHandle(contract, it))
      .map((it) => {
        const text = `${name} is implemented in ${side}, and handles are of objects of ${other}: ${it}`;
        return refuse('handle-in-callback', text, span, 'carry an identifier that the implementation understands');
      }),
  );
}

/** A service of Go exists as objects that methods of Rust's service are given. */
function validateCallbackService(service: Service, contract: Contract): Diagnostic[] {
  const { name, span, methods } = service;
  const diagnostics = [
    ...methods.flatMap(validateMethod),
    ...methods.flatMap((method) => (method.callsBack === undefined ? [] : [nestedCallback(method)])),
    ...validateOfGo(service),
    ...validateHandlesOfCallbacks(service, contract),
  ];
  if (methods.length === 0)
    diagnostics.push(refuse('no-methods', `${name} has no methods to call`, span, 'declare an rpc in it'));
  const isGiven = contract.services.some((it) => it.methods.some((method) => callbackOf(contract, method) === service));
  if (!isGiven) {
    const message = `no method is given a ${name}, so that Rust never has one to call`;
    const help = `write \`option (grout.v1.call) = {on: "${name}"};\` in the method that is given one`;
    diagnostics.push(refuse('callback-without-origin', message, span, help));
  }
  return diagnostics;
}

function isHandle({ messages }: Contract, message: string): boolean {
  const found = messages.find(({ fullName }) => fullName === message);
  return (
    found !== undefined &&
    [found, ...found.fields].some((it) => 'handle' in it || ('type' in it && it.type.kind === 'handle'))
  );
}

function nestedCallback({ name, span }: Method): Diagnostic {
  const message = `${name} is implemented in Go and cannot be given an object of Go`;
  return refuse('nested-callback', message, span, 'leave `on` out: Go has its objects already');
}

/** What Rust is built with may be more than what Go is. */
function featureOfGo({ name, span, feature = '' }: Method): Diagnostic {
  const message = `${name} is implemented in Go and cannot belong to the feature "${feature}": Rust could call it where Go has left it out`;
  const help = 'declare it always, and let Rust call it only in builds with the feature';
  return refuse('feature-of-go', message, span, help);
}

/** `on` names a service that Go implements. */
function validateCallsBack(method: Method, contract: Contract): Diagnostic[] {
  const { name, span, callsBack } = method;
  if (callsBack === undefined) return [];
  const named = callbackOf(contract, method);
  if (named?.implementedInGo === true) return [];
  const ofGo = goServices(contract).map((service) => service.name);
  const near = suggest(callsBack, ofGo);
  const message =
    named === undefined
      ? `${name} calls back ${callsBack}, but the contract has no such service`
      : `${name} calls back ${callsBack}, which Rust implements itself`;
  const declare = `declare service ${callsBack} with \`option (grout.v1.service) = {implemented_in_go: true};\``;
  return [refuse('unknown-callback', message, span, near === undefined ? declare : `did you mean ${near}?`)];
}

function isEmpty(contract: Contract): Diagnostic {
  const file = contract.files[0] ?? contract.bridge;
  return refuse(
    'no-service',
    'the contract declares neither a service to call nor a message that other bridges could use',
    { file, line: 1, column: 1 },
    'declare a service with a method, such as `service Pricing { rpc Quote(QuoteRequest) returns (QuoteResponse); }`',
  );
}

function validateService(service: Service): Diagnostic[] {
  const { name, span } = service;
  const diagnostics = service.methods.flatMap((method) => validateMethod(method));
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
  const { name, span, mode } = method;
  const diagnostics: Diagnostic[] = [];
  if (mode === 'async' || mode === 'blocking') {
    const message = `mode MODE_${mode.toUpperCase()} is not supported yet: ${name}`;
    const help = 'use MODE_SYNC and call it from a goroutine of its own: the call holds that thread until it returns';
    diagnostics.push(refuse('unsupported-mode', message, span, help));
  }
  return diagnostics;
}
