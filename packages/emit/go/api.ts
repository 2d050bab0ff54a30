import { placeholdersOf, type ErrorCode, type ErrorDomain, type Field, type Message, type Method } from '#contract';
import type { Bridge } from '../bridge.js';
import { docComment, docLines } from '../docs.js';
import { goString, GoFile, indent } from './go-file.js';
import { fieldType, methodNames } from './go-types.js';
import { errorName, exportedName } from './names.js';

/** api.gen.go: the messages, the errors, the service and its client. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const file = new GoFile(bridge, { packageDoc: packageDoc(bridge) });
  printService(file, bridge);
  printClient(file, bridge);
  for (const { displayName, method } of bridge.calls) printClientMethod(file, method, displayName);
  for (const message of bridge.contract.messages) printMessage(file, message);
  for (const domain of bridge.contract.errorDomains) printErrors(file, domain);
  return file.render();
}

function packageDoc({ service, layout }: Bridge): string[] {
  const first = `Package ${layout.go.package} calls ${service.fullName}, which Rust implements in this process.`;
  const start = 'Connect with [New]; [Mock] stands in for the service in tests.';
  return docComment('//', [first, service.doc, start].join('\n\n'));
}

function printService(file: GoFile, { service, calls }: Bridge): void {
  const methods = calls.flatMap(({ method }, at) => {
    const { method: name, request, response } = methodNames(method);
    const doc = method.doc === '' ? [] : namedDoc(name, method.doc, '');
    const separator = at > 0 && doc.length > 0 ? [''] : [];
    return [
      ...separator,
      ...doc,
      `${name}(ctx ${file.std('context', 'Context')}, req ${request}) (${response}, error)`,
    ];
  });
  file.add(
    `// Service is ${service.fullName} as Go sees it: what a [Client] calls, and what a fake implements.`,
    'type Service interface {',
    ...indent(methods),
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

function printClientMethod(file: GoFile, method: Method, displayName: string): void {
  const { method: name, request, response } = methodNames(method);
  const fail = [`return ${response}{}, ${file.grout('InMethod')}(err, ${goString(displayName)})`];
  file.add(
    ...namedDoc(name, method.doc, `${name} calls ${displayName}.`),
    `func (c *Client) ${name}(ctx ${file.std('context', 'Context')}, req ${request}) (${response}, error) {`,
    ...indent([
      `if err := ${file.grout('CheckContext')}(ctx); err != nil {`,
      ...indent(fail),
      '}',
      `resp, err := c.service.${name}(ctx, req)`,
      'if err != nil {',
      ...indent(fail),
      '}',
      'return resp, nil',
    ]),
    '}',
  );
}

function printMessage(file: GoFile, message: Message): void {
  const name = exportedName(message.name);
  const doc = namedDoc(name, message.doc, `${name} is ${message.fullName}.`);
  if (message.fields.length === 0) file.add(...doc, `type ${name} struct{}`);
  else file.add(...doc, `type ${name} struct {`, ...indent(fieldLines(message.fields)), '}');
}

/** Fields in gofmt's columns, which reach over fields that follow each other; a documented field begins a new one. */
function fieldLines(fields: readonly Field[]): string[] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const group = groups.at(-1);
    if (group === undefined || docLines(field.doc).length > 0) groups.push([field]);
    else group.push(field);
  }
  return groups.flatMap((group, at) => {
    const width = Math.max(...group.map((field) => exportedName(field.name).length));
    const lines = group.map((field) => `${exportedName(field.name).padEnd(width)} ${fieldType(field.type)}`);
    return [...(at > 0 ? [''] : []), ...docComment('//', group[0]?.doc ?? ''), ...lines];
  });
}

/** Go's comments begin with the name of what they are on; one that does not gets it put before. */
function namedDoc(name: string, doc: string, fallback: string): string[] {
  const [first] = docLines(doc);
  const text = first === undefined ? fallback : doc.trimStart();
  return docComment('//', first === undefined || first.startsWith(`${name} `) ? text : `${name}: ${text}`);
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
