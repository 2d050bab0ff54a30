import { hostedService, type Bridge } from '../../bridge.js';
import type { CallbackCall } from '../../callbacks.js';
import { generatedHeader } from '../../docs.js';
import { methodHead } from '../traits.js';
import { callExpression, fieldDeclaration, indent, rustString } from '../layout.js';
import { codeEnumName, mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { typeNamed } from '../../members.js';

/** src/generated/mock.rs: stands in for Go. */
export function printMock(bridge: Bridge): string {
  const { contract } = bridge;
  const types = new RustTypes(contract);
  const { service, calls } = hostedService(bridge);
  const fields = calls.flatMap(({ method }) => {
    const codes =
      method.errorDomain === undefined
        ? 'grout::NoCode'
        : `api::${codeEnumName(typeNamed(contract, method.errorDomain).name)}`;
    const [request, response] = [method.request, method.response].map((it) => `api::${types.named(it)}`);
    const type = `Option<ffi::MockFn<${request ?? ''}, ${response ?? ''}, ${codes}>>`;
    return fieldDeclaration(valueName(method.name), type, 4);
  });
  const sections = [
    [...generatedHeader('//', contract.files)],
    ['use super::api;', 'use grout::{Cx, ffi};'],
    [
      `/// Stands in for \`${service.fullName}\` of Go in tests: it answers as its functions do, and copies and refuses what is`,
      '/// passed and answered as crossing does. A method without a function fails with `UNIMPLEMENTED`.',
      '#[derive(Default)]',
      'pub struct Mock {',
      ...indent(fields),
      '}',
    ],
    ['impl Mock {', ...indent(blankBetween(calls.map((call) => printAnswer(types, call)))), '}'],
    [
      `impl api::${typeName(service.name)} for Mock {`,
      ...indent(blankBetween(calls.map((call) => printMethod(types, call)))),
      '}',
    ],
    [
      'impl std::fmt::Debug for Mock {',
      "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {",
      '        f.debug_struct("Mock").finish_non_exhaustive()',
      '    }',
      '}',
    ],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printAnswer(types: RustTypes, { method, displayName }: CallbackCall): string[] {
  const error = method.errorDomain === undefined ? types.error(method) : `api::${types.error(method)}`;
  const result = `Result<api::${types.named(method.response)}, ${error}>`;
  return [
    `/// Answers calls of \`${displayName}\`.`,
    '#[must_use]',
    `pub fn ${mockMethod(method)}<F>(mut self, answer: F) -> Self`,
    'where',
    ...indent(bounds(`F: Fn(&Cx, api::${types.named(method.request)}) -> ${result}`)),
    '{',
    ...indent([`self.${valueName(method.name)} = Some(Box::new(answer));`, 'self']),
    '}',
  ];
}

/** Bounds on one line, or each on a line of its own, as rustfmt would have them. */
function bounds(first: string): string[] {
  const line = `${first} + Send + Sync + 'static,`;
  return line.length + 8 <= 100 ? [line] : [first, ...indent(['+ Send', '+ Sync', "+ 'static,"])];
}

function printMethod(types: RustTypes, call: CallbackCall): string[] {
  const answer = `self.${valueName(call.method.name)}.as_ref()`;
  const values = [rustString(call.displayName), 'cx', '&request', answer];
  return [
    ...methodHead(types, call, '&self', ' {', 'api::'),
    ...indent(callExpression('ffi::mocked', values, '', 8)),
    '}',
  ];
}

function blankBetween(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines));
}
