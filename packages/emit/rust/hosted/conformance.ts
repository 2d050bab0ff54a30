import type { Contract } from '#contract';
import type { CallbackService, GivenService } from '../../callbacks.js';
import { conformanceErrors, conformanceTests } from '../../conformance.js';
import { generatedHeader } from '../../docs.js';
import { indent } from '../layout.js';
import { mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { archiveFeature } from './archive-feature.js';
import { blanks, nobody, printCallOf, printErrors, refusalsFor, testOf } from './conformance-cases.js';
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
  return testOf(conformanceTests.doneContext, [
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
  return testOf(conformanceTests.refusals, [
    'let (cx, code) = (Cx::background(), RuntimeCode::InvalidArgument);',
    ...everywhere('refusals', ['testing::check_error(name, (it.call)(&*client, &cx), code, it.method, it.refusal);']),
  ]);
}

function printPanicTest(): string[] {
  return testOf(conformanceTests.panics, [
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
  const body = printErrors(failing, names.mock, ({ method, callback }) => {
    const request = `api::${types.named(method.request)}::default()`;
    return `api::${typeName(service.name)}::${valueName(method.name)}(&mock, &cx, ${request}${nobody(callback)})`;
  });
  return [testOf(conformanceTests.errors, ['let cx = Cx::background();', ...body], ['#[rustfmt::skip]'])];
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

function printCalls({ contract, calls }: Suite): string[] {
  const types = new RustTypes(contract);
  const each = calls.flatMap((call) =>
    printCallOf(call, [`api::${types.named(call.method.request)}::default()`], '', 'Call', 'client'),
  );
  return printList('A call of each method.', 'calls', each);
}

function printRefusals({ contract, calls }: Suite): string[] {
  const each = refusalsFor(contract, calls).flatMap(({ call, request, error }) =>
    printCallOf(call, request, error, 'Call', 'client'),
  );
  return printList('Calls that the contract does not allow, each for one reason.', 'refusals', each);
}

function printList(doc: string, name: string, each: readonly string[]): string[] {
  const body = each.length === 0 ? ['    Vec::new()'] : indent(['vec![', ...indent(each), ']']);
  return [`/// ${doc}`, '#[rustfmt::skip]', `fn ${name}() -> Vec<Call> {`, ...body, '}'];
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
