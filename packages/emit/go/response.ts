import type { AbiNames } from '../abi-names.js';
import type { Message } from '#contract';
import type { Bridge } from '../bridge.js';
import {
  allPacked,
  hasTail,
  lengthName,
  nanosName,
  type Call,
  type Leaf,
  type Members,
  type Nested,
  type Packed,
} from '../crossing.js';
import { membersOf } from '../members.js';
import { goString, indent, type GoFile } from './go-file.js';
import { GoTypes, scalarType } from './go-types.js';
import { exportedName, objectNames } from './names.js';
import { PackPrinter } from './pack.js';

/** How a method ends whose response is a named result. */
export const namedReturn = 'return resp, nil';

/** gofmt aligns keys up to this width, including the colon; beyond it depends on the neighbours. */
const columnLimit = 40;

/**
 * Reads the result struct `out` and returns the response. Texts are read in the order in which they lie in the tail. A
 * response that takes several statements is the named result `resp`: Go would copy a local to where results are.
 */
export function printResponse(file: GoFile, bridge: Bridge, { method, response, opens }: Call): string[] {
  if (opens !== undefined) return [`return &${objectNames(opens.name).inProcess}{handle: uint64(out.object)}, nil`];
  const types = new GoTypes(file);
  const reader = { file, types, packs: new PackPrinter(file) };
  const { response: type } = types.method(method);
  const isPacked = allPacked(response).length > 0;
  if (!hasTail(response) && response.nested.length === 0) {
    const [only, ...more] = construct(reader, 'resp', type, response);
    if (only !== undefined && more.length === 0) return [`${only.replace('resp =', 'return')}, nil`];
  }
  return [
    ...(hasTail(response) ? openTail(file) : []),
    ...(isPacked ? ['unpacker := texts.Unpack(uintptr(out.pack_len))'] : []),
    ...construct(reader, 'resp', type, response),
    ...response.nested.flatMap((nested) => readNested(reader, 'resp', nested)),
    ...(hasTail(response) ? closeTail(bridge.names) : []),
    ...(isPacked ? ['if err := unpacker.Finish(); err != nil {', `\treturn ${type}{}, err`, '}'] : []),
    namedReturn,
  ];
}

/** What the parts of a response are printed with. */
interface Reader {
  readonly file: GoFile;
  readonly types: GoTypes;
  readonly packs: PackPrinter;
}

function openTail(file: GoFile): string[] {
  return [`tail := (*${file.grout('Tail')})(${file.std('unsafe', 'Pointer')}(&out.tail))`, 'texts := tail.Read()'];
}

function closeTail(names: AbiNames): string[] {
  return [
    'if spill, size := tail.Spilled(); spill != 0 {',
    `\tC.${names.freeSpill}(C.uintptr_t(spill), C.size_t(size))`,
    '}',
  ];
}

function readNested(reader: Reader, owner: string, nested: Nested): string[] {
  const target = `${owner}.${exportedName(nested.field.name)}`;
  const { members } = nested;
  const type = reader.types.named(members.message.fullName);
  return [
    `if out.${nested.presence} {`,
    ...indent([
      ...construct(reader, target, `&${type}`, members),
      ...members.nested.flatMap((inner) => readNested(reader, target, inner)),
    ]),
    ...(allPacked(members).length === 0 ? ['}'] : ['} else {', ...indent(skipPacked(reader, members)), '}']),
  ];
}

/**
 * A literal: on one line when it fits, otherwise with a line for each field, in gofmt's column. Names that are too long
 * for gofmt's column are assigned one by one.
 */
function construct(reader: Reader, target: string, type: string, members: Members): string[] {
  const entries = entriesOf(reader, members);
  const line = `${target} = ${type}{${entries.map(({ key, value }) => `${key}: ${value}`).join(', ')}}`;
  if (line.length <= 100) return [line];
  const width = Math.max(...entries.map(({ key }) => key.length + 1));
  if (width > columnLimit) {
    return [`${target} = ${type}{}`, ...entries.map(({ key, value }) => `${target}.${key} = ${value}`)];
  }
  const fields = entries.map(({ key, value }) => `${`${key}:`.padEnd(width)} ${value},`);
  return [`${target} = ${type}{`, ...indent(fields), '}'];
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

function leafValue({ file, types }: Reader, { field, crosses, name, presence }: Leaf): string {
  const whenThere = (value: string): string =>
    presence === undefined ? value : `${file.grout('Optional')}(bool(out.${presence}), ${value})`;
  const length = `uintptr(out.${lengthName(name)})`;
  switch (crosses.kind) {
    case 'scalar':
      return whenThere(`${scalarType(crosses.scalar).go}(out.${name})`);
    case 'enum':
      return whenThere(`${types.named(crosses.enum)}(out.${name})`);
    case 'duration':
      return whenThere(`${file.std('time', 'Duration')}(out.${name})`);
    case 'timestamp':
      return whenThere(`${file.grout('Timestamp')}(int64(out.${name}), uint32(out.${nanosName(name)}))`);
    case 'view': {
      const foreign = `(*${file.grout('ForeignView')})(${file.std('unsafe', 'Pointer')}(&out.${name}))`;
      return `${foreign}.Take(${goString(field.fullName)}, freeView)`;
    }
    case 'buffer':
      throw new Error(`${field.fullName} is a buffer, which no response has`);
    case 'text':
      return whenThere(`texts.String(${length})`);
    case 'bytes':
      return presence === undefined
        ? `texts.Bytes(${length})`
        : `texts.OptionalBytes(bool(out.${presence}), ${length})`;
  }
}
