import type { Contract, Enum, Field, Message } from '#contract';
import { arenaFields } from '../borrowing.js';
import type { Bridge } from '../bridge.js';
import { generatedHeader } from '../docs.js';
import { membersOf, type Member } from '../members.js';
import type { PackedTypes } from '../packed-types.js';
import { indent, isBeyondLayout, matchArm, rustString } from './layout.js';
import { typeName, valueName } from './names.js';
import { RustTypes } from './rust-types.js';

/** src/generated/pack.rs: how the types that are packed become bytes, and bytes become them. */
export function printPack({ contract, packed }: Bridge): string {
  const types = new RustTypes(contract);
  const items = arenaItems(contract);
  const sections = [
    [...generatedHeader('//', contract.files)],
    ['use super::api;', `use grout::ffi::{${[...(items.length > 0 ? ['InArena'] : []), ...packing].join(', ')}};`],
    ...printTypes(types, packed.all),
    ...items.map((item) => printItem(types, item)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const packing = ['Pack', 'PackError', 'Packer', 'Unpack', 'Unpacker'];

/** Full names of the messages and enums that arenas hold. */
function arenaItems(contract: Contract): string[] {
  const names = arenaFields(contract).flatMap(({ type }) => {
    if (type.kind === 'message') return [type.message];
    return type.kind === 'enum' ? [type.enum] : [];
  });
  return [...new Set(names)];
}

function printItem(types: RustTypes, fullName: string): string[] {
  const [owned, lent] = ["'static", "'a"].map((lifetime) => `api::${types.message(fullName, lifetime)}`);
  return [`impl InArena for ${owned} {`, `    type Item<'a> = ${lent === owned ? 'Self' : lent};`, '}'];
}

/** How types become bytes and bytes become them; empty when there are none. */
export function printTypes(types: RustTypes, { messages, oneofs, enums, recursive }: PackedTypes): string[][] {
  return [
    ...messages.flatMap((message) => printMessage(types, message, recursive.has(message.fullName))),
    ...oneofs.flatMap(({ message, member }) => printOneof(types, message, member)),
    ...enums.flatMap((it) => printEnum(it)),
  ];
}

function printMessage(types: RustTypes, message: Message, isRecursive: boolean): string[][] {
  const members = membersOf(message);
  const name = (lifetime: string): string => types.message(message.fullName, lifetime);
  const packing = [...members.map((member) => `${packMember(member)}?;`), 'Ok(())'];
  const fields = members.map((member) => `${valueName(member.name)}: ${unpackMember(member)}?,`);
  const unpacking = ['Ok(Self {', ...indent(fields), '})'];
  if (members.length === 0) {
    return impls(name, ['packer.empty();', 'Ok(())'], ['unpacker.empty()?;', 'Ok(Self {})']);
  }
  if (!isRecursive) return impls(name, packing, unpacking);
  return impls(
    name,
    ['packer.nested(|packer| {', ...indent(packing), '})'],
    ['unpacker.nested(|unpacker| {', ...indent(unpacking), '})'],
  );
}

function packMember(member: Member): string {
  return packValue(member.name, limitOf(member), `&self.${valueName(member.name)}`);
}

function packValue(name: string, limit: number, value: string): string {
  const field = rustString(name);
  return limit > 0 ? `packer.limited(${field}, ${value}, ${limit})` : `packer.field(${field}, ${value})`;
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

function printOneof(types: RustTypes, message: Message, member: Member & { readonly kind: 'oneof' }): string[][] {
  const { alternatives } = member;
  const packing = alternatives.flatMap((field) => [
    `Self::${typeName(field.name)}(value) => {`,
    ...indent([`packer.tag(${field.number});`, packValue(field.name, field.maxLen, 'value')]),
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

/** @param name gives the name of the type, given the lifetime of what it may borrow */
function impls(
  name: (lifetime: string) => string,
  packing: readonly string[],
  unpacking: readonly string[],
): string[][] {
  const isBorrowing = name("'a") !== name("'_");
  const lifetime = isBorrowing ? "'a" : "'_";
  const unpack = `fn unpack(unpacker: &mut Unpacker<${lifetime}>) -> Result<Self, PackError> {`;
  return [
    impl(` Pack for api::${name("'_")}`, 'fn pack(&self, packer: &mut Packer) -> Result<(), PackError> {', packing),
    impl(`${isBorrowing ? "<'a>" : ''} Unpack<${lifetime}> for api::${name(lifetime)}`, unpack, unpacking),
  ];
}

function impl(what: string, head: string, body: readonly string[]): string[] {
  const skip = isBeyondLayout(indent(indent(body))) ? ['#[rustfmt::skip]'] : [];
  return [`impl${what} {`, ...indent([...skip, head, ...indent(body), '}']), '}'];
}
