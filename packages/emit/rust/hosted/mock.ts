import type { Contract } from '#contract';
import type { Bridge } from '../../bridge.js';
import type { CallbackCall, CallbackService } from '../../callbacks.js';
import { generatedHeader } from '../../docs.js';
import { methodHead } from '../traits.js';
import { callExpression, fieldDeclaration, indent, rustString } from '../layout.js';
import { codeEnumName, mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { typeNamed } from '../../members.js';
import { hostedNames } from './names.js';

/** src/generated/mock.rs: stands in for Go. */
export function printMocks(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::{Cx, ffi};'],
    ...bridge.callbacks.flatMap((service) => printMock(bridge.contract, service)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printMock(contract: Contract, { service, calls }: CallbackService): string[][] {
  const types = new RustTypes(contract);
  const { mock } = hostedNames(contract, service);
  return [
    [
      `/// Stands in for \`${service.fullName}\` of Go in tests: it answers as its functions do, and copies and refuses what is`,
      '/// passed and answered as crossing does. A method without a function fails with `UNIMPLEMENTED`.',
      '#[derive(Default)]',
      `pub struct ${mock} {`,
      ...indent(calls.flatMap((call) => printField(contract, types, call))),
      '}',
    ],
    [`impl ${mock} {`, ...indent(blankBetween(calls.map((call) => printAnswer(types, call)))), '}'],
    [
      `impl api::${typeName(service.name)} for ${mock} {`,
      ...indent(blankBetween(calls.map((call) => printMethod(types, call)))),
      '}',
    ],
    [
      `impl std::fmt::Debug for ${mock} {`,
      "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {",
      `        f.debug_struct(${rustString(mock)}).finish_non_exhaustive()`,
      '    }',
      '}',
    ],
  ];
}

function printField(contract: Contract, types: RustTypes, { method }: CallbackCall): string[] {
  const codes =
    method.errorDomain === undefined
      ? 'grout::NoCode'
      : `api::${codeEnumName(typeNamed(contract, method.errorDomain).name)}`;
  const [request, response] = [method.request, method.response].map((it) => `api::${types.named(it)}`);
  const type = `Option<ffi::MockFn<${request ?? ''}, ${response ?? ''}, ${codes}>>`;
  return fieldDeclaration(valueName(method.name), type, 4);
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
