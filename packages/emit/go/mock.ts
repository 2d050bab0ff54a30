import type { Bridge } from '../bridge.js';
import { copyFunction } from './copy.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';

/** mock.gen.go: a service made of functions and expectations. In every build, so that any test can use it. */
export function printMock(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const types = new GoTypes(bridge.contract);
  const methods = bridge.calls.map((call): MockedMethod => {
    const names = types.method(call.method);
    return { ...names, state: `on${names.method}`, calls: `${names.method}Calls` };
  });
  printMockType(file, methods);
  for (const method of methods) printMockMethod(file, method);
  printAssert(file, methods);
  return file.render();
}

/** Names of what a mock has for a method. */
interface MockedMethod {
  readonly method: string;
  readonly request: string;
  readonly response: string;
  readonly state: string;
  readonly calls: string;
}

function printMockType(file: GoFile, methods: readonly MockedMethod[]): void {
  const context = file.std('context', 'Context');
  const functions = methods.map(({ method, request, response }) => {
    return [`${method}Func`, `func(ctx ${context}, req ${request}) (${response}, error)`] as const;
  });
  const states = methods.map(({ state, request, response }) => {
    return [state, `${file.grout('MockMethod')}[${request}, ${response}]`] as const;
  });
  const [example = { method: 'Method' }] = methods;
  file.add(
    '// Mock is a [Service] for tests. A call is answered by the first expectation that matches it and is still open, else',
    `// by the function of its method; without either it fails with [${file.grout('ErrUnimplemented')}]. The zero value is ready for`,
    '// use. What is passed and answered is copied and checked as if it crossed to Rust.',
    '//',
    '//\tmock := NewMock(t)',
    `//\tmock.Expect${example.method}(req).Return(resp, nil)`,
    'type Mock struct {',
    ...indent(inColumns(functions)),
    '',
    ...indent(inColumns([['log', file.grout('MockLog')], ...states])),
    '}',
  );
  file.add('var _ Service = (*Mock)(nil)');
  file.add(
    '// NewMock makes a mock that reports to t, when the test ends, which expectations were not met.',
    `func NewMock(t ${file.grout('TestingT')}) *Mock {`,
    '\tmock := &Mock{}',
    '\tt.Cleanup(func() { mock.AssertExpectations(t) })',
    '\treturn mock',
    '}',
  );
  file.add(
    '// Calls are the calls of all methods so far, in the order in which they came.',
    `func (m *Mock) Calls() []${file.grout('MockCall')} {`,
    '\treturn m.log.Calls()',
    '}',
  );
}

function printMockMethod(file: GoFile, { method, request, response, state, calls }: MockedMethod): void {
  const context = file.std('context', 'Context');
  const expectation = `*${file.grout('Expectation')}[${request}, ${response}]`;
  const copies = [request, response].map((type) => copyFunction(type)).join(', ');
  file.add(
    `// ${method} answers as is expected of it, else as ${method}Func does.`,
    `func (m *Mock) ${method}(ctx ${context}, req ${request}) (${response}, error) {`,
    `\treturn m.${state}.Serve(ctx, &m.log, ${goString(method)}, req, m.${method}Func, ${copies})`,
    '}',
  );
  file.add(
    `// Expect${method} expects a call of ${method} with this request.`,
    `func (m *Mock) Expect${method}(req ${request}) ${expectation} {`,
    `\treturn m.${state}.Expect(req, ${copyFunction(request)})`,
    '}',
  );
  file.add(
    `// Expect${method}That expects a call of ${method} with a request that matches.`,
    `func (m *Mock) Expect${method}That(matches func(req ${request}) bool) ${expectation} {`,
    `\treturn m.${state}.ExpectThat(matches)`,
    '}',
  );
  file.add(
    `// ${calls} are the requests of the calls of ${method} so far.`,
    `func (m *Mock) ${calls}() []${request} {`,
    `\treturn m.${state}.Requests()`,
    '}',
  );
}

function printAssert(file: GoFile, methods: readonly MockedMethod[]): void {
  file.add(
    '// AssertExpectations reports to t each expectation that was not met, and each call that none was left for.',
    `func (m *Mock) AssertExpectations(t ${file.grout('TestingT')}) {`,
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

/** connect_mock.gen.go: `New` connects to the user's fake. */
export function printConnectMock(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.mock });
  file.add(
    '// connect makes New use the fake of this package.',
    'func connect() (Service, error) {',
    '\treturn newFake(), nil',
    '}',
  );
  return file.render();
}

/** nocgo.gen.go: a build without cgo has no way to Rust, and says so. */
export function printNoCgo(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.noCgo });
  const message =
    'this program was built without cgo, so it cannot call Rust: build with CGO_ENABLED=1 and a C compiler, ' +
    'or with the tag grout_mock to use the fake';
  file.add(
    '// connect explains why there is nothing to connect to.',
    'func connect() (Service, error) {',
    `\treturn nil, ${file.grout('ErrUnavailable')}.New(${goString(message)})`,
    '}',
  );
  return file.render();
}
