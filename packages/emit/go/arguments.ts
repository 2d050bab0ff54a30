import type { Bridge } from '../bridge.js';
import { allPacked, isEmpty, type Call, type Leaf, type Members, type Nested } from '../crossing.js';
import { UniqueNames } from '../unique-names.js';
import type { GoFile } from './go-file.js';
import { GoTypes, scalarType } from './go-types.js';
import { exportedName, localName } from './names.js';
import { packFunctionNames, PackPrinter } from './pack.js';
import { qualifiersOf } from './qualifiers.js';
import { resultOf } from './signatures.js';

/** What a glue function calls its own; locals for nested messages stay clear of it and of its packages. */
const glueNames = new Set([
  'call',
  'callback',
  'o',
  'out',
  'status',
  'req',
  'resp',
  'ctx',
  'tail',
  'texts',
  'spill',
  'size',
  'packer',
  'unpacker',
  'err',
  'grout',
  'time',
  'bool',
  'unsafe',
  'context',
  'fmt',
  'len',
  'nil',
  'string',
  'byte',
  'takeError',
  'freeView',
]);

/** The request as C arguments: statements that come before the call, and one expression for each argument. */
export interface PrintedArguments {
  readonly locals: string[];
  readonly values: string[];
}

export function printArguments(file: GoFile, bridge: Bridge, call: Call): PrintedArguments {
  const { request } = call;
  const types = new GoTypes(file);
  const names = new UniqueNames(
    new Set([...glueNames, ...packFunctionNames(bridge), ...qualifiersOf(bridge.layout).values()]),
  );
  const packs: string[] = [];
  const printed = flatten({ file, names, packer: new PackPrinter(file), packs }, 'req', request);
  if (allPacked(request).length === 0) return printed;
  return {
    locals: [
      ...printed.locals,
      `packer := ${file.grout('NewPacker')}()`,
      'defer packer.Release()',
      ...packs,
      'if err := packer.Err(); err != nil {',
      `\treturn ${resultOf(types, call).zero}, err`,
      '}',
    ],
    values: [...printed.values, '(*C.uint8_t)(packer.Data())', 'C.size_t(packer.Len())'],
  };
}

/** What the parts of a request are printed with. */
interface Writer {
  readonly file: GoFile;
  readonly names: UniqueNames;
  readonly packer: PackPrinter;
  /** Statements that pack, in the order of `allPacked`. */
  readonly packs: string[];
}

function flatten(writer: Writer, owner: string, { message, leaves, packed, nested }: Members): PrintedArguments {
  const printed: PrintedArguments = { locals: [], values: [] };
  for (const leaf of leaves) append(printed, printLeaf(writer, owner, leaf));
  for (const { member, path } of packed) {
    writer.packs.push(writer.packer.packMember('packer', owner, message, member, path));
  }
  for (const inner of nested) append(printed, flattenNested(writer, owner, inner));
  return printed;
}

function flattenNested(writer: Writer, owner: string, nested: Nested): PrintedArguments {
  const pointer = `${owner}.${exportedName(nested.field.name)}`;
  const presence = `C.bool(${pointer} != nil)`;
  if (isEmpty(nested.members)) return { locals: [], values: [presence] };
  const local = writer.names.claim(localName(nested.name));
  const inner = flatten(writer, local, nested.members);
  return {
    locals: [`${local} := ${writer.file.grout('Value')}(${pointer})`, ...inner.locals],
    values: [presence, ...inner.values],
  };
}

function append(target: PrintedArguments, more: PrintedArguments): void {
  target.locals.push(...more.locals);
  target.values.push(...more.values);
}

function printLeaf({ file, names }: Writer, owner: string, { field, crosses, name, presence }: Leaf): PrintedArguments {
  const value = `${owner}.${exportedName(field.name)}`;
  const flag = presence === undefined ? [] : [`C.bool(${value} != nil)`];
  const plain = presence === undefined ? value : `${file.grout('Value')}(${value})`;
  switch (crosses.kind) {
    case 'scalar':
      return { locals: [], values: [...flag, `${scalarType(crosses.scalar).cgo}(${plain})`] };
    case 'enum':
      return { locals: [], values: [...flag, `C.int32_t(${plain})`] };
    case 'duration':
      return { locals: [], values: [...flag, `C.int64_t(${plain})`] };
    case 'timestamp': {
      const [seconds, nanos] = [file.grout('Seconds'), file.grout('Nanos')];
      return { locals: [], values: [...flag, `C.int64_t(${seconds}(${value}))`, `C.uint32_t(${nanos}(${value}))`] };
    }
    case 'text': {
      const local = presence === undefined ? value : names.claim(localName(name));
      const locals = presence === undefined ? [] : [`${local} := ${plain}`];
      return { locals, values: [...flag, ...lent(file, 'StringData', local)] };
    }
    case 'view':
      throw new Error(`${value} is a view, which no request has`);
    case 'buffer':
      return { locals: [], values: [`C.uintptr_t(${value}.Give())`] };
    case 'bytes':
      return { locals: [], values: [...flag, ...lent(file, 'SliceData', value)] };
  }
}

function lent(file: GoFile, data: 'StringData' | 'SliceData', value: string): string[] {
  return [`(*C.uint8_t)(${file.std('unsafe', data)}(${value}))`, `C.size_t(len(${value}))`];
}
