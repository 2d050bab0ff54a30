import { placeholdersOf, type ErrorCode, type ErrorDomain } from '#contract';
import { ownCalls, type Bridge } from '../bridge.js';
import { docComment } from '../docs.js';
import { valueMessages } from '../members.js';
import { printCallbackInterface } from './callbacks.js';
import { goString, GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { namedDoc, printEnum, printMessage } from './messages.js';
import { methodDeclarations, printCheckedMethod, printObject } from './objects.js';
import { errorName, exportedName } from './names.js';

/** api.gen.go: the messages, the errors, the service and its client. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  printService(file, bridge);
  printClient(file, bridge);
  const types = new GoTypes(bridge.contract);
  const client = { self: 'c', type: 'Client', check: `${file.grout('CheckContext')}(ctx)` };
  for (const call of ownCalls(bridge)) printCheckedMethod(file, types, call, client);
  for (const object of bridge.objects) printObject(file, bridge.contract, object);
  for (const callback of bridge.callbacks) printCallbackInterface(file, types, callback);
  for (const message of valueMessages(bridge.contract)) printMessage(file, bridge.contract, message);
  for (const declaration of bridge.contract.enums) printEnum(file, declaration);
  for (const domain of bridge.contract.errorDomains) printErrors(file, domain);
  return file.render();
}

function packageDoc({ service, layout }: Bridge): string[] {
  const first = `Package ${layout.go.package} calls ${service.fullName}, which Rust implements in this process.`;
  const start = 'Connect with [New]; [Mock] stands in for the service in tests.';
  return docComment('//', [first, service.doc, start].join('\n\n'));
}

function printService(file: GoFile, bridge: Bridge): void {
  file.add(
    `// Service is ${bridge.service.fullName} as Go sees it: what a [Client] calls, and what a fake implements.`,
    'type Service interface {',
    ...indent(methodDeclarations(file, bridge.contract, ownCalls(bridge))),
    '}',
  );
}

function printClient(file: GoFile, { service, layout }: Bridge): void {
  file.add(
    `// Client calls ${service.fullName}. It is safe for use by several goroutines at once.`,
    'type Client struct {',
    '\tservice Service',
    '}',
  );
  file.add(`var connectOnce = ${file.std('sync', 'OnceValues')}(connect)`);
  file.add(
    `// New connects to the implementation. The first call makes sure that both sides were generated from the same`,
    `// contract; the error of one that were not is [${file.grout('ErrHandshake')}].`,
    'func New() (*Client, error) {',
    '\tservice, err := connectOnce()',
    '\tif err != nil {',
    `\t\treturn nil, ${file.std('fmt', 'Errorf')}("${layout.go.package}: %w", err)`,
    '\t}',
    '\treturn NewWith(service), nil',
    '}',
  );
  file.add(
    '// NewWith makes a client of any service, such as a [Mock].',
    'func NewWith(service Service) *Client {',
    '\treturn &Client{service: service}',
    '}',
  );
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
