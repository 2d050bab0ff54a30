import { isEmpty, type Leaf, type Members, type Nested } from '../crossing.js';
import type { Scalar } from '#contract';
import type { UniqueNames } from '../unique-names.js';
import type { GoFile } from './go-file.js';
import { exportedName, localName } from './names.js';
import type { PackPrinter } from './pack.js';

/** Where a message is written to: the arguments of a function of C, or the response struct of a method of Go. */
export interface Target {
  /** A flag or a number, of a value of the Go type that is called so. */
  readonly slot: (type: Scalar, value: string) => string;
  /** A number, of a value of another type. */
  readonly number: (type: Scalar, value: string) => string;
  /** The slots of a text or of bytes, given the Go value. */
  readonly bytes: (kind: 'text' | 'bytes', value: string) => readonly string[];
  /** The slots of a buffer that is given away. */
  readonly buffer: (value: string) => readonly string[];
}

/** A message as slots: statements that come before, and one expression for each slot. */
export interface Written {
  readonly locals: string[];
  readonly values: string[];
}

/** What the parts of a message are printed with, where it is written to slots. */
export interface Writer {
  readonly file: GoFile;
  readonly target: Target;
  /** Names of locals for nested messages and for texts that may be absent. */
  readonly names: UniqueNames;
  readonly packer: PackPrinter;
  /** Receives the statements that pack, in the order of `allPacked`; they use `packer`. */
  readonly packs: string[];
}

/** Writes the message in the variable `owner`. */
export function printWriting(writer: Writer, owner: string, { message, leaves, packed, nested }: Members): Written {
  const printed: Written = { locals: [], values: [] };
  for (const leaf of leaves) append(printed, printLeaf(writer, owner, leaf));
  for (const { member, path } of packed) {
    writer.packs.push(writer.packer.packMember('packer', owner, message, member, path));
  }
  for (const inner of nested) append(printed, writeNested(writer, owner, inner));
  return printed;
}

function writeNested(writer: Writer, owner: string, nested: Nested): Written {
  const pointer = `${owner}.${exportedName(nested.field.name)}`;
  const presence = writer.target.slot('bool', `${pointer} != nil`);
  if (isEmpty(nested.members)) return { locals: [], values: [presence] };
  const local = writer.names.claim(localName(nested.name));
  const inner = printWriting(writer, local, nested.members);
  return {
    locals: [`${local} := ${writer.file.grout('Value')}(${pointer})`, ...inner.locals],
    values: [presence, ...inner.values],
  };
}

function append(target: Written, more: Written): void {
  target.locals.push(...more.locals);
  target.values.push(...more.values);
}

function printLeaf({ file, names, target }: Writer, owner: string, { field, crosses, name, presence }: Leaf): Written {
  const value = `${owner}.${exportedName(field.name)}`;
  const flag = presence === undefined ? [] : [target.slot('bool', `${value} != nil`)];
  const plain = presence === undefined ? value : `${file.grout('Value')}(${value})`;
  switch (crosses.kind) {
    case 'scalar':
      return { locals: [], values: [...flag, target.slot(crosses.scalar, plain)] };
    case 'enum':
      return { locals: [], values: [...flag, target.number('i32', plain)] };
    case 'duration':
      return { locals: [], values: [...flag, target.number('i64', plain)] };
    case 'timestamp': {
      const [seconds, nanos] = [file.grout('Seconds'), file.grout('Nanos')];
      const parts = [target.slot('i64', `${seconds}(${value})`), target.slot('u32', `${nanos}(${value})`)];
      return { locals: [], values: [...flag, ...parts] };
    }
    case 'text': {
      const local = presence === undefined ? value : names.claim(localName(name));
      const locals = presence === undefined ? [] : [`${local} := ${plain}`];
      return { locals, values: [...flag, ...target.bytes('text', local)] };
    }
    case 'view':
      throw new Error(`${value} is a view, which only goes from Rust to Go`);
    case 'buffer':
      return { locals: [], values: [...target.buffer(value)] };
    case 'bytes':
      return { locals: [], values: [...flag, ...target.bytes('bytes', value)] };
  }
}
