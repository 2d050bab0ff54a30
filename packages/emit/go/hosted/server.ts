import { abiMajor } from '#contract';
import { isOnlyService } from '../../abi-names.js';
import type { Bridge } from '../../bridge.js';
import type { CallbackService } from '../../callbacks.js';
import { featureList } from '../features.js';
import { goString, GoFile, indent } from '../go-file.js';
import { bindings } from '../in-process.js';
import { hostedNames } from '../names.js';
import { printServed, servedLayouts, servedMethods } from '../served.js';

/** server.gen.go: how calls of Rust reach the services. Plain Go, so that the package needs no C compiler. */
export function printServer(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const isOnly = isOnlyService(bridge.contract);
  if (!isOnly) {
    file.add(
      '// identity is what the package says of itself, whichever service Rust connects to.',
      `func identity() ${file.grout('Identity')} {`,
      ...indent(printIdentity(file, bridge, 'return ')),
      '}',
    );
  }
  for (const service of bridge.callbacks) {
    printConstructor(file, bridge, service, isOnly ? printIdentity(file, bridge, 'identity := ') : []);
  }
  for (const { service, calls } of bridge.callbacks) {
    for (const call of calls) printServed(file, bridge, hostedNames(bridge.contract, service).interface, call);
  }
  return file.render();
}

/** @param identity statements that make the local `identity`, where no function does */
function printConstructor(
  file: GoFile,
  bridge: Bridge,
  { service, calls }: CallbackService,
  identity: readonly string[],
): void {
  const { interface: type, serverConstructor: name } = hostedNames(bridge.contract, service);
  const server = `*${file.grout('Server')}[${type}]`;
  const what = isOnlyService(bridge.contract) ? 'the service' : `[${type}]`;
  const own = identity.length === 0 ? 'identity()' : 'identity';
  file.add(
    `// ${name} makes what the archive of ${what} gives Rust. For generated code.`,
    `func ${name}(makeRoom ${file.grout('MakeRoom')}, open func() (${type}, error)) ${server} {`,
    ...indent([
      ...identity,
      `return ${file.grout('NewServer')}(${goString(service.fullName)}, ${own}, makeRoom, open, []${file.grout('Served')}[${type}]{`,
      ...indent(servedMethods(bridge, { service, calls })),
      '})',
    ]),
    '}',
  );
}

function printIdentity(file: GoFile, bridge: Bridge, start: string): string[] {
  const { contract, layout, abi } = bridge;
  return [
    `${start}${file.grout('Identity')}{`,
    ...indent([
      `Bindings: ${goString(bindings(layout))},`,
      `ABIMajor: ${abiMajor(contract)},`,
      `ABIHash:  0x${abi.hash},`,
      `Contract: ${goString(abi.contractDigest)},`,
      'Layouts: [][2]uintptr{',
      ...indent(bridge.callbacks.flatMap((service) => servedLayouts(file, bridge, service))),
      '},',
      ...featureList(file, abi.features),
    ]),
    '}',
  ];
}
