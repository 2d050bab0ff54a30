import type { Contract } from '#contract';
import type { Bridge } from '../../bridge.js';
import type { CallbackCall, HostedObject } from '../../callbacks.js';
import { conformanceErrors, conformanceTests, objectTests, type ConformanceTest } from '../../conformance.js';
import { generatedHeader } from '../../docs.js';
import { snakeCase } from '../../words.js';
import { indent, rustString } from '../layout.js';
import { mockMethod, typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { archiveFeature } from './archive-feature.js';
import { blanks, nobody, printCallOf, printErrors, refusalsFor, testOf } from './conformance-cases.js';
import { printNobody } from './given.js';
import { closeName, hostedNames, objectNames } from './names.js';

/** The module of the suite of objects. */
export const objectSuites = 'conformance_objects';

/** What users add to, so that the suite has an object. */
export const fixtures = 'BoundaryFixtures';

/** An object with the method that opens one, and what that is called on. */
interface Suite extends HostedObject {
  readonly contract: Contract;
  readonly opener: CallbackCall;
}

/** src/generated/conformance_objects.rs: what holds for every object of Go, checked of Go and of the mocks alike. */
export function printObjectConformance(bridge: Bridge): string {
  const suites = suitesOf(bridge);
  const types = new RustTypes(bridge.contract);
  const needed = suites.flatMap(({ opener, calls }) => [opener, ...calls]).map(({ callback }) => callback);
  const given = bridge.hosted.given.filter(({ service }) => needed.includes(service));
  const body = [
    ...printFixtures(suites),
    ...printNobody(types, given),
    ...suites.flatMap((suite) => printSuite(suite)),
  ];
  const text = body.map((lines) => lines.join('\n')).join('\n\n');
  const mocks = suites.map((suite) => objectNames(suite.handle).mock).sort();
  const uses = [
    'use super::api;',
    `use super::mock::${mocks.length === 1 ? (mocks[0] ?? '') : `{${mocks.join(', ')}}`};`,
    ...(text.includes('Cx::') ? ['use grout::Cx;'] : []),
    'use grout::testing::{Answer, ByEmptyRequest, ObjectCall, ObjectSuite, Opened};',
    ...(text.includes('BTreeMap') ? ['use std::collections::BTreeMap;'] : []),
    ...(/\bArc::clone/.test(text) ? ['use std::sync::Arc;'] : []),
  ];
  return `${[generatedHeader('//', bridge.contract.files).join('\n'), uses.join('\n'), text].join('\n\n')}\n`;
}

/** Handles, each after the one whose method opens it. */
function suitesOf({ contract, callbacks, hosted }: Bridge): Suite[] {
  const all = callbacks.flatMap(({ calls }) => calls);
  const found: Suite[] = [];
  for (const receiver of [undefined, ...hosted.objects.map(({ handle }) => handle)]) visit(receiver);
  return found;

  function visit(receiver: CallbackCall['calledOn']): void {
    if (receiver !== undefined && !found.some(({ handle }) => handle === receiver)) return;
    for (const opener of all.filter(({ calledOn, opens }) => calledOn === receiver && opens !== undefined)) {
      const object = hosted.objects.find(({ handle }) => handle === opener.opens);
      if (object === undefined || found.some(({ handle }) => handle === object.handle)) continue;
      found.push({ ...object, contract, opener });
      visit(object.handle);
    }
  }
}

/** The parameter from which an object is opened: what a method is called on that opens one. */
function sourceOf({ opener }: Suite): string {
  const { calledOn, service } = opener;
  return calledOn === undefined ? `&dyn api::${typeName(service.name)}` : `&api::${objectNames(calledOn).type}`;
}

function printFixtures(suites: readonly Suite[]): string[][] {
  const methods = suites.flatMap((suite, at) => {
    const { handle, opener } = suite;
    const request = `api::${new RustTypes(suite.contract).named(opener.method.request)}::default()`;
    const values = `&Cx::background(), ${request}${nobody(opener.callback)}`;
    return [
      ...(at > 0 ? [''] : []),
      `fn ${valueName(handle.name)}(&self, from: ${sourceOf(suite)}) -> ByEmptyRequest<api::${objectNames(handle).type}> {`,
      `    ByEmptyRequest(from.${valueName(opener.method.name)}(${values}).map_err(grout::Error::forward))`,
      '}',
    ];
  });
  return [
    [
      '/// Opens what the suite uses and closes. Write a method on it for a kind of objects, in a module of this crate that is',
      `/// there in tests with the feature \`${archiveFeature}\`, with the name and the parameter of that of \`ByAnEmptyRequest\`: it`,
      '/// returns an object, whose methods are called too, with empty requests. Of an object that an empty request opens, no more',
      '/// is called than what is refused and what opens others.',
      '#[derive(Debug)]',
      `pub struct ${fixtures};`,
    ],
    [
      `/// How objects are opened for which \`${fixtures}\` has no method of its own.`,
      '#[allow(dead_code, reason = "a method of its own comes before")]',
      '#[rustfmt::skip]',
      'trait ByAnEmptyRequest {',
      ...indent(methods.filter((line) => line.startsWith('fn ')).map((line) => line.replace(/ \{$/, ';'))),
      '}',
    ],
    ['#[rustfmt::skip]', `impl ByAnEmptyRequest for ${fixtures} {`, ...indent(methods), '}'],
  ];
}

function printSuite(suite: Suite): string[][] {
  return [printStatic(suite), printAnswering(suite), printEach(suite), printOfGo(suite), ...printTests(suite)];
}

function printStatic(suite: Suite): string[] {
  const { contract, handle, calls } = suite;
  const { type } = objectNames(handle);
  const types = new RustTypes(contract);
  const list = (name: string, each: readonly string[]): string[] =>
    each.length === 0 ? [`${name}: &[],`] : [`${name}: &[`, ...indent(each), '],'];
  const called = calls.flatMap((call) =>
    printCallOf(call, [`api::${types.named(call.method.request)}::default()`], '', 'ObjectCall', 'object'),
  );
  const refused = refusalsFor(contract, calls, 'grout::testing').flatMap(({ call, request, error }) =>
    printCallOf(call, request, error, 'ObjectCall', 'object'),
  );
  return [
    `/// What holds for each \`${handle.fullName}\`.`,
    '#[rustfmt::skip]',
    `static ${staticOf(suite)}: ObjectSuite<api::${type}> = ObjectSuite {`,
    ...indent([
      `closing: ${rustString(closeName(handle))},`,
      `close: api::${type}::close,`,
      ...list('calls', called),
      ...list('refusals', refused),
      `mock: |answer| api::${type}::new(${answeringOf(suite)}(answer)),`,
    ]),
    '};',
  ];
}

function printAnswering(suite: Suite): string[] {
  const { handle, calls } = suite;
  const { mock } = objectNames(handle);
  const [last, ...before] = [...calls].reverse();
  const others = before
    .reverse()
    .flatMap(({ method, callback }) => [
      `.${mockMethod(method)}({`,
      '    let answer = Arc::clone(&answer);',
      `    move |cx, ${blanks(callback).slice('_, '.length)}| Err(answer(cx).forward())`,
      '})',
    ]);
  const end =
    last === undefined
      ? []
      : [
          `.${mockMethod(last.method)}(move |cx, ${blanks(last.callback).slice('_, '.length)}| Err(answer(cx).forward()))`,
        ];
  return [
    '/// A mock of which each method fails so.',
    '#[rustfmt::skip]',
    `fn ${answeringOf(suite)}(${last === undefined ? '_' : 'answer'}: Answer) -> ${mock} {`,
    `    ${mock}::default()`,
    ...indent(indent([...others, ...end])),
    '}',
  ];
}

function printEach(suite: Suite): string[] {
  const { handle } = suite;
  const checked = `check: impl Fn(&Opened<api::${objectNames(handle).type}>)`;
  return [
    '/// One of each implementation. The mock answers nothing: what is refused does not get as far.',
    `fn ${eachOf(suite)}(${checked}) {`,
    ...indent([
      `check(&${staticOf(suite)}.untouched());`,
      `#[cfg(feature = "${archiveFeature}")]`,
      `${ofGo(suite)}(check);`,
    ]),
    '}',
  ];
}

function printOfGo(suite: Suite): string[] {
  const { contract, handle, opener } = suite;
  const { type } = objectNames(handle);
  const opening = (from: string, check: string): string[] => [
    `let opened = ${fixtures}.${valueName(handle.name)}(${from});`,
    `grout::testing::with_opened::<api::${type}>("Go", opened, ${rustString(`${fixtures}::${valueName(handle.name)}`)}, ${check});`,
  ];
  const body =
    opener.calledOn === undefined
      ? [
          `let from = super::${hostedNames(contract, opener.service).connect}().expect("the archive of Go fits");`,
          ...opening('&from', 'check'),
        ]
      : [`${ofGo({ handle: opener.calledOn })}(|from| {`, ...indent(opening('&from.object', '&check')), '});'];
  return [
    '/// One of Go, where there is one.',
    `#[cfg(feature = "${archiveFeature}")]`,
    '#[rustfmt::skip]',
    `fn ${ofGo(suite)}(check: impl Fn(&Opened<api::${type}>)) {`,
    ...indent(body),
    '}',
  ];
}

function printTests(suite: Suite): string[][] {
  const { contract, handle, options, calls } = suite;
  const [name, held] = [snakeCase(handle.name), staticOf(suite)];
  const named = (test: ConformanceTest): ConformanceTest => ({ ...test, name: `${name} ${test.name}` });
  const each = (test: ConformanceTest, check: string): string[] =>
    testOf(named(test), [`${eachOf(suite)}(|it| ${held}.${check}(it));`]);
  const ofMock = (test: ConformanceTest, check: string): string[] => testOf(named(test), [`${held}.${check}();`]);
  const hasCalls = calls.length > 0;
  return [
    ...(hasCalls ? [each(conformanceTests.doneContext, 'check_done_context')] : []),
    ...(refusalsFor(contract, calls, 'grout::testing').length > 0
      ? [each(conformanceTests.refusals, 'check_refusals')]
      : []),
    ...(hasCalls ? [ofMock(conformanceTests.panics, 'check_panics')] : []),
    ...printErrorTest(suite, named(conformanceTests.errors)),
    ...(hasCalls && !options.threadSafe ? [ofMock(objectTests.busy, 'check_busy')] : []),
    each(objectTests.closed, 'check_close'),
    each(objectTests.raced, 'check_race'),
  ];
}

function printErrorTest({ contract, handle, calls }: Suite, test: ConformanceTest): string[][] {
  const failing = conformanceErrors(contract, calls);
  if (failing.length === 0) return [];
  const { type, mock } = objectNames(handle);
  const types = new RustTypes(contract);
  const body = printErrors(failing, mock, ({ method, callback }) => {
    const request = `api::${types.named(method.request)}::default()`;
    return `api::${type}::new(mock).${valueName(method.name)}(&cx, ${request}${nobody(callback)})`;
  });
  return [testOf(test, ['let cx = Cx::background();', ...body], ['#[rustfmt::skip]'])];
}

function staticOf({ handle }: Suite): string {
  return snakeCase(handle.name).toUpperCase();
}

function answeringOf({ handle }: Suite): string {
  return `answering_${snakeCase(handle.name)}`;
}

function eachOf({ handle }: Suite): string {
  return `each_${snakeCase(handle.name)}`;
}

function ofGo({ handle }: Pick<Suite, 'handle'>): string {
  return `with_${snakeCase(handle.name)}_of_go`;
}
