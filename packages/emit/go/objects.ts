import type { Message } from '#contract';
import type { ObjectCalls } from '../bridge.js';
import type { Call } from '../crossing.js';
import { docLines } from '../docs.js';
import type { Extended } from '../parts.js';
import { goString, indent, type GoFile } from './go-file.js';
import type { GoTypes } from './go-types.js';
import { namedDoc } from './messages.js';
import { exportedName, localName, objectNames } from './names.js';
import { embedded, methodDeclarations, parametersOf, resultOf } from './signatures.js';

/** A type whose methods check what every call must before they hand on to `service`. */
interface Caller {
  readonly self: string;
  readonly type: string;
  /** Expression that gives the error of a call that must not start. */
  readonly check: string;
}

/** A method of what users hold. */
export function printCheckedMethod(file: GoFile, types: GoTypes, call: Call, { self, type, check }: Caller): void {
  const { method: name } = types.method(call.method);
  const { user, zero } = resultOf(types, call);
  const { declared, passed } = parametersOf(file, types, call);
  const isObject = call.receiver !== undefined;
  const isGiving = types.givesBuffers(call.method);
  const discard = isGiving ? ['req.discardBuffers()'] : [];
  const fail = [`return ${zero}, ${file.grout('InMethod')}(err, ${goString(call.displayName)})`];
  const value = call.opens === undefined ? 'resp' : 'object';
  file.add(
    ...namedDoc(name, call.method.doc, `${name} calls ${call.displayName}.`),
    `func (${self} *${type}) ${name}(${declared}) (${user}, error) {`,
    ...indent([
      ...(isGiving ? ['if err := req.takeBuffers(); err != nil {', ...indent(fail), '}'] : []),
      `if err := ${check}; err != nil {`,
      ...indent([...discard, ...fail]),
      '}',
      ...refuseNil(file, call, zero, discard),
      `${value}, err := ${self}.service.${name}(${passed})`,
      ...(isObject ? [`${file.std('runtime', 'KeepAlive')}(${self})`] : []),
      'if err != nil {',
      ...indent(fail),
      '}',
      ...(call.opens === undefined ? [] : refuseNoObject(file, call)),
      call.opens === undefined ? 'return resp, nil' : `return new${exportedName(call.opens.name)}(object), nil`,
    ]),
    '}',
  );
}

/** A fake may forget that it has to return one; Rust cannot. */
function refuseNoObject(file: GoFile, { displayName }: Call): string[] {
  const message = goString('the implementation returns neither an object nor an error');
  return [
    'if object == nil {',
    `\treturn nil, ${file.grout('InMethod')}(${file.grout('ErrInvalidResponse')}.New(${message}), ${goString(displayName)})`,
    '}',
  ];
}

/** Rust could not tell that there is nothing to call. */
function refuseNil(file: GoFile, { callback, displayName }: Call, zero: string, discard: readonly string[]): string[] {
  if (callback === undefined) return [];
  const message = goString(`callback: a ${exportedName(callback.name)} is needed, got nil`);
  return [
    'if callback == nil {',
    ...indent(discard),
    `\treturn ${zero}, ${file.grout('InMethod')}(${file.grout('ErrInvalidArgument')}.New(${message}), ${goString(displayName)})`,
    '}',
  ];
}

/** What users hold of an object, and what its implementation is. */
export function printObject(file: GoFile, types: GoTypes, object: Extended<ObjectCalls>): void {
  const { handle } = object.whole;
  const { type, self } = callerOf(handle);
  printType(file, object.whole);
  printInterface(file, types, object);
  printConstructor(file, object.whole);
  printObjectMethods(file, types, handle, object.calls);
  file.add(
    `// Close frees the object. Calls after it, and a second Close, fail with [${file.grout('ErrClosed')}].`,
    `func (${self} *${type}) Close() error {`,
    ...indent([
      `if err := ${self}.object.Close(); err != nil {`,
      `\treturn ${file.grout('InMethod')}(err, ${goString(`${handle.name}.Close`)})`,
      '}',
      'return nil',
    ]),
    '}',
  );
}

/** The methods of what users hold of an object. */
export function printObjectMethods(file: GoFile, types: GoTypes, handle: Message, calls: readonly Call[]): void {
  for (const call of calls) printCheckedMethod(file, types, call, callerOf(handle));
}

function callerOf({ name }: Message): Caller {
  const self = localName(name).charAt(0);
  return { self, type: objectNames(name).type, check: `${self}.object.Check(ctx)` };
}

function printType(file: GoFile, { handle, options }: ObjectCalls): void {
  const { type, service } = objectNames(handle.name);
  const sharing = options.threadSafe
    ? '// It is safe for use by several goroutines at once.'
    : '// Several goroutines may use it; their calls wait for each other.';
  file.add(
    ...namedDoc(type, handle.doc, `${type} is ${handle.fullName}.`),
    '//',
    '// It lives in Rust until Close; calls that are under way then end as usual, and the last one drops it.',
    sharing,
    `type ${type} struct {`,
    `\tservice ${service}`,
    `\tobject  *${file.grout('Object')}`,
    '}',
  );
}

function printInterface(file: GoFile, types: GoTypes, { whole, calls, extensions }: Extended<ObjectCalls>): void {
  const { type, service } = objectNames(whole.handle.name);
  const separator = calls.some(({ method }) => docLines(method.doc).length > 0) ? [''] : [];
  file.add(
    `// ${service} is ${type} as its implementation sees it: what [${type}] calls, and what a fake returns.`,
    `type ${service} interface {`,
    ...indent([
      ...methodDeclarations(file, types, calls),
      ...separator,
      `// Close frees the object. [${type}] calls it once.`,
      'Close() error',
      ...embedded(service, extensions, false),
    ]),
    '}',
  );
}

function printConstructor(file: GoFile, { handle, options }: ObjectCalls): void {
  const { type, service } = objectNames(handle.name);
  file.add(
    `func new${type}(service ${service}) *${type} {`,
    ...indent([
      `object := ${file.grout('NewObject')}(${file.grout('LiveObject')}{`,
      ...indent([
        `Type:    ${goString(handle.fullName)},`,
        'Owner:   "Rust",',
        'Holder:  "Go",',
        'FreedBy: "Close",',
        `Threads: ${options.threadSafe ? '"any"' : '"any, one at a time"'},`,
      ]),
      '}, service.Close)',
      `return &${type}{service: service, object: object}`,
    ]),
    '}',
  );
}
