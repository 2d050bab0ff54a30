import { ownCalls, type Bridge } from '../bridge.js';
import type { Call } from '../crossing.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { objectNames, resultOf } from './objects.js';

/** mock.gen.go: a service made of functions. In every build, so that any test can use it. */
export function printMock(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const types = new GoTypes(bridge.contract);
  printMockType(file, types, { type: 'Mock', service: 'Service', calls: ownCalls(bridge), isObject: false });
  for (const { handle, calls } of bridge.objects) {
    const { mock, service } = objectNames(handle.name);
    printMockType(file, types, { type: mock, service, calls, isObject: true });
  }
  return file.render();
}

interface MockType {
  readonly type: string;
  readonly service: string;
  readonly calls: readonly Call[];
  /** Whether it can be closed. */
  readonly isObject: boolean;
}

function printMockType(file: GoFile, types: GoTypes, { type, service, calls, isObject }: MockType): void {
  const context = file.std('context', 'Context');
  const methods = calls.map((call) => ({ ...types.method(call.method), ...resultOf(types, call) }));
  const fields = [...methods.map(({ method }) => `${method}Func`), ...(isObject ? ['CloseFunc'] : [])];
  const width = Math.max(0, ...fields.map((field) => field.length));
  file.add(
    `// ${type} is a [${service}] made of functions, for tests. A method whose function is nil fails with`,
    `// [${file.grout('ErrUnimplemented')}]${isObject ? '; Close without one does nothing.' : '.'}`,
    `type ${type} struct {`,
    ...indent([
      ...methods.map(({ method, request, service: result }) => {
        return `${`${method}Func`.padEnd(width)} func(ctx ${context}, req ${request}) (${result}, error)`;
      }),
      ...(isObject ? [`${'CloseFunc'.padEnd(width)} func() error`] : []),
    ]),
    '}',
  );
  file.add(`var _ ${service} = (*${type})(nil)`);
  for (const { method, request, service: result, zero } of methods) {
    file.add(
      `// ${method} calls ${method}Func.`,
      `func (m *${type}) ${method}(ctx ${context}, req ${request}) (${result}, error) {`,
      `\tif m.${method}Func == nil {`,
      `\t\treturn ${zero}, ${file.grout('ErrUnimplemented')}.New(${goString(`${type}.${method}Func is not set`)})`,
      '\t}',
      `\treturn m.${method}Func(ctx, req)`,
      '}',
    );
  }
  if (!isObject) return;
  file.add(
    '// Close calls CloseFunc.',
    `func (m *${type}) Close() error {`,
    '\tif m.CloseFunc == nil {',
    '\t\treturn nil',
    '\t}',
    '\treturn m.CloseFunc()',
    '}',
  );
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
