import type { ErrorDomain, Message } from '#contract';
import type { Bridge } from '../bridge.js';
import { docComment, generatedHeader } from '../docs.js';
import { printErrorDomain } from './errors.js';
import { fieldDeclaration, indent, signature } from './layout.js';
import { typeName, valueName } from './names.js';
import { errorType, fieldType, messageType } from './rust-types.js';

/** src/generated/api.rs: the messages, the trait to implement and the errors. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const { contract } = bridge;
  const sections = [
    [...generatedHeader('//', contract.files)],
    printTrait(bridge),
    ...contract.messages.map((message: Message) => printMessage(message)),
    ...contract.errorDomains.map((domain: ErrorDomain) => printErrorDomain(domain)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printTrait({ service, calls }: Bridge): string[] {
  const doc = docComment('///', service.doc, `The service \`${service.fullName}\`.`);
  const methods = calls.flatMap(({ method, displayName }, at) => {
    const parameters = ['&self', 'cx: &grout::Cx', `request: ${messageType(method.request)}`];
    const end = ` -> Result<${messageType(method.response)}, ${errorType(method)}>;`;
    return [
      ...(at > 0 ? [''] : []),
      ...docComment('///', method.doc, `Serves \`${displayName}\`.`),
      ...signature(`fn ${valueName(method.name)}`, parameters, end, 4),
    ];
  });
  const sharing = [
    '///',
    '/// One instance serves all calls, from any thread. A panic ends only its call: Go receives it as an error.',
  ];
  const head = `pub trait ${typeName(service.name)}: Send + Sync + 'static {`;
  return [...doc, ...sharing, head, ...indent(methods), '}'];
}

function printMessage(message: Message): string[] {
  const doc = docComment('///', message.doc, `The message \`${message.fullName}\`.`);
  const head = `pub struct ${typeName(message.name)} {`;
  const fields = message.fields.flatMap((field) => [
    ...docComment('///', field.doc),
    ...fieldDeclaration(`pub ${valueName(field.name)}`, fieldType(field.type), 4),
  ]);
  const body = fields.length === 0 ? [`${head}}`] : [head, ...indent(fields), '}'];
  return [...doc, '#[derive(Debug, Clone, PartialEq, Default)]', ...body];
}
