import type { Bridge } from '../bridge.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';

/** mock.gen.go: a service made of functions. In every build, so that any test can use it. */
export function printMock(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const context = file.std('context', 'Context');
  const types = new GoTypes(bridge.contract);
  const names = bridge.calls.map(({ method }) => types.method(method));
  const width = Math.max(0, ...names.map(({ method }) => method.length + 'Func'.length));
  file.add(
    '// Mock is a [Service] made of functions, for tests. A method whose function is nil fails with',
    `// [${file.grout('ErrUnimplemented')}].`,
    'type Mock struct {',
    ...indent(
      names.map(({ method, request, response }) => {
        return `${`${method}Func`.padEnd(width)} func(ctx ${context}, req ${request}) (${response}, error)`;
      }),
    ),
    '}',
  );
  file.add('var _ Service = (*Mock)(nil)');
  for (const { method, request, response } of names) {
    file.add(
      `// ${method} calls ${method}Func.`,
      `func (m *Mock) ${method}(ctx ${context}, req ${request}) (${response}, error) {`,
      `\tif m.${method}Func == nil {`,
      `\t\treturn ${response}{}, ${file.grout('ErrUnimplemented')}.New(${goString(`Mock.${method}Func is not set`)})`,
      '\t}',
      `\treturn m.${method}Func(ctx, req)`,
      '}',
    );
  }
  return file.render();
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
