import { isOnlyService } from '../../abi-names.js';
import type { Bridge } from '../../bridge.js';
import type { CallbackService, HostedObject } from '../../callbacks.js';
import { goString, GoFile, indent } from '../go-file.js';
import { printIdentity } from '../identity.js';
import { hostedNames, internalName, objectNames } from '../names.js';
import { objectTable, printServed, servedLayouts, servedMethods, showsForeign } from '../served.js';

/** server.gen.go: how calls of Rust reach the services. Plain Go, so that the package needs no C compiler. */
export function printServer(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const isOnly = isOnlyService(bridge.contract);
  if (!isOnly) {
    const own = internalName(bridge.contract, 'identity');
    file.add(
      `// ${own} is what the package says of itself, whichever service Rust connects to.`,
      `func ${own}() ${file.grout('Identity')} {`,
      ...indent(printOwnIdentity(file, bridge, 'return ')),
      '}',
    );
  }
  for (const service of bridge.hosted.services) {
    printConstructor(file, bridge, service, isOnly ? printOwnIdentity(file, bridge, 'identity := ') : []);
  }
  for (const object of bridge.hosted.objects) printTable(file, bridge, object);
  for (const call of bridge.callbacks.flatMap(({ calls }) => calls)) {
    const { interface: service } = hostedNames(bridge.contract, call.service);
    printServed(file, bridge, call.calledOn === undefined ? service : objectNames(call.calledOn.name).type, call);
  }
  return file.render();
}

/** The objects of a handle, which the archive serves. */
function printTable(file: GoFile, bridge: Bridge, { handle, options, calls, origins }: HostedObject): void {
  const { type, tableConstructor: name } = objectNames(handle.name);
  const table = objectTable(bridge.contract, handle);
  file.add(
    `// ${table} has what Rust owns of [${type}].`,
    `var ${table} = ${file.grout('NewObjects')}[${type}](${file.grout('ObjectKind')}{`,
    ...indent([
      `Type:    ${goString(handle.fullName)},`,
      `Threads: ${options.threadSafe ? '"any"' : '"any, one at a time"'},`,
      `Close:   ${goString(`${handle.name}.Close`)},`,
      // Nobody knows at the end which of them made the object: what one withholds, none tells.
      ...(origins.every(showsForeign) ? ['', 'ShowForeign: true,'] : []),
    ]),
    '})',
  );
  file.add(
    `// ${name} is the table by which the archive calls objects of [${type}]. For generated code.`,
    `func ${name}(makeRoom ${file.grout('MakeRoom')}) *${file.grout('Objects')}[${type}] {`,
    ...indent([
      `return ${table}.Bind(makeRoom, []${file.grout('Served')}[${type}]{`,
      ...indent(servedMethods(bridge, calls)),
      '})',
    ]),
    '}',
  );
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
  const own = identity.length === 0 ? `${internalName(bridge.contract, 'identity')}()` : 'identity';
  file.add(
    `// ${name} makes what the archive of ${what} gives Rust. For generated code.`,
    `func ${name}(makeRoom ${file.grout('MakeRoom')}, open func() (${type}, error)) ${server} {`,
    ...indent([
      ...identity,
      `return ${file.grout('NewServer')}(${goString(service.fullName)}, ${own}, makeRoom, open, []${file.grout('Served')}[${type}]{`,
      ...indent(servedMethods(bridge, calls)),
      '})',
    ]),
    '}',
  );
}

function printOwnIdentity(file: GoFile, bridge: Bridge, start: string): string[] {
  const layouts = bridge.callbacks.flatMap((service) => servedLayouts(file, bridge, service));
  return [...printIdentity(file, bridge, { start, layouts }), '}'];
}
