import type { Field, Message } from '#contract';
import { alignOf } from '../../borrowing.js';
import { isZeroMember, notUtf8, type MemberValue, type MessageValue, type Value } from '../../vectors/values.js';
import type { OneofMember } from '../../members.js';
import { goString, indent, type GoFile } from '../go-file.js';
import { GoTypes, scalarType } from '../go-types.js';
import { exportedName } from '../names.js';

/** Longest literal that stays on a line. */
const widest = 90;

/** Prints values as Go literals; what is as in a new message is left out. */
export class Literals {
  private readonly types: GoTypes;

  /** @param newBuffer the function that makes a buffer of bytes; by default one that no library takes */
  constructor(
    private readonly file: GoFile,
    private readonly newBuffer?: string,
  ) {
    this.types = new GoTypes(file);
  }

  /** The lines of a literal: one, or with a line for each part. */
  message({ message, members }: MessageValue): string[] {
    const type = this.types.named(message.fullName);
    const parts = members
      .filter((member) => !isZeroMember(member))
      .map((it) => ({ key: exportedName(it.member.name), lines: this.member(message, it) }));
    return composite(type, parts);
  }

  private member(message: Message, member: MemberValue): string[] {
    switch (member.holds) {
      case 'one':
        return this.single(member.field, member.value);
      case 'maybe':
        return member.value === undefined ? ['nil'] : this.pointer(member.field, member.value);
      case 'list': {
        if (this.types.isView(member.field)) {
          const type = `[]*${this.file.grout(this.types.viewOf(member.field))}`;
          return composite(
            type,
            member.items.map((item) => ({ lines: this.single(member.field, item) })),
          );
        }
        const type = `[]${this.types.value(member.field.type)}`;
        return composite(
          type,
          member.items.map((item) => ({ lines: withoutType(this.value(item), item) })),
        );
      }
      case 'map': {
        const parts = member.entries.map(([key, value]) => ({
          key: this.value(key).join(''),
          lines: withoutType(this.value(value), value),
        }));
        return composite(this.types.field(member.field), parts);
      }
      case 'oneof': {
        if (member.value === undefined || member.field === undefined) return ['nil'];
        const type = this.types.alternative(message, member.member as OneofMember, member.field);
        return composite(type, isZeroValue(member.value) ? [] : [{ key: 'Value', lines: this.value(member.value) }]);
      }
    }
  }

  /** A value that is always there. */
  private single(field: Field, value: Value): string[] {
    const align = alignOf(field);
    if (this.types.isView(field)) {
      return prefixed(`${this.file.grout(`New${this.types.viewOf(field)}`)}(`, this.value(value), ')');
    }
    if (this.types.isBuffer(field)) {
      return prefixed(`${this.newBuffer ?? this.file.grout('BufferOf')}(`, this.value(value), ')');
    }
    if (align === 1 || field.own !== 'borrow' || value.kind !== 'bytes') return this.value(value);
    if (value.isMisaligned === true) return [`${this.file.grout('AlignedBytes')}(2, ${align})[1:]`];
    return prefixed(`${this.file.grout('AlignedClone')}(`, this.value(value), `, ${align})`);
  }

  /** A pointer to the value; bytes that may be absent are a slice that is not nil. */
  private pointer({ type }: { readonly type: { readonly kind: string } }, value: Value): string[] {
    if (value.kind === 'message') return prefixed('&', this.message(value));
    if (type.kind === 'bytes')
      return value.kind === 'bytes' && value.bytes.length === 0 ? ['[]byte{}'] : this.value(value);
    return prefixed('new(', this.typed(value), ')');
  }

  /** A value whose type shows. */
  private typed(value: Value): string[] {
    const lines = this.value(value);
    if (value.kind === 'scalar' && typeof value.value !== 'boolean') {
      return [`${scalarType(value.scalar).go}(${lines.join('')})`];
    }
    if (value.kind === 'enum') return [`${this.types.named(value.enum)}(${lines.join('')})`];
    if (value.kind === 'duration') return [`${this.file.std('time', 'Duration')}(${lines.join('')})`];
    return lines;
  }

  private value(value: Value): string[] {
    switch (value.kind) {
      case 'scalar':
        return [String(value.value)];
      case 'enum':
        return [String(value.number)];
      case 'string':
        return [goString(value.text).replaceAll(notUtf8, String.raw`\xff`)];
      case 'bytes':
        return [value.bytes.length === 0 ? 'nil' : `[]byte{${value.bytes.join(', ')}}`];
      case 'timestamp':
        return [`${this.file.std('time', 'Unix')}(${value.seconds}, ${value.nanos}).UTC()`];
      case 'duration':
        return [String(value.nanos)];
      case 'message':
        return this.message(value);
    }
  }
}

function isZeroValue(value: Value): boolean {
  return value.kind === 'bytes' && value.bytes.length === 0;
}

/** gofmt's -s leaves out the type of an item that the list says. */
function withoutType(lines: string[], value: Value): string[] {
  if (value.kind === 'bytes' || value.kind === 'message') {
    const [first = '', ...rest] = lines;
    return first === 'nil' ? lines : [first.replace(/^[^{]*/, ''), ...rest];
  }
  return lines;
}

function prefixed(start: string, lines: readonly string[], end = ''): string[] {
  return lines.map((line, at) => `${at === 0 ? start : ''}${line}${at === lines.length - 1 ? end : ''}`);
}

interface Part {
  readonly key?: string;
  readonly lines: readonly string[];
}

/** `T{a, b}` on a line, or with a line for each part, whose values stand in gofmt's columns. */
function composite(type: string, parts: readonly Part[]): string[] {
  const inline = parts.map(({ key, lines }) => `${key === undefined ? '' : `${key}: `}${lines.join('')}`).join(', ');
  const isShort = parts.every(({ lines }) => lines.length === 1) && type.length + inline.length <= widest;
  if (isShort) return [`${type}{${inline}}`];
  return [`${type}{`, ...indent(inColumns(parts)), '}'];
}

/** Values that take one line each stand in a column with those beside them. */
function inColumns(parts: readonly Part[]): string[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.lines.length === 1 && part.lines.length === 1) last.push(part);
    else groups.push([part]);
  }
  return groups.flatMap((group) => {
    const width = Math.max(...group.map(({ key }) => (key === undefined ? 0 : key.length + 1)));
    return group.flatMap(({ key, lines }) => {
      const start = key === undefined ? '' : `${`${key}:`.padEnd(width)} `;
      return prefixed(start, lines, ',');
    });
  });
}
