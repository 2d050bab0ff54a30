import { hostedService, type Bridge } from '../../bridge.js';
import { docComment } from '../../docs.js';
import { printTypes } from '../api.js';
import { GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { methodDeclarations } from '../signatures.js';
import { archiveFolder } from './archive.js';

/** api.gen.go: the messages, the errors and the service to implement. Knows nothing of how calls cross. */
export function printHostedApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  const { service, calls } = hostedService(bridge);
  file.add(
    `// Service is ${service.fullName}, which Go implements.`,
    '//',
    '// One instance serves all calls, from any thread, several at once. The context has the deadline of the call, and ends',
    '// when Rust cancels it. A panic ends only its call: Rust receives it as an error.',
    'type Service interface {',
    ...indent(methodDeclarations(file, new GoTypes(file), calls)),
    '}',
  );
  printTypes(file, bridge);
  return file.render();
}

function packageDoc(bridge: Bridge): string[] {
  const { layout } = bridge;
  const { service } = hostedService(bridge);
  const first = `Package ${layout.go.package} has ${service.fullName}, which Go implements and programs of Rust call in their process.`;
  const start = `Implement [Service]; the command ${archiveFolder(layout)} makes the library that Rust links.`;
  return docComment('//', [first, service.doc, start].join('\n\n'));
}
