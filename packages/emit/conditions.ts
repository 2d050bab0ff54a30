import { rustServices, type Contract, type Message, type Method } from '#contract';
import { suggest, type Diagnostic, type Span } from '#diagnostics';
import { receiverOf } from './members.js';
import { oncePer } from './once-per.js';
import type { BridgeFeature } from './types.js';

/** Names of the features without which a part of a bridge is left out, sorted; none: it is in every build. */
export type Condition = readonly string[];

/** When the methods and handles of a contract are there. */
export interface Conditions {
  readonly ofMethod: (method: Method) => Condition;
  readonly ofHandle: (handle: Message) => Condition;
}

/**
 * A method is there with its feature and with the handle that it is called on; a handle with a method that returns it.
 */
export const conditionsOf: (contract: Contract) => Conditions = oncePer((contract) => {
  const methods = rustServices(contract).flatMap((service) => service.methods);
  const ofMethod = (method: Method, above: readonly Message[]): Condition => {
    const receiver = receiverOf(contract, method.request);
    const own = method.feature === undefined ? [] : [method.feature];
    return union(own, receiver === undefined ? [] : ofHandle(receiver, above));
  };
  const ofHandle = (handle: Message, above: readonly Message[]): Condition => {
    const openers = openersOf(methods, handle).filter(({ request }) => {
      const receiver = receiverOf(contract, request);
      return receiver === undefined || ![...above, handle].includes(receiver);
    });
    return leastOf(openers.map((method) => ofMethod(method, [...above, handle]))) ?? [];
  };
  return { ofMethod: (method) => ofMethod(method, []), ofHandle: (handle) => ofHandle(handle, []) };
});

/** Features of methods that nobody declares, and handles that are there with one feature or with another one. */
export function checkFeatures(contract: Contract, features: readonly BridgeFeature[]): Diagnostic[] {
  const methods = rustServices(contract).flatMap((service) => service.methods);
  const known = features.map(({ name }) => name);
  return [
    ...methods.flatMap(({ name, feature, span }) =>
      feature === undefined || known.includes(feature) ? [] : [unknownFeature(name, feature, known, span)],
    ),
    ...contract.messages.filter(({ handle }) => handle !== undefined).flatMap((it) => checkHandle(contract, it)),
  ];
}

function unknownFeature(method: string, feature: string, known: readonly string[], span: Span): Diagnostic {
  const near = suggest(feature, known);
  const declare =
    "declare it in [features] of the crate's Cargo.toml, and in grout.toml if its name can be no build tag of Go";
  const list = known.length === 0 ? 'the bridge has no features' : `known: ${known.join(', ')}`;
  return {
    code: 'emit/unknown-feature',
    severity: 'error',
    message: `${method} belongs to the feature \`${feature}\`, which this bridge cannot be built with`,
    span,
    help: `${near === undefined ? declare : `did you mean \`${near}\`? Else ${declare}`} (${list})`,
  };
}

/** Go and Rust need one condition under which the type of an object is there. */
function checkHandle(contract: Contract, handle: Message): Diagnostic[] {
  const openers = openersOf(
    rustServices(contract).flatMap(({ methods }) => methods),
    handle,
  );
  const conditions = openers.map((method) => conditionsOf(contract).ofMethod(method));
  if (conditions.length === 0 || leastOf(conditions) !== undefined) return [];
  const names = openers.map(({ name, feature = 'none' }) => `${name} (${feature})`).join(' and ');
  return [
    {
      code: 'emit/unsupported',
      severity: 'error',
      message: `${handle.name} is returned by methods of different features only: ${names}`,
      span: handle.span,
      help: 'give them the same feature, or take it from one of them and let that fail with an error code of its own',
    },
  ];
}

function openersOf(methods: readonly Method[], { fullName }: Message): Method[] {
  return methods.filter(({ response }) => response === fullName);
}

/** The condition that holds whenever one of the others does; absent when there is none among them. */
export function leastOf(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find((one) => conditions.every((other) => one.every((feature) => other.includes(feature))));
}

function union(a: Condition, b: Condition): Condition {
  return [...new Set([...a, ...b])].sort();
}

/** Whether two parts are there in the same builds. */
export function isSame(a: Condition, b: Condition): boolean {
  return a.length === b.length && a.every((feature, at) => feature === b[at]);
}

/** The features of a condition, as both sides spell them. The contract has passed `checkFeatures`. */
export function spelledFeatures(condition: Condition, features: readonly BridgeFeature[]): BridgeFeature[] {
  return condition.flatMap((name) => features.filter((feature) => feature.name === name));
}
