import type { Message } from '#contract';
import type { Bridge } from '../../bridge.js';
import { generatedHeader } from '../../docs.js';
import { limitedFields, type LimitedField } from '../../limits.js';
import { membersOf, oneofTypeName, valueMessages } from '../../members.js';
import { UniqueNames } from '../../unique-names.js';
import { snakeCase } from '../../words.js';
import { indent, rustString } from '../layout.js';
import { typeName, valueName } from '../names.js';
import { Strategies } from './strategies.js';
import { printHelpers } from './strategy-helpers.js';

/** src/generated/property_tests.rs: what holds for every value of every message, checked of values that proptest makes up. */
export function printPropertyTests(bridge: Bridge): Readonly<Record<string, string>> {
  const { contract, layout } = bridge;
  if (layout.propertyTests !== true) return {};
  const strategies = new Strategies(contract);
  const names = new UniqueNames();
  const tests = [
    ...valueMessages(contract).map((message) => printRoundTrip(names, strategies, message)),
    ...limitedFields(contract).map((limit) => printLimit(names, strategies, limit)),
  ];
  const body = [printBlock(tests), ...strategies.print()];
  const used = body.flat().join('\n');
  const helpers = printHelpers(used);
  const sections = [
    [...generatedHeader('//', contract.files)],
    importsOf([used, ...helpers.flat()].join('\n')),
    ...body,
    ...helpers,
  ];
  return { 'property_tests.rs': `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n` };
}

/** The lines that declare it as a module. */
export function propertyModule({ layout }: Bridge): string[] {
  return layout.propertyTests === true ? ['#[cfg(test)]', 'mod property_tests;'] : [];
}

function importsOf(text: string): string[] {
  const uses = (name: string): boolean => new RegExp(`\\b${name}`).test(text);
  const collections = ['btree_map', 'vec'].filter((name) => uses(`${name}\\(`));
  const only = collections.length === 1 ? collections[0] : `{${collections.join(', ')}}`;
  return [
    'use super::api;',
    'use grout::testing;',
    ...(collections.length > 0 ? [`use proptest::collection::${only};`] : []),
    ...(uses('num::') ? ['use proptest::num;'] : []),
    ...(uses('option::of') ? ['use proptest::option;'] : []),
    'use proptest::prelude::*;',
    ...(uses('select\\(') ? ['use proptest::sample::select;'] : []),
    ...(uses('RangeInclusive') ? ['use std::ops::RangeInclusive;'] : []),
    ...(uses('SystemTime') ? ['use std::time::SystemTime;'] : []),
  ];
}

/** A failing case is shown, not kept in a file: the next contract has other strategies, of which it would be another value. */
function printBlock(tests: readonly (readonly string[])[]): string[] {
  return [
    'proptest! {',
    ...indent([
      '#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]',
      ...tests.flatMap((lines) => ['', ...lines]),
    ]),
    '}',
  ];
}

function printTest(doc: readonly string[], name: string, drawn: readonly string[], body: readonly string[]): string[] {
  return [
    ...doc.map((line) => `/// ${line}`),
    '#[test]',
    ...(drawn.length === 1
      ? [`fn ${name}(${drawn.join('')}) {`]
      : [`fn ${name}(`, ...indent(drawn.map((it) => `${it},`)), ') {']),
    ...indent(body),
    '}',
  ];
}

function printRoundTrip(names: UniqueNames, strategies: Strategies, { name, fullName }: Message): string[] {
  return printTest(
    [
      'Proves L4, L5, L11 and L12 of any value: a message is packed to bytes that are unpacked to it, and these packed to',
      `the same bytes. Expected: \`${fullName}\` as it was, whatever is empty, absent or has no name.`,
    ],
    names.claim(`${snakeCase(name)}_comes_back`),
    [`message in ${strategies.ofMessage(fullName)}`],
    ['testing::round_trip(&message).map_err(TestCaseError::fail)?;'],
  );
}

function printLimit(names: UniqueNames, strategies: Strategies, limit: LimitedField): string[] {
  const { message, member, field, path, around } = limit;
  const variant =
    member.kind === 'oneof' && `api::${typeName(oneofTypeName(message, member.oneof))}::${typeName(field.name)}`;
  const value = variant === false ? 'value' : `Some(${variant}(value))`;
  const isOnly = membersOf(message).length === 1;
  const rest = isOnly ? '' : ', ..message';
  const name = names.claim(`${snakeCase(message.name)}_limits_${snakeCase(path.replace('.', '_'))}`);
  const length = field.cardinality === 'optional' ? 'value.as_ref().map_or(0, |value| value.len())' : 'value.len()';
  return printTest(
    [
      'Proves L8 of any length: a message with one field that may be too long. Expected: with the path of the field, in the',
      `words that Go uses too, it is refused when \`${message.fullName}.${path}\` is, and packed when not.`,
    ],
    name,
    [
      ...(isOnly ? [] : [`message in ${strategies.ofMessage(message.fullName)}`]),
      `value in ${strategies.ofLength(field, around)}`,
    ],
    [
      `let length = ${length};`,
      `let message = api::${typeName(message.name)} { ${valueName(member.name)}: ${value}${rest} };`,
      `testing::keeps_limit(&message, ${rustString(path)}, length, ${field.maxLen}).map_err(TestCaseError::fail)?;`,
    ],
  );
}
