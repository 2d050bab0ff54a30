import type { Contract, Field, MapKey, Message, Scalar } from '#contract';
import { isAlwaysThere, membersOf, messageNamed, type Member } from '../members.js';
import type { MemberValue, MessageValue, Number64, Value } from './values.js';

/** Messages in a random one lie in each other as deep as this. */
const deepest = 3;

/** Lists, maps and texts are no longer than this, whatever the contract allows. */
const longest = 4;

const characters = ['a', 'Z', ' ', '\u0000', '"', '\\', 'ß', '€', '😀', '\u{10ffff}'];

/** Random messages of a contract, the same ones for the same seed. */
export class RandomValues {
  private state: number;

  constructor(
    private readonly contract: Contract,
    seed: string,
  ) {
    // FNV-1a, so that each message of each contract has others.
    this.state = 0x81_1c_9d_c5;
    for (const byte of new TextEncoder().encode(seed)) this.state = Math.imul(this.state ^ byte, 0x01_00_01_93) >>> 0;
  }

  message(message: Message, depth = 0): MessageValue {
    return { kind: 'message', message, members: membersOf(message).map((member) => this.member(member, depth)) };
  }

  private member(member: Member, depth: number): MemberValue {
    if (member.kind === 'oneof') {
      const field = this.isThere(depth) ? this.oneOf(member.alternatives) : undefined;
      return { member, holds: 'oneof', field, value: field && this.value(field, depth) };
    }
    const { field } = member;
    const item = { ...field, maxLen: 0 };
    switch (field.cardinality) {
      case 'repeated':
        return { member, holds: 'list', field, items: this.times(field, depth, () => this.value(item, depth + 1)) };
      case 'map': {
        const entries = this.times(field, depth, () => [this.key(field.mapKey), this.value(item, depth + 1)] as const);
        return { member, holds: 'map', field, entries: inOrder(entries) };
      }
      case 'optional':
        return { member, holds: 'maybe', field, value: this.isThere(depth) ? this.value(field, depth) : undefined };
      case 'singular':
      case 'oneof':
        if (isAlwaysThere(field.type)) return { member, holds: 'one', field, value: this.value(field, depth) };
        return { member, holds: 'maybe', field, value: this.isThere(depth) ? this.value(field, depth) : undefined };
    }
  }

  private value({ type, maxLen }: Field, depth: number): Value {
    switch (type.kind) {
      case 'scalar':
        return { kind: 'scalar', scalar: type.scalar, value: this.number(type.scalar) };
      case 'enum':
        return { kind: 'enum', enum: type.enum, number: Number(this.number('i32')) };
      case 'string':
        return { kind: 'string', text: this.text(maxLen) };
      case 'bytes': {
        const length = this.below(Math.min(maxLen === 0 ? longest : maxLen, longest) + 1);
        return { kind: 'bytes', bytes: Array.from({ length }, () => this.below(256)) };
      }
      case 'timestamp':
        return { kind: 'timestamp', seconds: this.below(2 ** 32) - 2 ** 31, nanos: this.below(1_000_000_000) };
      case 'duration':
        return { kind: 'duration', nanos: BigInt(this.number('i64')) };
      case 'message':
        return this.message(messageNamed(this.contract, type.message), depth + 1);
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }

  private number(scalar: Scalar): Number64 {
    const [low, high] = [this.below(2 ** 32), this.below(2 ** 32)];
    const wide = (BigInt(high) << 32n) | BigInt(low);
    switch (scalar) {
      case 'bool':
        return low % 2 === 1;
      case 'i32':
        return low | 0;
      case 'u32':
        return low;
      case 'i64':
        return BigInt.asIntN(64, wide);
      case 'u64':
        return wide;
      case 'f32':
        return Math.fround((low - high) / 1024);
      case 'f64':
        return (low - high) / (1 + (high % 1000));
    }
  }

  private key(type: MapKey | undefined): Value {
    if (type === undefined || type === 'string') return { kind: 'string', text: this.text(0) };
    return { kind: 'scalar', scalar: type, value: this.number(type) };
  }

  private text(maxLen: number): string {
    const chosen = Array.from({ length: this.below(longest + 1) }, () => this.oneOf(characters));
    while (maxLen > 0 && new TextEncoder().encode(chosen.join('')).length > maxLen) chosen.pop();
    return chosen.join('');
  }

  private times<T>({ maxLen }: Field, depth: number, make: () => T): T[] {
    const most = depth >= deepest ? 0 : Math.min(maxLen === 0 ? longest : maxLen, longest);
    return Array.from({ length: this.below(most + 1) }, make);
  }

  private isThere(depth: number): boolean {
    return this.below(2) === 1 && depth < deepest;
  }

  private oneOf<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }

  /** A number below `end`: mulberry32. */
  private below(end: number): number {
    this.state = (this.state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }
}

/** Each key once, in the order of Rust's BTreeMap: texts by their bytes. */
function inOrder(entries: readonly (readonly [Value, Value])[]): (readonly [Value, Value])[] {
  const once = new Map(entries.map((entry) => [JSON.stringify(sortKey(entry[0])), entry]));
  return [...once.values()].sort(([a], [b]) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(key: Value): string {
  if (key.kind === 'string')
    return Array.from(new TextEncoder().encode(key.text), (byte) => String.fromCodePoint(byte)).join('');
  const number = key.kind === 'scalar' ? BigInt(key.value) : 0n;
  return (number + 2n ** 63n).toString().padStart(20, '0');
}
