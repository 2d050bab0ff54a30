import type { ErrorDomain } from '#contract';
import type { Bridge } from '../bridge.js';
import { docComment, generatedHeader } from '../docs.js';
import { printEnum } from './enums.js';
import { printErrorDomain } from './errors.js';
import { indent, signature } from './layout.js';
import { importsOf, printMessage } from './messages.js';
import { typeName, valueName } from './names.js';
import { RustTypes } from './rust-types.js';

/** src/generated/api.rs: the messages, the trait to implement and the errors. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const { contract } = bridge;
  const types = new RustTypes(contract);
  const imports = importsOf(contract);
  const sections = [
    [...generatedHeader('//', contract.files)],
    ...(imports.length > 0 ? [imports] : []),
    printTrait(bridge, types),
    ...contract.messages.flatMap((message) => printMessage(types, message)),
    ...contract.enums.flatMap((declaration) => printEnum(declaration)),
    ...contract.errorDomains.map((domain: ErrorDomain) => printErrorDomain(domain)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printTrait({ service, calls }: Bridge, types: RustTypes): string[] {
  const doc = docComment('///', service.doc, `The service \`${service.fullName}\`.`);
  const methods = calls.flatMap(({ method, displayName }, at) => {
    const parameters = ['&self', 'cx: &grout::Cx', `request: ${types.named(method.request)}`];
    const end = ` -> Result<${types.named(method.response)}, ${types.error(method)}>;`;
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
