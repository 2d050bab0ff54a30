import type { Bridge } from '../bridge.js';
import type { Signature } from '../crossing.js';
import { copyFunction } from './copy.js';
import { goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { exportedName, objectNames, serviceNames } from './names.js';
import { parametersOf, resultOf } from './signatures.js';

/** mock.gen.go: services and objects made of functions and expectations. In every build, so that any test can use them. */
export function printMock(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const types = new GoTypes(bridge.contract);
  const methodsOf = (calls: readonly Signature[]): MockedMethod[] => {
    return calls.map((call) => mockedMethod(file, types, call));
  };
  for (const { service, calls } of bridge.services) {
    const { mock, mockConstructor, interface: type } = serviceNames(bridge.contract, service);
    const names = { type: mock, constructor: mockConstructor, interface: type, isObject: false };
    printMockOf(file, { ...names, methods: methodsOf(calls) });
  }
  for (const { handle, calls } of bridge.objects) {
    const { mock, service: object } = objectNames(handle.name);
    const names = { type: mock, constructor: `New${mock}`, interface: object, isObject: true };
    printMockOf(file, { ...names, methods: methodsOf(calls) });
  }
  for (const { service, calls } of bridge.callbacks) {
    const type = exportedName(service.name);
    const names = { type: `Mock${type}`, constructor: `NewMock${type}`, interface: type, isObject: false };
    printMockOf(file, { ...names, methods: methodsOf(calls) });
  }
  return file.render();
}

interface MockedType {
  readonly type: string;
  readonly constructor: string;
  /** What it stands in for. */
  readonly interface: string;
  /** Whether it is closed. */
  readonly isObject: boolean;
  readonly methods: readonly MockedMethod[];
}

/** Names of what a mock has for a method. */
interface MockedMethod {
  readonly method: string;
  readonly request: string;
  readonly response: string;
  readonly state: string;
  readonly calls: string;
  /** What the method takes, as parameters and as arguments. */
  readonly declared: string;
  readonly passed: string;
  /** Functions that copy request and response as crossing does. */
  readonly copies: readonly [request: string, response: string];
}

function mockedMethod(file: GoFile, types: GoTypes, call: Signature): MockedMethod {
  const { method, request } = types.method(call.method);
  const response = resultOf(types, call).service;
  const copyResponse = call.opens === undefined ? copyFunction(response) : `${file.grout('CopyObject')}[${response}]`;
  return {
    method,
    request,
    response,
    state: `on${method}`,
    calls: `${method}Calls`,
    copies: [copyFunction(request), copyResponse],
    ...parametersOf(file, types, call),
  };
}

function printMockOf(file: GoFile, mock: MockedType): void {
  printMockType(file, mock);
  for (const method of mock.methods) printMockMethod(file, mock.type, method);
  if (mock.isObject) printMockClose(file, mock.type);
  printAssert(file, mock);
}

function printMockType(file: GoFile, { type, constructor, interface: service, isObject, methods }: MockedType): void {
  const functions = methods.map(({ method, declared, response }) => {
    return [`${method}Func`, `func(${declared}) (${response}, error)`] as const;
  });
  const closing = isObject ? [['CloseFunc', 'func() error'] as const] : [];
  const states = methods.map(({ state, request, response }) => {
    return [state, `${file.grout('MockMethod')}[${request}, ${response}]`] as const;
  });
  const [example = { method: 'Method' }] = methods;
  file.add(
    `// ${type} is a [${service}] for tests. A call is answered by the first expectation that matches it and is still open, else`,
    `// by the function of its method; without either it fails with [${file.grout('ErrUnimplemented')}]. The zero value is ready for`,
    '// use. What is passed and answered is copied and checked as if it crossed to Rust.',
    '//',
    `//\tmock := ${constructor}(t)`,
    `//\tmock.Expect${example.method}(req).Return(resp, nil)`,
    `type ${type} struct {`,
    ...indent(inColumns([...functions, ...closing])),
    '',
    ...indent(inColumns([['log', file.grout('MockLog')], ...states])),
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

function printMockMethod(file: GoFile, type: string, mocked: MockedMethod): void {
  const { method, request, response, state, calls, copies, declared, passed } = mocked;
  const [fallback, answer] = passed === 'ctx, req' ? [`m.${method}Func`, []] : ['answer', withCallback(file, mocked)];
  const expectation = `*${file.grout('Expectation')}[${request}, ${response}]`;
  file.add(
    `// ${method} answers as is expected of it, else as ${method}Func does.`,
    `func (m *${type}) ${method}(${declared}) (${response}, error) {`,
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

/** The function of a method that is given more than its request, as one that is not. */
function withCallback(file: GoFile, { method, request, response, passed }: MockedMethod): string[] {
  const signature = `func(ctx ${file.std('context', 'Context')}, req ${request}) (${response}, error)`;
  return [
    `var answer ${signature}`,
    `if m.${method}Func != nil {`,
    `\tanswer = ${signature} {`,
    `\t\treturn m.${method}Func(${passed})`,
    '\t}',
    '}',
  ];
}

function printMockClose(file: GoFile, type: string): void {
  file.add(
    '// Close calls CloseFunc; without one it does nothing.',
    `func (m *${type}) Close() error {`,
    '\tif m.CloseFunc == nil {',
    '\t\treturn nil',
    '\t}',
    '\treturn m.CloseFunc()',
    '}',
  );
}

function printAssert(file: GoFile, { type, methods }: MockedType): void {
  file.add(
    '// AssertExpectations reports to t each expectation that was not met, and each call that none was left for.',
    `func (m *${type}) AssertExpectations(t ${file.grout('TestingT')}) {`,
    '\tt.Helper()',
    ...methods.map(({ method, state }) => `\tm.${state}.Assert(t, ${goString(method)})`),
    '\tm.log.Assert(t)',
    '}',
  );
}

/** Names and types in gofmt's columns. */
function inColumns(fields: readonly (readonly [name: string, type: string])[]): string[] {
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.map(([name, type]) => `${name.padEnd(width)} ${type}`);
}
