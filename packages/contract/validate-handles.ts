import type { Diagnostic } from '#diagnostics';
import { refuse } from './refusal.js';
import type { Contract, Field, Message, Method, Service } from './types.js';

/**
 * Checks that handles stand where an object can be: a method returns one, and other methods, of any service, name in
 * their request the one that they are called on.
 */
export function validateHandles(contract: Contract): Diagnostic[] {
  const handles = contract.messages.filter(({ handle }) => handle !== undefined);
  return [
    ...handles.flatMap((message) => validateHandle(contract, message)),
    ...contract.messages.flatMap((message) => validateUses(contract, message)),
  ];
}

interface MethodOfService {
  readonly service: Service;
  readonly method: Method;
}

function methodsOf({ services }: Contract): MethodOfService[] {
  return services.flatMap((service) => service.methods.map((method) => ({ service, method })));
}

function validateHandle(contract: Contract, message: Message): Diagnostic[] {
  const { name, fullName, fields, span } = message;
  const diagnostics: Diagnostic[] = [];
  const [first] = fields;
  if (first !== undefined) {
    const text = `${name} is a handle, so nothing of it crosses but which object it is: ${first.name} would be lost`;
    const help = `let a method return what callers may know of the object, and leave ${name} without fields`;
    diagnostics.push(refuse('handle-with-fields', text, first.span, help));
  }
  const methods = methodsOf(contract);
  const openers = methods.filter(({ method }) => method.response === fullName);
  if (!canBeHad(contract, fullName, [])) {
    const text = `no method returns ${name} without being called on one, so that there never is such an object`;
    diagnostics.push(
      refuse('handle-without-origin', text, span, `declare a method of the service that returns ${name}`),
    );
  }
  for (const { method } of methods.filter((it) => it.method.request === fullName)) {
    const text = `${method.name} has the handle ${name} as its request`;
    const help = `declare a request message with a field of type ${name}: other fields can be added to it later`;
    diagnostics.push(refuse('handle-as-request', text, method.span, help));
  }
  return [...diagnostics, ...validateOwner(contract, message, openers)];
}

/** Whether a chain of methods that begins with the service returns the handle. */
function canBeHad(contract: Contract, handle: string, above: readonly string[]): boolean {
  if (above.includes(handle)) return false;
  return methodsOf(contract)
    .filter(({ method }) => method.response === handle)
    .some(({ method }) =>
      receiverFields(contract, method.request).every(
        ({ type }) => type.kind === 'handle' && canBeHad(contract, type.message, [...above, handle]),
      ),
    );
}

/** The type behind a handle is named by the service whose methods return it, so there is one such service. */
function validateOwner(contract: Contract, { name }: Message, openers: readonly MethodOfService[]): Diagnostic[] {
  const [first, ...others] = openers.filter(({ service }) => !service.implementedInGo);
  return others.flatMap(({ service, method }) => {
    if (first === undefined || service === first.service) return [];
    const owner = first.service.name;
    const text = `${method.name} of ${service.name} returns ${name}, whose objects are those of ${owner}`;
    const help = `declare ${method.name} in ${owner}; methods that are called on a ${name} can be of any service`;
    return [refuse('handle-of-two-services', text, method.span, help)];
  });
}

function receiverFields({ messages }: Contract, request: string): Field[] {
  const fields = messages.find(({ fullName }) => fullName === request)?.fields ?? [];
  return fields.filter(({ type }) => type.kind === 'handle');
}

/** A field may be a handle in the request of methods only, and there once. */
function validateUses(contract: Contract, { fullName, name, fields }: Message): Diagnostic[] {
  const [receiver, ...others] = fields.filter(({ type }) => type.kind === 'handle');
  if (receiver === undefined) return [];
  const isRequestOnly = isRequest(contract, fullName) && !isElsewhere(contract, fullName);
  const diagnostics: Diagnostic[] = [];
  if (!isRequestOnly || receiver.cardinality !== 'singular') {
    const text = `${receiver.name} is a handle, which can only be a single field of a message that is nothing but a request`;
    const help = `call the method on the object, or let ${name} carry an identifier that the service understands`;
    diagnostics.push(refuse('misplaced-handle', text, receiver.span, help));
  }
  return [
    ...diagnostics,
    ...others.map((field) => {
      const text = `${field.name} is a second handle beside ${receiver.name}, but a method is called on one object`;
      return refuse('second-handle', text, field.span, 'carry an identifier that the service understands');
    }),
  ];
}

function isRequest(contract: Contract, fullName: string): boolean {
  return methodsOf(contract).some(({ method }) => method.request === fullName);
}

function isElsewhere(contract: Contract, fullName: string): boolean {
  const isField = contract.messages.some(({ fields }) =>
    fields.some(({ type }) => type.kind === 'message' && type.message === fullName),
  );
  return isField || methodsOf(contract).some(({ method }) => method.response === fullName);
}
