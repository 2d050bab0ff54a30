import type { Contract, Service } from '#contract';
import type { CallbackCall, CallbackService, GivenService } from '../../callbacks.js';
import {
  conformanceDoc,
  conformanceErrors,
  conformanceRefusals,
  conformanceTests,
  type ConformanceTest,
} from '../../conformance.js';
import { generatedHeader } from '../../docs.js';
import { indent, rustString } from '../layout.js';
import { codeEnumName, mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { Literals } from '../tests/literals.js';
import { archiveFeature } from './archive-feature.js';
import { printNobody } from './given.js';
import { hostedNames, type HostedNames } from './names.js';

/** What a suite is about: a service of Go, and how the crate names what belongs to it. */
interface Suite extends CallbackService {
  readonly contract: Contract;
  readonly names: HostedNames;
}

/** src/generated/conformance.rs: what holds for every implementation of a service, checked of Go and of the mock alike. */
export function printConformance(contract: Contract, hosted: CallbackService, all: readonly GivenService[]): string {
  const suite = { ...hosted, contract, names: hostedNames(contract, hosted.service) };
  const given = all.filter(({ service }) => hosted.calls.some(({ callback }) => callback === service));
  const refusals = printRefusals(suite);
  const needsMaps = refusals.some((line) => line.includes('BTreeMap'));
  const sections = [
    [...generatedHeader('//', contract.files)],
    [
      'use super::api;',
      `use super::mock::${suite.names.mock};`,
      'use grout::{Cx, RuntimeCode, testing};',
      ...(needsMaps ? ['use std::collections::BTreeMap;'] : []),
      'use std::time::SystemTime;',
    ],
    printClients(suite),
    ...printNobody(new RustTypes(contract), given),
    printContextTest(),
    printRefusalTest(),
    printPanicTest(),
    ...printErrorTest(suite),
    printCalls(suite),
    refusals,
    printPanics(suite),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Statements for each call of each client. */
function everywhere(calls: 'calls' | 'refusals', body: readonly string[]): string[] {
  return ['for (name, client) in clients() {', ...indent([`for it in ${calls}() {`, ...indent(body), '}']), '}'];
}

function printContextTest(): string[] {
  const failing = (cx: string, code: string, message: string): string[] => [
    `let (code, message) = (RuntimeCode::${code}, ${message});`,
    `let failed = (it.call)(&*client, &${cx});`,
    'testing::check_error(name, failed, code, it.method, message);',
  ];
  return printTest(conformanceTests.doneContext, [
    'let (canceled, canceler) = Cx::background().cancelable();',
    'canceler.cancel();',
    'let expired = Cx::background().with_deadline(SystemTime::UNIX_EPOCH);',
    'let passed = "the deadline of the call has passed";',
    ...everywhere('calls', [
      ...failing('canceled', 'Canceled', '"the caller has canceled the call"'),
      ...failing('expired', 'DeadlineExceeded', 'passed'),
    ]),
  ]);
}

function printRefusalTest(): string[] {
  return printTest(conformanceTests.refusals, [
    'let (cx, code) = (Cx::background(), RuntimeCode::InvalidArgument);',
    ...everywhere('refusals', ['testing::check_error(name, (it.call)(&*client, &cx), code, it.method, it.refusal);']),
  ]);
}

function printPanicTest(): string[] {
  return printTest(conformanceTests.panics, [
    'let (cx, mock) = (Cx::background(), panics());',
    'for _ in 0..2 {',
    ...indent([
      'for it in calls() {',
      ...indent([
        'let (code, message) = (RuntimeCode::Panic, "the mock panicked: on purpose");',
        'testing::check_error("the mock", (it.call)(&mock, &cx), code, it.method, message);',
      ]),
      '}',
    ]),
    '}',
  ]);
}

function printErrorTest({ contract, service, calls, names }: Suite): string[][] {
  const failing = conformanceErrors(contract, calls);
  if (failing.length === 0) return [];
  const types = new RustTypes(contract);
  const body = failing.flatMap(({ call: { method, displayName, callback }, domain }) => {
    const codes = domain.codes.map(({ name }) => `api::${codeEnumName(domain.name)}::${typeName(name)}`);
    const called = `api::${typeName(service.name)}::${valueName(method.name)}`;
    const [only, ...more] = codes;
    const isOnly = only !== undefined && more.length === 0;
    return [
      ...(isOnly ? ['{', `    let code = ${only};`] : [`for code in [${codes.join(', ')}] {`]),
      ...indent([
        `let mock = ${names.mock}::default().${mockMethod(method)}(move |${blanks(callback)}| Err(code.error("on purpose")));`,
        `let failed = ${called}(&mock, &cx, api::${types.named(method.request)}::default()${nobody(callback)});`,
        'let error = failed.expect_err("on purpose");',
        'assert_eq!((error.code(), error.message()), (Some(code), "on purpose"));',
        `assert_eq!(error.method(), ${rustString(displayName)});`,
      ]),
      '}',
    ];
  });
  return [printTest(conformanceTests.errors, ['let cx = Cx::background();', ...body], ['#[rustfmt::skip]'])];
}

function printClients({ service, names: { connect, mock } }: Suite): string[] {
  const trait = `api::${typeName(service.name)}`;
  return [
    '/// Clients of all that has to behave alike. The mock answers nothing: what is refused does not get as far.',
    `fn clients() -> Vec<(&'static str, Box<dyn ${trait}>)> {`,
    ...indent([
      `let mock: Box<dyn ${trait}> = Box::new(${mock}::default());`,
      `#[cfg(feature = "${archiveFeature}")]`,
      '{',
      `    let go = super::${connect}().expect("the archive of Go fits");`,
      '    vec![("the mock", mock), ("Go", Box::new(go))]',
      '}',
      `#[cfg(not(feature = "${archiveFeature}"))]`,
      'vec![("the mock", mock)]',
    ]),
    '}',
    '',
    '/// A call, and what is said of it when it is refused.',
    'struct Call {',
    ...indent([
      "method: &'static str,",
      `call: fn(&dyn ${trait}, &Cx) -> Result<(), grout::Error>,`,
      "refusal: &'static str,",
    ]),
    '}',
  ];
}

function printTest(test: ConformanceTest, body: readonly string[], attributes: readonly string[] = []): string[] {
  return [
    ...conformanceDoc(test).map((line) => `/// ${line}`),
    '#[test]',
    ...attributes,
    `fn ${test.name.replaceAll(' ', '_')}() {`,
    ...indent(body),
    '}',
  ];
}

function printCalls({ contract, calls }: Suite): string[] {
  const types = new RustTypes(contract);
  const each = calls.flatMap((call) => printCall(call, [`api::${types.named(call.method.request)}::default()`], ''));
  return printList('A call of each method.', 'calls', each);
}

/** Rust's own texts are UTF-8 by their type: what is at fault there cannot be written down. */
function printRefusals({ contract, calls }: Suite): string[] {
  const literals = new Literals(contract, 'testing::any_time');
  const each = conformanceRefusals(contract, calls)
    .filter(({ kind }) => kind !== 'text')
    .flatMap(({ call, request, error }) => printCall(call, literals.message(request), error));
  return printList('Calls that the contract does not allow, each for one reason.', 'refusals', each);
}

function printList(doc: string, name: string, each: readonly string[]): string[] {
  const body = each.length === 0 ? ['    Vec::new()'] : indent(['vec![', ...indent(each), ']']);
  return [`/// ${doc}`, '#[rustfmt::skip]', `fn ${name}() -> Vec<Call> {`, ...body, '}'];
}

/** The parameters of a function that answers for a mock. */
function blanks(callback: Service | undefined): string {
  return callback === undefined ? '_, _' : '_, _, _';
}

/** The argument that is an object, for a method that is given one. */
function nobody(callback: Service | undefined): string {
  return callback === undefined ? '' : ', std::sync::Arc::new(Nobody)';
}

function printCall(
  { method, displayName, callback }: CallbackCall,
  request: readonly string[],
  refusal: string,
): string[] {
  const lines = request.map((line, at) => {
    const start = at === 0 ? `client.${valueName(method.name)}(cx, ` : '';
    return `${start}${line}${at === request.length - 1 ? `${nobody(callback)}).map(drop).map_err(grout::Error::forward)` : ''}`;
  });
  return [
    'Call {',
    ...indent([
      `method: ${rustString(displayName)},`,
      'call: |client, cx| {',
      ...indent(lines),
      '},',
      `refusal: ${rustString(refusal)},`,
    ]),
    '},',
  ];
}

function printPanics({ calls, names: { mock } }: Suite): string[] {
  const each = calls.map(
    ({ method, callback }) => `.${mockMethod(method)}(|${blanks(callback)}| panic!("on purpose"))`,
  );
  return [
    '/// A mock of which every method panics.',
    '#[rustfmt::skip]',
    `fn panics() -> ${mock} {`,
    `    ${mock}::default()`,
    ...indent(indent(each)),
    '}',
  ];
}
