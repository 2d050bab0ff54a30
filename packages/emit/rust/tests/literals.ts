import type { Contract, Field, Message } from '#contract';
import { oneofTypeName } from '../../members.js';
import { findRecursion } from '../../recursion.js';
import { isZeroMember, type MemberValue, type MessageValue, type Value } from '../../vectors/values.js';
import { indent, rustString } from '../layout.js';
import { typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';

/** Longest expression that stays on a line. */
const widest = 80;

/** Prints values as Rust expressions, not in rustfmt's layout; what is as in a new message is left out. */
export class Literals {
  private readonly types: RustTypes;
  private readonly boxed: ReadonlySet<string>;

  /** @param time the function that makes a time of seconds and nanoseconds */
  constructor(
    contract: Contract,
    private readonly time = 'testing::time',
  ) {
    this.types = new RustTypes(contract);
    this.boxed = findRecursion(contract.messages).boxed;
  }

  message({ message, members }: MessageValue): string[] {
    const type = `api::${typeName(message.name)}`;
    const set = members.filter((member) => !isZeroMember(member));
    if (set.length === 0) return [`${type}::default()`];
    const fields = set.map((it) => prefixed(`${valueName(it.member.name)}: `, this.member(message, it)));
    const rest = set.length === members.length ? [] : [[`..${type}::default()`]];
    return wrapped(`${type} {`, [...fields, ...rest], '}', ' ');
  }

  private member(message: Message, member: MemberValue): string[] {
    switch (member.holds) {
      case 'one':
        return this.value(member.value, member.field);
      case 'maybe':
        return member.value === undefined
          ? ['None']
          : wrapped('Some(', [this.boxedValue(member.field, member.value)], ')');
      case 'list': {
        const [start, end] = this.types.isArena(member.field) ? ['grout::Arena::from_iter([', '])'] : ['vec![', ']'];
        return wrapped(
          start,
          member.items.map((item) => this.value(item, member.field)),
          end,
        );
      }
      case 'map': {
        const entries = member.entries.map(([key, value]) =>
          wrapped('(', [this.value(key), this.value(value, member.field)], ')'),
        );
        return wrapped('BTreeMap::from([', entries, '])');
      }
      case 'oneof': {
        if (member.value === undefined || member.field === undefined || member.member.kind === 'field') return ['None'];
        const variant = `api::${typeName(oneofTypeName(message, member.member.oneof))}::${typeName(member.field.name)}`;
        return wrapped(`Some(${variant}(`, [this.boxedValue(member.field, member.value)], '))');
      }
    }
  }

  private boxedValue(field: Field, value: Value): string[] {
    const lines = this.value(value, field);
    if (!this.boxed.has(field.fullName)) return lines;
    const isDefault = value.kind === 'message' && value.members.every(isZeroMember);
    return isDefault ? ['Box::default()'] : prefixed('Box::new(', lines, ')');
  }

  /** @param field whose value it is; absent for a key of a map */
  private value(value: Value, field?: Field): string[] {
    const isView = field?.own === 'borrow' && this.types.isView(field.fullName);
    const isPushed = field !== undefined && this.types.isArena(field);
    const isLent = isPushed || (field?.own === 'borrow' && !isView);
    switch (value.kind) {
      case 'scalar':
        return [scalar(value)];
      case 'enum':
        return [`api::${this.types.named(value.enum)}::from_number(${value.number})`];
      case 'string':
        if (isLent) return [rustString(value.text)];
        if (isView) return [`grout::Text::from(${rustString(value.text)})`];
        return [value.text === '' ? 'String::new()' : `${rustString(value.text)}.to_owned()`];
      case 'bytes':
        if (isLent) return [value.bytes.length === 0 ? '<&[u8]>::default()' : `[${value.bytes.join(', ')}].as_slice()`];
        if (isView) return [`grout::Bytes::from(vec![${value.bytes.join(', ')}])`];
        if (field !== undefined && this.types.isBuffer(field))
          return [`grout::Buffer::from(vec![${value.bytes.join(', ')}])`];
        return [value.bytes.length === 0 ? 'Vec::new()' : `vec![${value.bytes.join(', ')}]`];
      case 'timestamp':
        return [`${this.time}(${value.seconds}, ${value.nanos})`];
      case 'duration':
        return [`grout::SignedDuration::from_nanos(${value.nanos})`];
      case 'message':
        return this.message(value);
    }
  }
}

function scalar({ scalar, value }: Value & { readonly kind: 'scalar' }): string {
  const text = String(value);
  const isWhole = (scalar === 'f32' || scalar === 'f64') && /^-?\d+$/.test(text);
  return isWhole ? `${text}.0` : text;
}

function prefixed(start: string, lines: readonly string[], end = ''): string[] {
  return lines.map((line, at) => `${at === 0 ? start : ''}${line}${at === lines.length - 1 ? end : ''}`);
}

/** The parts between brackets: on a line when they fit, else each on lines of its own. `space` is inside the brackets. */
function wrapped(start: string, parts: readonly (readonly string[])[], end: string, space = ''): string[] {
  const inline = parts.map((lines) => lines.join('')).join(', ');
  const isShort = parts.every(({ length }) => length === 1) && start.length + inline.length <= widest;
  if (isShort) return [`${start}${space}${inline}${space}${end}`];
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0 && space === '') return prefixed(start, only, end);
  // Nothing may follow what stands for all other fields.
  return [start, ...indent(parts.flatMap((lines) => prefixed('', lines, lines[0]?.startsWith('..') ? '' : ','))), end];
}
