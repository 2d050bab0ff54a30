import type { MemberValue, MessageValue, Number64, Value } from './values.js';

/** Something in packed bytes that can be made wrong. */
export interface Spot {
  readonly kind: 'flag' | 'text' | 'alternative' | 'timestamp' | 'empty';
  /** Path of the field, as both sides name it. */
  readonly path: string;
  /** Of the first byte of a flag, of the contents of a text, of an alternative's number, of a time's nanoseconds. */
  readonly offset: number;
}

/** Packed bytes, and where they can be made wrong. */
export interface PackedValue {
  readonly bytes: Uint8Array;
  readonly spots: readonly Spot[];
}

/** Packs a message as both runtimes do: the third hand that writes the encoding, so that the two cannot err alike. */
export function packValue(message: MessageValue): PackedValue {
  const writer = new Writer();
  writer.message(message, '');
  return writer.finish();
}

class Writer {
  private readonly bytes: number[] = [];
  private readonly spots: Spot[] = [];

  finish(): PackedValue {
    return { bytes: Uint8Array.from(this.bytes), spots: this.spots };
  }

  message({ members }: MessageValue, path: string): void {
    if (members.length === 0) this.flag('empty', path, false);
    for (const member of members)
      this.member(member, path === '' ? member.member.name : `${path}.${member.member.name}`);
  }

  private member(member: MemberValue, path: string): void {
    switch (member.holds) {
      case 'one':
        this.value(member.value, path);
        break;
      case 'maybe':
        this.flag('flag', path, member.value !== undefined);
        if (member.value !== undefined) this.value(member.value, path);
        break;
      case 'list':
        this.unsigned(4, member.items.length);
        member.items.forEach((item, at) => {
          this.value(item, `${path}[${at}]`);
        });
        break;
      case 'map':
        this.unsigned(4, member.entries.length);
        member.entries.forEach(([key, value], at) => {
          this.value(key, `${path}[${at}]`);
          this.value(value, `${path}[${at}]`);
        });
        break;
      case 'oneof':
        this.flag('flag', path, member.value !== undefined);
        if (member.value === undefined || member.field === undefined) break;
        this.note('alternative', path);
        this.unsigned(4, member.field.number);
        this.value(member.value, `${path}.${member.field.name}`);
    }
  }

  private value(value: Value, path: string): void {
    switch (value.kind) {
      case 'scalar':
        this.scalar(value.scalar, value.value, path);
        break;
      case 'enum':
        this.unsigned(4, value.number);
        break;
      case 'string':
        this.text(value.text, path);
        break;
      case 'bytes':
        this.unsigned(4, value.bytes.length);
        this.bytes.push(...value.bytes);
        break;
      case 'timestamp':
        this.unsigned(8, value.seconds);
        this.note('timestamp', path);
        this.unsigned(4, value.nanos);
        break;
      case 'duration':
        this.unsigned(8, value.nanos);
        break;
      case 'message':
        this.message(value, path);
    }
  }

  private scalar(scalar: string, value: Number64, path: string): void {
    if (typeof value === 'boolean') this.flag('flag', path, value);
    else if (scalar === 'f32' || scalar === 'f64') this.float(scalar, Number(value));
    else this.unsigned(scalar.endsWith('64') ? 8 : 4, value);
  }

  private text(text: string, path: string): void {
    const utf8 = new TextEncoder().encode(text);
    this.unsigned(4, utf8.length);
    if (utf8.length > 0) this.note('text', path);
    this.bytes.push(...utf8);
  }

  private flag(kind: 'flag' | 'empty', path: string, isSet: boolean): void {
    this.note(kind, path);
    this.bytes.push(isSet ? 1 : 0);
  }

  private note(kind: Spot['kind'], path: string): void {
    this.spots.push({ kind, path, offset: this.bytes.length });
  }

  private float(scalar: 'f32' | 'f64', value: number): void {
    const view = new DataView(new ArrayBuffer(scalar === 'f32' ? 4 : 8));
    if (scalar === 'f32') view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    this.bytes.push(...new Uint8Array(view.buffer));
  }

  /** Little-endian; a negative number as its two's complement. */
  private unsigned(width: number, value: number | bigint): void {
    let rest = BigInt.asUintN(width * 8, BigInt(value));
    for (let at = 0; at < width; at++) {
      this.bytes.push(Number(rest & 0xffn));
      rest >>= 8n;
    }
  }
}
