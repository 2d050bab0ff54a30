import type { Service } from '#contract';
import type { Bridge } from '../bridge.js';
import type { Condition } from '../conditions.js';
import type { Call, Signature } from '../crossing.js';
import { partsOf, type Part } from '../parts.js';
import { printBufferChecks } from './buffers.js';
import { copyFunction } from './copy.js';
import { goString, GoFile, indent } from './go-file.js';
import { declaredName, GoTypes } from './go-types.js';
import { exportedName, extensionName, objectNames, serviceNames } from './names.js';
import { showsForeign } from './served.js';
import { embedded, featureNames, parametersOf, resultOf } from './signatures.js';

/** mock.gen.go: services and objects made of functions and expectations. In every build, so that any test can use them. */
export function printMock(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const types = new GoTypes(file);
  for (const mock of mocksOf(file, bridge, partsOf(bridge)[0])) printMockOf(file, mock);
  for (const { service, calls } of bridge.callbacks) {
    const type = exportedName(service.name);
    printMockOf(file, {
      type: `Mock${type}`,
      constructor: `NewMock${type}`,
      interface: type,
      isDeclared: true,
      extensions: [],
      methods: calls.map((call) => mockedMethod(file, types, call)),
    });
    printHeld(file, types, service, calls);
  }
  return file.render();
}

/** What makes an object of Go behave towards a mock as it does towards Rust. */
function printHeld(file: GoFile, types: GoTypes, service: Service, calls: readonly Signature[]): void {
  const [type, held] = [exportedName(service.name), heldType(service)];
  file.add(
    `// ${held} is a ${type} as Rust holds it: what crosses is copied and checked, and of errors and panics what crosses is seen.`,
    `type ${held} struct {`,
    `\tcallback ${type}`,
    '}',
  );
  for (const call of calls) {
    const { method, response, declared, copies } = mockedMethod(file, types, call);
    const shown = showsForeign(service) ? ', ShowForeign: true' : '';
    const site = `${file.grout('Site')}{Method: ${goString(call.displayName)}${shown}}`;
    file.add(
      `func (h ${held}) ${method}(${declared}) (${response}, error) {`,
      `\treturn ${file.grout('HeldCall')}(ctx, ${site}, req, h.callback.${method}, ${copies.join(', ')})`,
      '}',
    );
  }
}

/** The type of what a mock is given of a service of Go. */
export function heldType({ name }: Pick<Service, 'name'>): string {
  return `held${exportedName(name)}`;
}

/** The mocks of the services and objects of a part. */
export function mocksOf(file: GoFile, { contract }: Bridge, { services, objects }: Part): MockedType[] {
  const types = new GoTypes(file);
  const methodsOf = (calls: readonly Call[]): MockedMethod[] => calls.map((call) => mockedMethod(file, types, call));
  return [
    ...services.map(({ whole, calls, ...rest }): MockedType => {
      const { mock: type, mockConstructor: constructor, interface: service } = serviceNames(contract, whole.service);
      return { type, constructor, interface: service, ...rest, methods: methodsOf(calls) };
    }),
    ...objects.map(({ whole, calls, ...rest }): MockedType => {
      const { mock: type, service } = objectNames(whole.handle.name);
      const constructor = `New${type}`;
      const { options, handle } = whole;
      const object = { name: handle.name, isExclusive: !options.threadSafe, closesElsewhere: options.closeBlocks };
      return { type, constructor, interface: service, object, ...rest, methods: methodsOf(calls) };
    }),
  ];
}

export interface MockedType {
  readonly type: string;
  readonly constructor: string;
  /** What it stands in for. */
  readonly interface: string;
  /** How the object is used and closed that it stands in for; absent for a service. */
  readonly object?: MockedObject;
  /** Whether it is declared here, not only some of its methods. */
  readonly isDeclared: boolean;
  /** The conditions of the methods that it has elsewhere. */
  readonly extensions: readonly Condition[];
  readonly methods: readonly MockedMethod[];
}

interface MockedObject {
  /** Its name for people. */
  readonly name: string;
  /** Whether one call at a time may use it. */
  readonly isExclusive: boolean;
  /** Whether it is closed on a thread of its own. */
  readonly closesElsewhere: boolean;
}

/** Names of what a mock has for a method. */
interface MockedMethod {
  readonly method: string;
  readonly request: string;
  readonly response: string;
  readonly state: string;
  readonly calls: string;
  /** What the method takes, as parameters. */
  readonly declared: string;
  /** What it returns beside an error. */
  readonly zero: string;
  readonly givesBuffers: boolean;
  /** The service of which it takes an object of Go; absent when it takes none. */
  readonly callback?: Service;
  /** Functions that copy request and response as crossing does. */
  readonly copies: readonly [request: string, response: string];
}

function mockedMethod(file: GoFile, types: GoTypes, call: Signature): MockedMethod {
  const { method, request } = types.method(call.method);
  const { service: response, zero } = resultOf(types, call);
  const copyOf = (message: string): string => copyFunction(declaredName(file.contract, message));
  const copyResponse =
    call.opens === undefined ? copyOf(call.method.response) : `${file.grout('CopyObject')}[${response}]`;
  return {
    method,
    request,
    response,
    zero,
    givesBuffers: types.givesBuffers(call.method),
    state: `on${method}`,
    calls: `${method}Calls`,
    copies: [copyOf(call.method.request), copyResponse],
    ...(call.callback !== undefined && { callback: call.callback }),
    declared: parametersOf(file, types, call).declared,
  };
}

/** A mock, but for the methods that depend on more features than it does. */
export function printMockOf(file: GoFile, mock: MockedType): void {
  printMockType(file, mock);
  for (const method of mock.methods) printMockMethod(file, mock, method);
  if (mock.object !== undefined) printMockClose(file, mock.type, mock.object);
  printAssert(file, mock);
}

/** The methods that a mock has in builds with more features, and what it embeds for them. */
export function printMockExtension(file: GoFile, mock: MockedType, condition: Condition): void {
  const { type, methods } = mock;
  const name = extensionName(type, condition);
  file.add(
    `// ${name} is what a [${type}] has in builds with ${featureNames(condition)}.`,
    `type ${name} struct {`,
    ...indent(inColumns(functionsOf(methods))),
    '',
    ...indent(inColumns(statesOf(file, methods))),
    '}',
  );
  for (const method of methods) printMockMethod(file, mock, method);
  file.add(
    `func (m *${name}) assertExpectations(t ${file.grout('TestingT')}) {`,
    ...indent(['t.Helper()', ...assertions(methods)]),
    '}',
  );
}

/** What a mock embeds in builds without these features. */
export function printMockWithout(file: GoFile, type: string, condition: Condition): void {
  const name = extensionName(type, condition);
  file.add(`// ${name} is empty: this package is built without ${featureNames(condition)}.`, `type ${name} struct{}`);
  file.add(`func (*${name}) assertExpectations(${file.grout('TestingT')}) {}`);
}

function functionsOf(methods: readonly MockedMethod[]): Column[] {
  return methods.map(({ method, declared, response }) => [`${method}Func`, `func(${declared}) (${response}, error)`]);
}

function statesOf(file: GoFile, methods: readonly MockedMethod[]): Column[] {
  return methods.map(({ state, request, response }) => [state, `${file.grout('MockMethod')}[${request}, ${response}]`]);
}

function assertions(methods: readonly MockedMethod[]): string[] {
  return methods.map(({ method, state }) => `m.${state}.Assert(t, ${goString(method)})`);
}

function printMockType(file: GoFile, mock: MockedType): void {
  const { type, constructor, interface: service, object, extensions, methods } = mock;
  const closing: Column[] = object === undefined ? [] : [['CloseFunc', 'func() error']];
  const using: Column[] = object === undefined ? [] : [['object', file.grout('MockObject')]];
  const functions = [...functionsOf(methods), ...closing];
  const [example] = methods;
  const usage = [
    '//',
    `//\tmock := ${constructor}(t)`,
    `//\tmock.Expect${example?.method ?? ''}(req).Return(resp, nil)`,
  ];
  file.add(
    `// ${type} is a [${service}] for tests. A call is answered by the first expectation that matches it and is still open, else`,
    `// by the function of its method; without either it fails with [${file.grout('ErrUnimplemented')}]. The zero value is ready for`,
    '// use. What is passed and answered is copied and checked as if it crossed to Rust.',
    ...(example === undefined ? [] : usage),
    `type ${type} struct {`,
    ...indent(inColumns(functions)),
    ...indent(embedded(type, extensions, functions.length === 0)),
    ...(functions.length + extensions.length === 0 ? [] : ['']),
    ...indent(inColumns([['log', file.grout('MockLog')], ...using, ...statesOf(file, methods)])),
    '}',
  );
  file.add(`var _ ${service} = (*${type})(nil)`);
  file.add(
    `// ${constructor} makes a mock that reports to t, when the test ends, which expectations were not met.`,
    `func ${constructor}(t ${file.grout('TestingT')}) *${type} {`,
    `\tmock := &${type}{}`,
    '\tt.Cleanup(func() { mock.AssertExpectations(t) })',
    '\treturn mock',
    '}',
  );
  file.add(
    '// Calls are the calls of all methods so far, in the order in which they came.',
    `func (m *${type}) Calls() []${file.grout('MockCall')} {`,
    '\treturn m.log.Calls()',
    '}',
  );
}

function printMockMethod(file: GoFile, { type, object }: MockedType, mocked: MockedMethod): void {
  const { method, request, response, zero, state, calls, copies, declared, givesBuffers } = mocked;
  const [fallback, answer] =
    mocked.callback === undefined ? [`m.${method}Func`, []] : ['answer', withCallback(file, mocked, mocked.callback)];
  const expectation = `*${file.grout('Expectation')}[${request}, ${response}]`;
  file.add(
    `// ${method} answers as is expected of it, else as ${method}Func does.`,
    `func (m *${type}) ${method}(${declared}) (${response}, error) {`,
    ...indent(givesBuffers ? takeBuffers(zero) : []),
    ...indent(object === undefined ? [] : enter(object, zero)),
    ...indent(answer),
    `\treturn m.${state}.Serve(ctx, &m.log, ${goString(method)}, req, ${fallback}, ${copies.join(', ')})`,
    '}',
  );
  file.add(
    `// Expect${method} expects a call of ${method} with this request.`,
    `func (m *${type}) Expect${method}(req ${request}) ${expectation} {`,
    `\treturn m.${state}.Expect(req, ${copies[0]})`,
    '}',
  );
  file.add(
    `// Expect${method}That expects a call of ${method} with a request that matches.`,
    `func (m *${type}) Expect${method}That(matches func(req ${request}) bool) ${expectation} {`,
    `\treturn m.${state}.ExpectThat(matches)`,
    '}',
  );
  file.add(
    `// ${calls} are the requests of the calls of ${method} so far.`,
    `func (m *${type}) ${calls}() []${request} {`,
    `\treturn m.${state}.Requests()`,
    '}',
  );
}

/** A call is inside the object, as one of the real object is. */
function enter({ name, isExclusive }: MockedObject, zero: string): string[] {
  if (!isExclusive) return ['defer m.object.Enter()()'];
  return [
    `leave, err := m.object.EnterAlone(ctx, ${goString(name)})`,
    'if err != nil {',
    `\treturn ${zero}, err`,
    '}',
    'defer leave()',
  ];
}

/** What a mock is passed it takes and refuses as a call does; who answers sees a copy. */
function takeBuffers(zero: string): string[] {
  return ['if err := req.takeBuffers(); err != nil {', `\treturn ${zero}, err`, '}', ...printBufferChecks(zero)];
}

/** The function of a method that is given more than its request, as one that is not. */
function withCallback(file: GoFile, { method, request, response }: MockedMethod, callback: Service): string[] {
  const signature = `func(ctx ${file.std('context', 'Context')}, req ${request}) (${response}, error)`;
  return [
    `var answer ${signature}`,
    `if m.${method}Func != nil {`,
    `\tanswer = ${signature} {`,
    `\t\treturn m.${method}Func(ctx, req, ${heldType(callback)}{callback})`,
    '\t}',
    '}',
  ];
}

function printMockClose(file: GoFile, type: string, { closesElsewhere }: MockedObject): void {
  const how = closesElsewhere ? ', on a goroutine of its own' : '';
  file.add(
    `// Close calls CloseFunc${how} once no call runs any more; without one it does nothing.`,
    `func (m *${type}) Close() error {`,
    `\treturn m.object.${closesElsewhere ? 'CloseElsewhere' : 'Close'}(m.CloseFunc)`,
    '}',
  );
}

function printAssert(file: GoFile, { type, extensions, methods }: MockedType): void {
  file.add(
    '// AssertExpectations reports to t each expectation that was not met, and each call that none was left for.',
    `func (m *${type}) AssertExpectations(t ${file.grout('TestingT')}) {`,
    ...indent([
      't.Helper()',
      ...assertions(methods),
      ...extensions.map((condition) => `m.${extensionName(type, condition)}.assertExpectations(t)`),
      'm.log.Assert(t)',
    ]),
    '}',
  );
}

/** A name and its type, or a key and its value. */
type Column = readonly [first: string, second: string];

/** In gofmt's columns. */
function inColumns(columns: readonly Column[]): string[] {
  const width = Math.max(0, ...columns.map(([first]) => first.length));
  return columns.map(([first, second]) => `${first.padEnd(width)} ${second}`);
}
