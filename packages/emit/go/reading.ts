import type { Message } from '#contract';
import { allPacked, nanosName, type Leaf, type Members, type Nested, type Packed } from '../crossing.js';
import { membersOf } from '../members.js';
import { goString, indent, type GoFile } from './go-file.js';
import { scalarType, type GoTypes } from './go-types.js';
import { exportedName } from './names.js';
import type { PackPrinter } from './pack.js';

/** Where the slots of a message are read from: a result of Rust as C has it, or a request of Rust as a Go struct has it. */
export interface Source {
  /** A slot as it is there. */
  readonly slot: (name: string) => string;
  /** A slot as a value of the Go type of that name. */
  readonly typed: (type: string, name: string) => string;
  /** A copy of the text that has this name, as long as its length says. */
  readonly text: (name: string) => string;
  /** A copy of the bytes that have this name; `presence` is the flag of what may be absent. */
  readonly bytes: (name: string, presence: string | undefined) => string;
}

/** What the parts of a message are printed with, where it is read from slots. What is packed is read from `unpacker`. */
export interface Reader {
  readonly file: GoFile;
  readonly types: GoTypes;
  readonly packs: PackPrinter;
  readonly source: Source;
}

/** gofmt aligns keys up to this width, including the colon; beyond it depends on the neighbours. */
const columnLimit = 40;

/**
 * Statements that give a variable a message of this type: `assign` is `=` or `:=`. Texts are read in the order in which they
 * lie in a tail, and what is packed in the order in which it is.
 */
export function printReading(
  reader: Reader,
  target: string,
  assign: '=' | ':=',
  type: string,
  members: Members,
): string[] {
  return [
    ...construct(reader, target, assign, type, members),
    ...members.nested.flatMap((nested) => readNested(reader, target, nested)),
  ];
}

function readNested(reader: Reader, owner: string, nested: Nested): string[] {
  const target = `${owner}.${exportedName(nested.field.name)}`;
  const { members } = nested;
  const type = reader.types.named(members.message.fullName);
  return [
    `if ${reader.source.slot(nested.presence)} {`,
    ...indent([...printReading(reader, target, '=', `&${type}`, members)]),
    ...(allPacked(members).length === 0 ? ['}'] : ['} else {', ...indent(skipPacked(reader, members)), '}']),
  ];
}

/**
 * A literal: on one line when it fits, otherwise with a line for each field, in gofmt's column. Names that are too long
 * for gofmt's column are assigned one by one.
 */
function construct(reader: Reader, target: string, assign: string, type: string, members: Members): string[] {
  const entries = entriesOf(reader, members);
  const start = `${target} ${assign} ${type}`;
  const line = `${start}{${entries.map(({ key, value }) => `${key}: ${value}`).join(', ')}}`;
  if (line.length <= 100) return [line];
  const width = Math.max(...entries.map(({ key }) => key.length + 1));
  if (width > columnLimit) {
    return [`${start}{}`, ...entries.map(({ key, value }) => `${target}.${key} = ${value}`)];
  }
  const fields = entries.map(({ key, value }) => `${`${key}:`.padEnd(width)} ${value},`);
  return [`${start}{`, ...indent(fields), '}'];
}

/** What is packed is packed of an absent message as well. */
function skipPacked(reader: Reader, members: Members): string[] {
  return allPackedWithOwner(members).map(({ message, packed: { member, path } }) => {
    return `_ = ${reader.packs.unpackMember('unpacker', message, member, path)}`;
  });
}

function allPackedWithOwner({ message, packed, nested }: Members): { message: Message; packed: Packed }[] {
  return [
    ...packed.map((each) => ({ message, packed: each })),
    ...nested.flatMap((inner) => allPackedWithOwner(inner.members)),
  ];
}

function entriesOf(
  reader: Reader,
  { message, leaves, packed }: Members,
): { readonly key: string; readonly value: string }[] {
  return membersOf(message).flatMap((member) => {
    const key = exportedName(member.name);
    const leaf = leaves.find((it) => member.kind === 'field' && it.field === member.field);
    if (leaf !== undefined) return [{ key, value: leafValue(reader, leaf) }];
    const found = packed.find((it) => it.member.name === member.name);
    if (found === undefined) return [];
    return [{ key, value: reader.packs.unpackMember('unpacker', message, member, found.path) }];
  });
}

function leafValue({ file, types, source }: Reader, { field, crosses, name, presence }: Leaf): string {
  const whenThere = (value: string): string =>
    presence === undefined ? value : `${file.grout('Optional')}(${source.typed('bool', presence)}, ${value})`;
  switch (crosses.kind) {
    case 'scalar':
      return whenThere(source.typed(scalarType(crosses.scalar).go, name));
    case 'enum':
      return whenThere(`${types.named(crosses.enum)}(${source.slot(name)})`);
    case 'duration':
      return whenThere(`${file.std('time', 'Duration')}(${source.slot(name)})`);
    case 'timestamp': {
      const parts = [source.typed('int64', name), source.typed('uint32', nanosName(name))];
      return whenThere(`${file.grout('Timestamp')}(${parts.join(', ')})`);
    }
    case 'view': {
      const foreign = `(*${file.grout('ForeignView')})(${file.std('unsafe', 'Pointer')}(&${source.slot(name)}))`;
      return `${foreign}.${types.viewOf(field)}(&opening, ${goString(field.fullName)}, freeView)`;
    }
    case 'buffer':
      throw new Error(`${field.fullName} is a buffer, which only goes from Go to Rust`);
    case 'text':
      return whenThere(source.text(name));
    case 'bytes':
      return source.bytes(name, presence);
  }
}
