import { ownEnums, placeholdersOf, type ErrorCode, type ErrorDomain, type Service } from '#contract';
import { isOnlyService } from '../abi-names.js';
import type { Bridge, ServiceCalls } from '../bridge.js';
import type { Call } from '../crossing.js';
import { docComment, enumeration } from '../docs.js';
import { ownValueMessages } from '../members.js';
import { partsOf, type Extended } from '../parts.js';
import { printCallbackInterface } from './callbacks.js';
import { printNewBuffer } from './buffers.js';
import { printServicesType } from './connect.js';
import { goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { namedDoc, printEnum, printMessage } from './messages.js';
import { errorName, exportedName, serviceNames } from './names.js';
import { printCheckedMethod, printObject } from './objects.js';
import { embedded, methodDeclarations } from './signatures.js';

/** api.gen.go: the messages, the errors, the services and their clients. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  const types = new GoTypes(file);
  const [always] = partsOf(bridge);
  for (const service of always.services) printService(file, bridge, types, service);
  for (const { service } of bridge.services) printClientType(file, bridge, service);
  printServicesType(file, bridge);
  file.add(`var connectOnce = ${file.std('sync', 'OnceValues')}(connect)`);
  for (const { whole, calls } of always.services) {
    printConstructors(file, bridge, whole.service);
    printClientMethods(file, bridge, whole.service, calls);
  }
  if (bridge.hasBuffers) printNewBuffer(file, bridge);
  for (const object of always.objects) printObject(file, types, object);
  for (const callback of bridge.callbacks) printCallbackInterface(file, types, callback);
  printTypes(file, bridge);
  return file.render();
}

/** What is declared in the contract besides services: messages, enums and errors. */
export function printTypes(file: GoFile, { contract }: Bridge): void {
  for (const message of ownValueMessages(contract)) printMessage(file, message);
  for (const declaration of ownEnums(contract)) printEnum(file, declaration);
  for (const domain of contract.errorDomains) printErrors(file, domain);
}

function packageDoc({ contract, services, layout }: Bridge): string[] {
  const names = services.map(({ service }) => serviceNames(contract, service));
  const doc = isOnlyService(contract) ? services.map(({ service }) => service.doc) : [];
  const fullNames = enumeration(services.map(({ service }) => service.fullName));
  const first = `Package ${layout.go.package} calls ${fullNames}, which Rust implements in this process.`;
  const constructors = enumeration(names.map((it) => `[${it.constructor}]`));
  const mocks = enumeration(names.map((it) => `[${it.mock}]`));
  const standIn = isOnlyService(contract) ? 'stands in for the service' : 'stand in for the services';
  const start = `Connect with ${constructors}; ${mocks} ${standIn} in tests.`;
  return docComment('//', [first, ...doc, start].join('\n\n'));
}

/** What Go calls, as an interface. */
function printService(
  file: GoFile,
  { contract }: Bridge,
  types: GoTypes,
  { whole: { service }, calls, extensions }: Extended<ServiceCalls>,
): void {
  const { interface: name, client } = serviceNames(contract, service);
  const text = `${name} is ${service.fullName} as Go sees it: what a [${client}] calls, and what a fake implements.`;
  const doc = isOnlyService(contract) || service.doc === '' ? [] : [...namedDoc(name, service.doc, ''), '//'];
  file.add(
    ...doc,
    `// ${doc.length === 0 ? text : text.replace(`${name} is`, 'It is')}`,
    `type ${name} interface {`,
    ...indent(methodDeclarations(file, types, calls)),
    ...indent(embedded(name, extensions, calls.length === 0)),
    '}',
  );
}

function printClientType(file: GoFile, { contract }: Bridge, service: Service): void {
  const { client, interface: type } = serviceNames(contract, service);
  file.add(
    `// ${client} calls ${service.fullName}. It is safe for use by several goroutines at once.`,
    `type ${client} struct {`,
    `\tservice ${type}`,
    '}',
  );
}

function printConstructors(file: GoFile, { contract, layout }: Bridge, service: Service): void {
  const names = serviceNames(contract, service);
  const [connected, implementation] = isOnlyService(contract)
    ? ['service', 'service']
    : ['connected', `connected.${names.field}`];
  file.add(
    `// ${names.constructor} connects to the implementation. The first call makes sure that both sides were generated from the same`,
    `// contract; the error of one that were not is [grout.ErrHandshake].`,
    `func ${names.constructor}() (*${names.client}, error) {`,
    `\t${connected}, err := connectOnce()`,
    '\tif err != nil {',
    `\t\treturn nil, ${file.std('fmt', 'Errorf')}("${layout.go.package}: %w", err)`,
    '\t}',
    `\treturn ${names.constructorWith}(${implementation}), nil`,
    '}',
  );
  file.add(
    `// ${names.constructorWith} makes a client of any ${isOnlyService(contract) ? 'service' : `[${names.interface}]`}, such as a [${names.mock}].`,
    `func ${names.constructorWith}(service ${names.interface}) *${names.client} {`,
    `\treturn &${names.client}{service: service}`,
    '}',
  );
}

/** The methods of a client. */
export function printClientMethods(file: GoFile, { contract }: Bridge, service: Service, calls: readonly Call[]): void {
  const { client: type } = serviceNames(contract, service);
  const types = new GoTypes(file);
  for (const call of calls) {
    printCheckedMethod(file, types, call, { self: 'c', type, check: `${file.grout('CheckContext')}(ctx)` });
  }
}

function printErrors(file: GoFile, domain: ErrorDomain): void {
  for (const code of domain.codes) {
    const { name, number, hint, retry, canonical, redact } = code;
    const variable = errorName(name);
    const facts = [
      goString(domain.fullName),
      String(number),
      goString(name),
      goString(hint),
      file.grout(`Retry${exportedName(retry)}`),
    ];
    const calls = [
      ...(canonical === undefined ? [] : [`.WithCanonical(${file.grout(`Canonical${exportedName(canonical)}`)})`]),
      ...(redact ? ['.Redacting()'] : []),
    ];
    file.add(
      ...errorDoc(domain, code, variable),
      `var ${variable} = ${file.grout('NewKind')}(${facts.join(', ')})${calls.join('')}`,
    );
  }
}

function errorDoc(domain: ErrorDomain, { name, doc, hint }: ErrorCode, variable: string): string[] {
  const fallback = `${variable} is ${name} of ${domain.fullName}; compare with [errors.Is].`;
  const lines = namedDoc(variable, doc, fallback);
  const names = placeholdersOf(hint);
  if (names.length === 0) return lines;
  return [...lines, '//', `// Its hint shows arguments: ${names.map((it) => `With("${it}", …)`).join('.')}.`];
}
