import { allPacked, isEmpty, nanosName, type Leaf, type Members, type Nested } from '../crossing.js';
import { assignment, rustString } from './layout.js';
import { valueName } from './names.js';
import { packMembers } from './packing.js';
import type { RustTypes } from './rust-types.js';

/** Where a message is written to: the response struct of a call of Go, or a literal of the request struct of one of Rust. */
export interface Target {
  /** Where statements start. */
  readonly column: number;
  /** Gives a slot a value. */
  readonly set: (slot: string, value: string) => Written;
  /** Gives slots the parts of a value, before what comes after it is evaluated. */
  readonly setFirst: (slots: readonly string[], value: string) => Written;
  /** The slots of a text, of bytes, or of what is packed, given the local or the field that has it. */
  readonly bytes: (name: string, value: string) => Written;
  /** What makes the value of an optional text, or of optional bytes, of the option. */
  readonly whenThere: string;
  /** Statements that check a view. */
  readonly view: (leaf: Leaf, value: string) => readonly string[];
}

/** A message as slots: statements, and fields of the struct that comes after them where it is a literal. */
export interface Written {
  readonly statements: string[];
  readonly fields: string[];
}

/** Writes the message in the local `owner`. What is packed is left in the local `pack`. */
export function printWriting(types: RustTypes, target: Target, owner: string, members: Members): Written {
  const written = writeMembers(target, owner, members);
  if (allPacked(members).length === 0) return written;
  const packing = [
    `let mut pack = ffi::Packer::${types.packsViews(members) ? 'with_views' : 'default'}();`,
    ...packMembers(types, owner, members),
    'let pack = pack.into_bytes();',
  ];
  return join([written, statements(packing), target.bytes('pack', 'pack')]);
}

function writeMembers(target: Target, owner: string, { leaves, nested }: Members): Written {
  return join([
    ...leaves.map((leaf) => writeLeaf(target, owner, leaf)),
    ...nested.map((inner) => writeNested(target, owner, inner)),
  ]);
}

function writeNested(target: Target, owner: string, { field, presence, name, members }: Nested): Written {
  const value = `${owner}.${valueName(field.name)}`;
  const local = assignment(`let ${name}`, `${value}.unwrap_or_default()`, target.column);
  return join([
    target.setFirst([presence], `${value}.is_some()`),
    ...(isEmpty(members) ? [] : [statements(local), writeMembers(target, name, members)]),
  ]);
}

function writeLeaf(target: Target, owner: string, leaf: Leaf): Written {
  const { field, crosses, name, presence, path } = leaf;
  const value = `${owner}.${valueName(field.name)}`;
  const flag = presence === undefined ? [] : [target.set(presence, `${value}.is_some()`)];
  const plain = presence === undefined ? value : `${value}.unwrap_or_default()`;
  switch (crosses.kind) {
    case 'scalar':
      return join([...flag, target.set(name, plain)]);
    case 'enum':
      return join([...flag, target.set(name, `${plain}.number()`)]);
    case 'duration':
      return join([...flag, target.set(name, `${plain}.as_nanos()`)]);
    case 'timestamp': {
      const parts = `ffi::timestamp_parts(${value}, ${rustString(path)})?`;
      return join([...flag, target.setFirst([name, nanosName(name)], parts)]);
    }
    case 'view':
      return join([...flag, statements(target.view(leaf, value))]);
    case 'buffer':
      throw new Error(`${path} is a buffer, which only goes from Go to Rust`);
    case 'text':
    case 'bytes': {
      const local = presence === undefined ? value : name;
      const there = assignment(`let ${name}`, `${value}.${target.whenThere}`, target.column);
      const limit = `ffi::check_len(${local}.len(), ${field.maxLen}, ${rustString(path)})?;`;
      return join([
        ...flag,
        statements([...(presence === undefined ? [] : there), ...(field.maxLen > 0 ? [limit] : [])]),
        target.bytes(name, local),
      ]);
    }
  }
}

function statements(lines: readonly string[]): Written {
  return { statements: [...lines], fields: [] };
}

function join(parts: readonly Written[]): Written {
  return {
    statements: parts.flatMap((part) => part.statements),
    fields: parts.flatMap((part) => part.fields),
  };
}
