import { isOnlyService } from '../../abi-names.js';
import type { Bridge } from '../../bridge.js';
import type { CallbackService } from '../../callbacks.js';
import { docComment, enumeration } from '../../docs.js';
import { printTypes } from '../api.js';
import { GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { namedDoc } from '../messages.js';
import { hostedNames } from '../names.js';
import { methodDeclarations } from '../signatures.js';
import { archiveFolder } from './archive.js';

/** api.gen.go: the messages, the errors and the services to implement. Knows nothing of how calls cross. */
export function printHostedApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  for (const service of bridge.callbacks) printService(file, bridge, service);
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

function packageDoc({ contract, callbacks, layout }: Bridge): string[] {
  const services = callbacks.map(({ service }) => service);
  const fullNames = enumeration(services.map(({ fullName }) => fullName));
  const interfaces = enumeration(services.map((service) => `[${hostedNames(contract, service).interface}]`));
  const first = `Package ${layout.go.package} has ${fullNames}, which Go implements and programs of Rust call in their process.`;
  const doc = isOnlyService(contract) ? services.map((service) => service.doc) : [];
  const start = `Implement ${interfaces}; the command ${archiveFolder(layout)} makes the library that Rust links.`;
  return docComment('//', [first, ...doc, start].join('\n\n'));
}
