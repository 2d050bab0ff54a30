import type { Contract } from '#contract';
import type { Bridge } from '../../bridge.js';
import type { CallbackCall } from '../../callbacks.js';
import { generatedHeader } from '../../docs.js';
import { methodHead, receiverOfTrait } from '../traits.js';
import { assignment, callExpression, fieldDeclaration, indent, rustString } from '../layout.js';
import { codeEnumName, mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { typeNamed } from '../../members.js';
import { printHeld } from './given.js';
import { closeName, givenNames, hostedNames, objectNames } from './names.js';

/** src/generated/mock.rs: stands in for Go. */
export function printMocks(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::{Cx, ffi};', ...(bridge.hosted.given.length > 0 ? ['use std::sync::Arc;'] : [])],
    ...bridge.hosted.given.flatMap((given) => printHeld(new RustTypes(bridge.contract), given)),
    ...mocksOf(bridge).flatMap((mock) => printMock(bridge.contract, mock)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What stands in for a service, or for what stands behind a handle. */
interface Mock {
  readonly name: string;
  readonly trait: string;
  /** What it stands in for, in the contract's words. */
  readonly of: string;
  /** How its methods take it. */
  readonly self: string;
  readonly calls: readonly CallbackCall[];
  /** Of an object: how it is closed, for people. */
  readonly close?: string;
}

function mocksOf({ contract, hosted }: Bridge): Mock[] {
  return [
    ...hosted.services.map(({ service, calls }) => {
      const { mock: name } = hostedNames(contract, service);
      return { name, trait: typeName(service.name), of: service.fullName, self: '&self', calls };
    }),
    ...hosted.objects.map(({ handle, calls }) => {
      const { mock: name, trait } = objectNames(handle);
      return { name, trait, of: handle.fullName, self: receiverOfTrait(handle), calls, close: closeName(handle) };
    }),
  ];
}

function printMock(contract: Contract, { name, trait, of, self, calls, close }: Mock): string[][] {
  const types = new RustTypes(contract);
  const fields = [
    ...calls.flatMap((call) => printField(contract, types, call)),
    ...(close === undefined ? [] : ['close: Option<ffi::MockCloseFn>,']),
    'log_: Option<grout::MockLog>,',
  ];
  const answers = blankBetween([
    ...calls.map((call) => printAnswer(types, call)),
    ...(close === undefined ? [] : [printCloseAnswer(close)]),
    recording,
  ]);
  const methods = blankBetween([
    ...calls.map((call) => printMethod(types, call, self)),
    ...(close === undefined ? [] : [printClose(close)]),
  ]);
  return [
    [
      `/// Stands in for \`${of}\` of Go in tests: it answers as its functions do, and copies and refuses what is`,
      '/// passed and answered as crossing does. A method without a function fails with `UNIMPLEMENTED`.',
      '#[derive(Default)]',
      ...unlessFitting(indent(fields)),
      ...block(`pub struct ${name}`, fields),
    ],
    ...(answers.length === 0 ? [] : [block(`impl ${name}`, answers)]),
    block(`impl api::${trait} for ${name}`, methods),
    [
      `impl std::fmt::Debug for ${name} {`,
      "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {",
      `        f.debug_struct(${rustString(name)}).finish_non_exhaustive()`,
      '    }',
      '}',
    ],
  ];
}

/** What is too long for a line is broken by rustfmt in ways that are not known here. */
function unlessFitting(lines: readonly string[]): string[] {
  return lines.some((line) => line.length > 100) ? ['#[rustfmt::skip]'] : [];
}

function block(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`${head} {}`] : [`${head} {`, ...indent(lines), '}'];
}

function printField(contract: Contract, types: RustTypes, { method, callback }: CallbackCall): string[] {
  const codes =
    method.errorDomain === undefined
      ? 'grout::NoCode'
      : `api::${codeEnumName(typeNamed(contract, method.errorDomain).name)}`;
  const [request, response] = [method.request, method.response].map((it) => `api::${types.named(it)}`);
  const given = callback === undefined ? undefined : `Arc<dyn api::${typeName(callback.name)}>`;
  const type =
    given === undefined
      ? `Option<ffi::MockFn<${request ?? ''}, ${response ?? ''}, ${codes}>>`
      : `Option<ffi::MockGivenFn<${request ?? ''}, ${given}, ${response ?? ''}, ${codes}>>`;
  return fieldDeclaration(valueName(method.name), type, 4);
}

function printAnswer(types: RustTypes, { method, displayName, callback }: CallbackCall): string[] {
  const error = method.errorDomain === undefined ? types.error(method) : `api::${types.error(method)}`;
  const result = `Result<api::${types.named(method.response)}, ${error}>`;
  const given = callback === undefined ? '' : `, Arc<dyn api::${typeName(callback.name)}>`;
  const answering = bounds(`F: Fn(&Cx, api::${types.named(method.request)}${given}) -> ${result}`);
  return [
    `/// Answers calls of \`${displayName}\`.`,
    '#[must_use]',
    ...unlessFitting(indent(indent(answering))),
    `pub fn ${mockMethod(method)}<F>(mut self, answer: F) -> Self`,
    'where',
    ...indent(answering),
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

function printMethod(types: RustTypes, call: CallbackCall, self: string): string[] {
  const { method, displayName, opens, callback } = call;
  const answer = `self.${valueName(method.name)}.as_ref()`;
  const given = callback === undefined ? [] : ['given'];
  const values = [rustString(displayName), 'self.log_.as_ref()', 'cx', '&request', ...given, answer];
  const mocked = `ffi::mocked${callback === undefined ? '' : '_given'}${opens === undefined ? '' : '_object'}`;
  return [
    ...methodHead(types, call, self, ' {', 'api::'),
    ...indent([
      ...(callback === undefined
        ? []
        : assignment(
            `let given: Arc<dyn api::${typeName(callback.name)}>`,
            `Arc::new(${givenNames(callback).held}(callback))`,
            8,
          )),
      ...callExpression(mocked, values, '', 8),
    ]),
    '}',
  ];
}

/** A mock that is not told how fails to close as little as most objects do. */
function printCloseAnswer(close: string): string[] {
  return [
    `/// Answers \`${close}\`, which succeeds without a function.`,
    '#[must_use]',
    'pub fn on_close<F>(mut self, answer: F) -> Self',
    'where',
    "    F: FnOnce() -> Result<(), grout::Error> + Send + Sync + 'static,",
    '{',
    '    self.close = Some(Box::new(answer));',
    '    self',
    '}',
  ];
}

function printClose(close: string): string[] {
  const values = [rustString(close), 'self.log_.as_ref()', '&mut self.close'];
  return [
    'fn close(&mut self) -> Result<(), grout::Error> {',
    ...indent(callExpression('ffi::mocked_close', values, '', 8)),
    '}',
  ];
}

/** How a test sees what a mock is asked, wherever that is by then. */
const recording = [
  '/// Notes what it is asked in a log, of which a test has a copy.',
  '#[must_use]',
  'pub fn recorded_by(mut self, log: &grout::MockLog) -> Self {',
  '    self.log_ = Some(log.clone());',
  '    self',
  '}',
];

function blankBetween(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines));
}
