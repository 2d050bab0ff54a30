import { isOnlyService } from '../abi-names.js';
import type { Bridge } from '../bridge.js';
import { printBuffersOfGo } from './buffers.js';
import { buildTags, goString, GoFile, indent } from './go-file.js';
import { serviceNames, type ServiceNames } from './names.js';

/** What `connect` returns: the only service, or a struct with one of each. */
export interface Connected {
  readonly type: string;
  /** Beside an error. */
  readonly zero: string;
  /** The value, given an expression for each service. */
  readonly of: (implementation: (names: ServiceNames) => string) => string;
}

export function connectedOf({ contract, services }: Bridge): Connected {
  const names = services.map(({ service }) => serviceNames(contract, service));
  if (isOnlyService(contract)) return { type: 'Service', zero: 'nil', of: (it) => names.map(it).join('') };
  return {
    type: 'services',
    zero: 'services{}',
    of: (it) => `services{${names.map((each) => `${each.field}: ${it(each)}`).join(', ')}}`,
  };
}

/** The struct that `connect` returns, where there are several services. */
export function printServicesType(file: GoFile, { contract, services }: Bridge): void {
  if (isOnlyService(contract)) return;
  const names = services.map(({ service }) => serviceNames(contract, service));
  const width = Math.max(...names.map(({ field }) => field.length));
  file.add(
    '// services are what clients call. They are connected together, by one handshake.',
    'type services struct {',
    ...indent(names.map((each) => `${each.field.padEnd(width)} ${each.interface}`)),
    '}',
  );
}

/** connect_mock.gen.go: clients connect to the user's fakes. */
export function printConnectMock(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.mock });
  const doc = isOnlyService(bridge.contract)
    ? '// connect makes New use the fake of this package.'
    : '// connect makes clients use the fakes of this package.';
  const { type, of } = connectedOf(bridge);
  file.add(doc, `func connect() (${type}, error) {`, `\treturn ${of(({ fake }) => `${fake}()`)}, nil`, '}');
  if (bridge.hasBuffers) printBuffersOfGo(file, bridge);
  return file.render();
}

/** nocgo.gen.go: a build without cgo has no way to Rust, and says so. */
export function printNoCgo(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.noCgo });
  const message =
    'this program was built without cgo, so it cannot call Rust: build with CGO_ENABLED=1 and a C compiler, ' +
    'or with the tag grout_mock to use the fake';
  const { type, zero } = connectedOf(bridge);
  file.add(
    '// connect explains why there is nothing to connect to.',
    `func connect() (${type}, error) {`,
    `\treturn ${zero}, ${file.grout('ErrUnavailable')}.New(${goString(message)})`,
    '}',
  );
  if (bridge.hasBuffers) printBuffersOfGo(file, bridge);
  return file.render();
}
