import { packingHash, type Contract, type Enum, type Field, type Message } from '#contract';
import type { Bridge } from '../bridge.js';
import { generatedHeader } from '../docs.js';
import { Flattening } from '../crossing.js';
import { membersOf, type Member, type OneofMember } from '../members.js';
import { ownPackableTypes } from '../packed-types.js';
import { indent, isBeyondLayout, matchArm, rustString } from './layout.js';
import { typeName, valueName } from './names.js';
import { RustTypes } from './rust-types.js';

/**
 * src/generated/pack.rs: how the types of the contract become bytes, and bytes become them. All of them, for other bridges
 * may use them, and only their own crate can implement these traits.
 */
export function printPack({ contract }: Bridge): string {
  const [types, flattening] = [new RustTypes(contract), new Flattening(contract)];
  const { messages, oneofs, enums, recursive } = ownPackableTypes(contract);
  const sections = [
    [...generatedHeader('//', contract.files)],
    ['use super::api;', 'use grout::ffi::{InArena, Pack, PackError, Packer, Unpack, Unpacker};'],
    ...messages.flatMap((message) => printMessage(contract, flattening, message, recursive.has(message.fullName))),
    ...oneofs.flatMap(({ message, member }) => printOneof(types, message, member)),
    ...enums.flatMap((it) => printEnum(it)),
    ...[...messages, ...enums].map(({ fullName }) => printItem(types, fullName)),
    ...printShapes(contract),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Makes sure that what belongs to other bridges is packed as Go packs it here. */
function printShapes(contract: Contract): string[][] {
  const types = new RustTypes(contract);
  const shared = contract.messages.filter(({ owner, handle }) => owner !== undefined && handle === undefined);
  if (shared.length === 0) return [];
  const checks = shared.flatMap(({ fullName }) => {
    const shape = `<api::${types.message(fullName, "'static")} as Pack>::SHAPE`;
    const message = `${fullName} is not what this bridge was generated for: run nx sync`;
    return ['assert!(', ...indent([`${shape} == 0x${packingHash(contract, fullName)},`, rustString(message)]), ');'];
  });
  return [['const _: () = {', ...indent(checks), '};']];
}

/** What an arena of a message or an enum takes. */
function printItem(types: RustTypes, fullName: string): string[] {
  const [owned, lent] = ["'static", "'a"].map((lifetime) => `api::${types.message(fullName, lifetime)}`);
  return [`impl InArena for ${owned} {`, `    type Item<'a> = ${lent === owned ? 'Self' : lent};`, '}'];
}

function printMessage(contract: Contract, flattening: Flattening, message: Message, isRecursive: boolean): string[][] {
  const types = new RustTypes(contract);
  const members = membersOf(message);
  const name = (lifetime: string): string => types.message(message.fullName, lifetime);
  const shape = `const SHAPE: u64 = 0x${packingHash(contract, message.fullName)};`;
  const packing = [...members.map((member) => `${packMember(flattening, member)}?;`), 'Ok(())'];
  const fields = members.map((member) => `${valueName(member.name)}: ${unpackMember(member)}?,`);
  const unpacking = ['Ok(Self {', ...indent(fields), '})'];
  if (members.length === 0) {
    return impls(name, ['packer.empty();', 'Ok(())'], ['unpacker.empty()?;', 'Ok(Self {})'], shape);
  }
  if (!isRecursive) return impls(name, packing, unpacking, shape);
  return impls(
    name,
    ['packer.nested(|packer| {', ...indent(packing), '})'],
    ['unpacker.nested(|unpacker| {', ...indent(unpacking), '})'],
    shape,
  );
}

function packMember(flattening: Flattening, member: Member): string {
  const method = hasMessages(member) && !flattening.isFlattened(member) ? 'packed' : 'field';
  return packValue(method, member.name, limitOf(member), `&self.${valueName(member.name)}`);
}

/** Whether depth may have to be counted in it: from there on where its message is flattened. */
function hasMessages(member: Member): boolean {
  const fields = member.kind === 'oneof' ? member.alternatives : [member.field];
  return fields.some(({ type }) => type.kind === 'message');
}

/** @param method is that of the packer for what has no limit */
function packValue(method: 'field' | 'packed', name: string, limit: number, value: string): string {
  const field = rustString(name);
  return limit > 0 ? `packer.limited(${field}, ${value}, ${limit})` : `packer.${method}(${field}, ${value})`;
}

function unpackMember(member: Member): string {
  return unpackValue(member.name, limitOf(member));
}

function unpackValue(name: string, limit: number): string {
  return limit > 0 ? `unpacker.limited(${rustString(name)}, ${limit})` : `unpacker.field(${rustString(name)})`;
}

function limitOf(member: Member): number {
  return member.kind === 'field' ? member.field.maxLen : 0;
}

function printOneof(types: RustTypes, message: Message, member: OneofMember): string[][] {
  const { alternatives } = member;
  const packing = alternatives.flatMap((field) => [
    `Self::${typeName(field.name)}(value) => {`,
    ...indent([`packer.tag(${field.number});`, packValue('field', field.name, field.maxLen, 'value')]),
    '}',
  ]);
  const unpacking = alternatives.flatMap((field: Field) =>
    matchArm(String(field.number), `${unpackValue(field.name, field.maxLen)}.map(Self::${typeName(field.name)})`, 12),
  );
  return impls(
    (lifetime) => types.oneof(message, member, lifetime),
    ['match self {', ...indent(packing), '}'],
    ['match unpacker.tag()? {', ...indent([...unpacking, 'tag => Err(unpacker.unknown(tag)),']), '}'],
  );
}

function printEnum({ name }: Enum): string[][] {
  return impls(() => typeName(name), ['self.number().pack(packer)'], ['i32::unpack(unpacker).map(Self::from_number)']);
}

/**
 * @param name gives the name of the type, given the lifetime of what it may borrow
 * @param shape the constant that names the encoding; absent of what is part of a message only
 */
function impls(
  name: (lifetime: string) => string,
  packing: readonly string[],
  unpacking: readonly string[],
  shape?: string,
): string[][] {
  const isBorrowing = name("'a") !== name("'_");
  const lifetime = isBorrowing ? "'a" : "'_";
  const unpack = `fn unpack(unpacker: &mut Unpacker<${lifetime}>) -> Result<Self, PackError> {`;
  return [
    impl(
      ` Pack for api::${name("'_")}`,
      'fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {',
      packing,
      shape === undefined ? [] : [shape, ''],
    ),
    impl(`${isBorrowing ? "<'a>" : ''} Unpack<${lifetime}> for api::${name(lifetime)}`, unpack, unpacking),
  ];
}

function impl(what: string, head: string, body: readonly string[], before: readonly string[] = []): string[] {
  const skip = isBeyondLayout(indent(indent(body))) ? ['#[rustfmt::skip]'] : [];
  return [`impl${what} {`, ...indent([...before, ...skip, head, ...indent(body), '}']), '}'];
}
