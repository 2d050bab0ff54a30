import { ownMessages, type Contract, type Field, type Message } from '#contract';
import { docComment } from '../docs.js';
import { declarationOf, membersOf, type Member, type OneofMember } from '../members.js';
import { fieldDeclaration, indent, matchArm } from './layout.js';
import { typeName, valueName } from './names.js';
import type { RustTypes } from './rust-types.js';

/** The struct of a message, and the enums of its oneofs. */
export function printMessage(types: RustTypes, message: Message): string[][] {
  const members = membersOf(message);
  const fields = members.flatMap((member) => [
    ...docComment('///', declarationOf(member).doc),
    ...fieldDeclaration(`pub ${valueName(member.name)}`, types.member(message, member), 4),
  ]);
  const head = `pub struct ${types.message(message.fullName, "'a")} {`;
  const isShown = !members.some((member) => member.kind === 'field' && member.field.redact);
  return [
    [
      ...docComment('///', message.doc, `The message \`${message.fullName}\`.`),
      `#[derive(${isShown ? 'Debug, ' : ''}Clone, PartialEq, Default)]`,
      ...(fields.length === 0 ? [`${head}}`] : [head, ...indent(fields), '}']),
    ],
    ...(isShown ? [] : [structDebug(types, message, members)]),
    ...members.flatMap((member) => (member.kind === 'oneof' ? printOneof(types, message, member) : [])),
  ];
}

function printOneof(types: RustTypes, message: Message, member: OneofMember): string[][] {
  const { oneof, alternatives } = member;
  const isShown = !alternatives.some(({ redact }) => redact);
  const variants = alternatives.flatMap((field) => [
    ...docComment('///', field.doc),
    `${typeName(field.name)}(${types.value(field)}),`,
  ]);
  return [
    [
      ...docComment('///', oneof.doc, `The alternatives of \`${oneof.fullName}\`.`),
      `#[derive(${isShown ? 'Debug, ' : ''}Clone, PartialEq)]`,
      `pub enum ${types.oneof(message, member, "'a")} {`,
      ...indent(variants),
      '}',
    ],
    ...(isShown ? [] : [enumDebug(types.oneof(message, member, "'_"), alternatives)]),
  ];
}

function structDebug(types: RustTypes, message: Message, members: readonly Member[]): string[] {
  const name = typeName(message.name);
  const fields = members.map((member) => {
    const field = valueName(member.name);
    const isHidden = member.kind === 'field' && member.field.redact;
    return `.field("${field.replace(/^r#/, '')}", ${isHidden ? '&grout::Redacted' : `&self.${field}`})`;
  });
  return debugImpl(types.message(message.fullName, "'_"), [
    `f.debug_struct("${name}")`,
    ...indent([...fields, '.finish()']),
  ]);
}

function enumDebug(name: string, alternatives: readonly Field[]): string[] {
  const arms = alternatives.flatMap((field) => {
    const variant = typeName(field.name);
    const [pattern, shown] = field.redact ? ['_', '&grout::Redacted'] : ['value', 'value'];
    return matchArm(`Self::${variant}(${pattern})`, `f.debug_tuple("${variant}").field(${shown}).finish()`, 12);
  });
  return debugImpl(name, ['match self {', ...indent(arms), '}']);
}

/** What the contract calls redacted is not shown. */
function debugImpl(name: string, body: readonly string[]): string[] {
  return [
    `impl std::fmt::Debug for ${name} {`,
    ...indent(["fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {", ...indent(body), '}']),
    '}',
  ];
}

/** What of the standard library the types need that a contract declares. */
export function importsOf(contract: Contract): string[] {
  const fields = ownMessages(contract).flatMap((message) => message.fields);
  return [
    ...(fields.some(({ cardinality }) => cardinality === 'map') ? ['use std::collections::BTreeMap;'] : []),
    ...(fields.some(({ type }) => type.kind === 'timestamp') ? ['use std::time::SystemTime;'] : []),
  ];
}
