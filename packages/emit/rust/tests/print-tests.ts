import type { Message } from '#contract';
import { joinPath, relativePath } from '#paths';
import type { Bridge } from '../../bridge.js';
import { generatedHeader } from '../../docs.js';
import { snakeCase } from '../../words.js';
import { vectorsPath } from '../../vectors/place.js';
import { vectorsOf, type Vector } from '../../vectors/vectors.js';
import { callExpression, indent, rustString } from '../layout.js';
import { typeName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { Literals } from './literals.js';
import { valueMessages } from '../../members.js';

/** src/generated/tests.rs: how the messages of the contract are packed, checked against what Go checks as well. */
export function printTests(bridge: Bridge): string {
  const { contract, layout } = bridge;
  const acceptedOf = vectorsByMessage(vectorsOf(contract).accepted);
  const literals = new Literals(contract);
  const types = new RustTypes(contract);
  const values = valueMessages(contract).map((message) =>
    printValues(types, message, acceptedOf.get(message) ?? [], literals),
  );
  const file = relativePath(joinPath(layout.rust.folder, 'src/generated'), vectorsPath(layout));
  const sections = [
    [...generatedHeader('//', contract.files)],
    [
      'use super::api;',
      'use grout::testing::{self, Vectors};',
      ...(values.some((lines) => lines.some((line) => line.includes('BTreeMap')))
        ? ['use std::collections::BTreeMap;']
        : []),
    ],
    [
      '/// The messages and bytes that both sides of the bridge check.',
      'fn vectors() -> Vectors {',
      ...indent(callExpression('Vectors::read', [`include_str!(${rustString(file)})`], '', 4)),
      '}',
    ],
    ...printChecks(valueMessages(contract)),
    ...values,
  ];
  const text = `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  return text.includes('testing::time') ? text : text.replace('testing::{self, Vectors}', 'testing::Vectors');
}

function vectorsByMessage(vectors: readonly Vector[]): ReadonlyMap<Message, readonly Vector[]> {
  const found = new Map<Message, Vector[]>();
  for (const vector of vectors) found.set(vector.message, [...(found.get(vector.message) ?? []), vector]);
  return found;
}

function printChecks(messages: readonly Message[]): string[][] {
  const each = (check: string, ...values: string[]) =>
    messages.flatMap((message) => {
      const typed = values.length === 0 ? `${check}::<api::${typeName(message.name)}>` : check;
      const more = values.map((value) => value.replace('$', functionName(message)));
      return callExpression(`vectors.${typed}`, [rustString(message.fullName), ...more], ';', 4);
    });
  return [
    printTest(
      'vectors_are_accepted',
      [
        'Proves L5, one value has one encoding, and L4, which it is: a message is packed to the bytes that the contract',
        'gives, and these are unpacked to the message. Expected: byte for byte what the tests of the Go side have.',
      ],
      each('check_accepted', '&$()'),
    ),
    printTest(
      'vectors_are_refused',
      [
        'Proves L6, bytes are not believed: what is not the encoding of a message is refused. Expected: the words that Go',
        'uses too, with the path of the field and, where the bytes are at fault, their place.',
      ],
      each('check_refused'),
    ),
    printTest(
      'arbitrary_bytes_are_refused_or_kept',
      [
        'Proves L6 and L5 of any bytes: what is unpacked to a message is what the message is packed to, but for the order',
        'of maps. Expected: the same bytes, or a refusal; never a panic.',
      ],
      each('check_arbitrary'),
    ),
  ];
}

function printTest(name: string, doc: readonly string[], body: readonly string[]): string[] {
  return [
    ...doc.map((line) => `/// ${line}`),
    '#[test]',
    `fn ${name}() {`,
    ...indent(['let vectors = vectors();', ...body]),
    '}',
  ];
}

function printValues(types: RustTypes, message: Message, accepted: readonly Vector[], literals: Literals): string[] {
  const entries = accepted.flatMap(({ name, sample }) => {
    if (sample === undefined) return [];
    const [first = '', ...rest] = literals.message(sample.value);
    const lines = [`(${rustString(name)}, ${first}`, ...rest];
    return lines.map((line, at) => (at === lines.length - 1 ? `${line}),` : line));
  });
  return [
    `/// The messages of the vectors of \`${message.fullName}\`.`,
    '#[rustfmt::skip]',
    `fn ${functionName(message)}() -> Vec<(&'static str, api::${types.message(message.fullName, "'static")})> {`,
    ...indent(['vec![', ...indent(entries), ']']),
    '}',
  ];
}

function functionName({ name }: Message): string {
  return `values_of_${snakeCase(name)}`;
}
