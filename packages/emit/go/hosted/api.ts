import { isOnlyService } from '../../abi-names.js';
import type { Bridge } from '../../bridge.js';
import type { CallbackService, HostedObject } from '../../callbacks.js';
import { docComment, docLines, enumeration } from '../../docs.js';
import { printTypes } from '../api.js';
import { GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { namedDoc } from '../messages.js';
import { hostedNames, objectNames } from '../names.js';
import { methodDeclarations } from '../signatures.js';
import { archiveFolder } from './archive.js';
import { printGivenInterface } from './given.js';

/** api.gen.go: the messages, the errors and the services to implement. Knows nothing of how calls cross. */
export function printHostedApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  for (const service of bridge.hosted.services) printService(file, bridge, service);
  for (const object of bridge.hosted.objects) printObject(file, object);
  for (const service of bridge.hosted.given) printGivenInterface(file, service);
  printTypes(file, bridge);
  return file.render();
}

function printService(file: GoFile, { contract }: Bridge, { service, calls }: CallbackService): void {
  const { interface: name } = hostedNames(contract, service);
  const text = `${name} is ${service.fullName}, which Go implements.`;
  file.add(
    ...(isOnlyService(contract) ? [`// ${text}`] : namedDoc(name, service.doc, text)),
    '//',
    '// One instance serves all calls, from any thread, several at once. The context has the deadline of the call, and ends',
    '// when Rust cancels it. A panic ends only its call: Rust receives it as an error.',
    `type ${name} interface {`,
    ...indent(methodDeclarations(file, new GoTypes(file), calls)),
    '}',
  );
}

/** What stands behind a handle. */
function printObject(file: GoFile, { handle, options, calls }: HostedObject): void {
  const { type } = objectNames(handle.name);
  const sharing = options.threadSafe
    ? 'Its methods are called from any thread, several at once.'
    : 'Its methods are called from any thread, one at a time.';
  const closing = options.closeBlocks ? ', on another thread' : '';
  const separator = calls.some(({ method }) => docLines(method.doc).length > 0) ? [''] : [];
  file.add(
    ...namedDoc(type, handle.doc, `${type} is ${handle.fullName}, which Go implements.`),
    '//',
    `// Rust owns what a method returns. ${sharing} A panic ends only its call.`,
    `type ${type} interface {`,
    ...indent([
      ...methodDeclarations(file, new GoTypes(file), calls),
      ...separator,
      '// Close frees what the object holds. It is called once, when Rust has closed or dropped it and the last call on it',
      `// has ended${closing}.`,
      'Close() error',
    ]),
    '}',
  );
}

function packageDoc({ contract, hosted, layout }: Bridge): string[] {
  const services = hosted.services.map(({ service }) => service);
  const fullNames = enumeration(services.map(({ fullName }) => fullName));
  const interfaces = enumeration(services.map((service) => `[${hostedNames(contract, service).interface}]`));
  const first = `Package ${layout.go.package} has ${fullNames}, which Go implements and programs of Rust call in their process.`;
  const doc = isOnlyService(contract) ? services.map((service) => service.doc) : [];
  const start = `Implement ${interfaces}; the command ${archiveFolder(layout)} makes the library that Rust links.`;
  return docComment('//', [first, ...doc, start].join('\n\n'));
}
