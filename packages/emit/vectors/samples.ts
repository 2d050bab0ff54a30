import type { Contract, Enum, Field, MapKey, Message, Scalar } from '#contract';
import { isAlwaysThere, membersOf, messageNamed, type Member } from '../members.js';
import { isZeroMember, type MemberValue, type MessageValue, type Number64, type Value } from './values.js';

/** How a value is chosen: `zero` as in a new message, `typical` or at one of the ends of what its type can be. */
type Taste = 'zero' | 'typical' | 'largest' | 'smallest';

/** A message to check both sides with. */
export interface Sample {
  /** Unique among the samples of its message. */
  readonly name: string;
  readonly value: MessageValue;
}

/** Messages may lie in each other as deep as this in a sample; further in they are new. */
const deepest = 2;

/** Texts and bytes of a sample are not longer than this, whatever the contract allows. */
const longest = 40;

const limits: Readonly<Record<Exclude<Scalar, 'bool'>, Readonly<Record<Taste, Number64>>>> = {
  i32: { zero: 0, typical: -7, largest: 2_147_483_647, smallest: -2_147_483_648 },
  i64: { zero: 0n, typical: -70_000_000_000n, largest: 2n ** 63n - 1n, smallest: -(2n ** 63n) },
  u32: { zero: 0, typical: 7, largest: 4_294_967_295, smallest: 1 },
  u64: { zero: 0n, typical: 70_000_000_000n, largest: 2n ** 64n - 1n, smallest: 1n },
  f32: { zero: 0, typical: 1.5, largest: 16_777_216, smallest: -0.25 },
  f64: { zero: 0, typical: -0.1, largest: 9_007_199_254_740_992, smallest: -1.5e-9 },
};

/** The samples of a message. The first is a new one. */
export function samplesOf(contract: Contract, message: Message): Sample[] {
  const sampler = new Sampler(contract);
  const tastes = ['zero', 'typical', 'largest', 'smallest'] as const;
  const samples = tastes.map((taste): Sample => ({ name: taste, value: sampler.message(message, taste, 0) }));
  const present: Sample = { name: 'there but zero', value: sampler.present(message) };
  const alternatives = membersOf(message).flatMap((member) =>
    member.kind === 'oneof'
      ? member.alternatives.map((field) => ({
          name: `${member.name} is ${field.name}`,
          value: sampler.withAlternative(message, member, field),
        }))
      : [],
  );
  const all = [...samples, present, ...alternatives];
  return all.filter(({ value }, at) => at === 0 || !value.members.every(isZeroMember));
}

class Sampler {
  constructor(private readonly contract: Contract) {}

  message(message: Message, taste: Taste, depth: number): MessageValue {
    const members = membersOf(message).map((member) => this.member(member, depth > deepest ? 'zero' : taste, depth));
    return { kind: 'message', message, members };
  }

  /** Everything that may be absent is there, and zero. */
  present(message: Message): MessageValue {
    const { members } = this.message(message, 'zero', 0);
    return {
      kind: 'message',
      message,
      members: members.map((it): MemberValue => {
        if (it.holds === 'maybe') return { ...it, value: this.value(it.field, 'zero', deepest) };
        if (it.holds === 'list') return { ...it, items: [this.value(it.field, 'zero', deepest)] };
        if (it.holds !== 'map') return it;
        return { ...it, entries: [[keyOf(it.field.mapKey, 'zero'), this.value(it.field, 'zero', deepest)]] };
      }),
    };
  }

  withAlternative(message: Message, oneof: Member, field: Field): MessageValue {
    const { members } = this.message(message, 'zero', 0);
    const chosen = { holds: 'oneof', field, value: this.value(field, 'typical', deepest - 1) } as const;
    return {
      kind: 'message',
      message,
      members: members.map((it) => (it.member.name === oneof.name ? { member: it.member, ...chosen } : it)),
    };
  }

  private member(member: Member, taste: Taste, depth: number): MemberValue {
    if (member.kind === 'oneof') {
      const field = taste === 'largest' ? member.alternatives.at(-1) : member.alternatives.at(0);
      const isSet = taste !== 'zero' && field !== undefined;
      return {
        member,
        holds: 'oneof',
        field: isSet ? field : undefined,
        value: isSet ? this.value(field, taste, depth) : undefined,
      };
    }
    const { field } = member;
    const isZero = taste === 'zero';
    switch (field.cardinality) {
      case 'repeated':
        return { member, holds: 'list', field, items: isZero ? [] : this.items(field, taste, depth) };
      case 'map':
        return { member, holds: 'map', field, entries: isZero ? [] : this.entries(field, taste, depth) };
      case 'optional':
        return { member, holds: 'maybe', field, value: isZero ? undefined : this.value(field, taste, depth) };
      case 'singular':
      case 'oneof':
        if (isAlwaysThere(field.type)) return { member, holds: 'one', field, value: this.value(field, taste, depth) };
        return { member, holds: 'maybe', field, value: isZero ? undefined : this.value(field, taste, depth) };
    }
  }

  private items(field: Field, taste: Taste, depth: number): Value[] {
    const tastes: Taste[] = taste === 'largest' ? ['largest', 'zero', 'typical'] : [taste];
    const items = tastes.map((each) => this.value({ ...field, maxLen: 0 }, each, depth + 1));
    return field.maxLen === 0 ? items : items.slice(0, field.maxLen);
  }

  private entries(field: Field, taste: Taste, depth: number): [Value, Value][] {
    // In the order of the keys: the smallest comes first.
    const tastes: Taste[] = taste === 'largest' ? ['typical', 'largest'] : [taste];
    const entries = tastes.map((each): [Value, Value] => {
      return [keyOf(field.mapKey, each), this.value({ ...field, maxLen: 0 }, each, depth + 1)];
    });
    return field.maxLen === 0 ? entries : entries.slice(0, field.maxLen);
  }

  private value({ type, name, maxLen }: Field, taste: Taste, depth: number): Value {
    switch (type.kind) {
      case 'scalar':
        return { kind: 'scalar', scalar: type.scalar, value: scalarOf(type.scalar, taste) };
      case 'enum':
        return { kind: 'enum', enum: type.enum, number: this.number(type.enum, taste) };
      case 'string':
        return { kind: 'string', text: textOf(name, maxLen, taste) };
      case 'bytes':
        return { kind: 'bytes', bytes: bytesOf(maxLen, taste) };
      case 'timestamp':
        return timestamps[taste];
      case 'duration':
        return { kind: 'duration', nanos: limits.i64[taste] as bigint };
      case 'message':
        return this.message(messageNamed(this.contract, type.message), taste, depth + 1);
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }

  /** The largest is a number without a name: an enum is open. */
  private number(fullName: string, taste: Taste): number {
    const values = (this.contract.enums.find((it) => it.fullName === fullName) as Enum).values;
    if (taste === 'zero') return 0;
    if (taste === 'largest') return 2_147_483_647;
    const numbers = values.map(({ number }) => number);
    return taste === 'smallest' ? Math.min(...numbers) : (numbers.find((number) => number !== 0) ?? 0);
  }
}

function scalarOf(scalar: Scalar, taste: Taste): Number64 {
  return scalar === 'bool' ? taste === 'typical' || taste === 'largest' : limits[scalar][taste];
}

const timestamps: Readonly<Record<Taste, Value>> = {
  zero: { kind: 'timestamp', seconds: 0, nanos: 0 },
  typical: { kind: 'timestamp', seconds: 1_770_091_506, nanos: 789_000_001 },
  largest: { kind: 'timestamp', seconds: 253_402_300_799, nanos: 999_999_999 },
  smallest: { kind: 'timestamp', seconds: -62_135_596_800, nanos: 0 },
};

/** The name of the field, one of each length of UTF-8 up to the limit, or a byte that is 0. */
function textOf(name: string, maxLen: number, taste: Taste): string {
  if (taste === 'zero') return '';
  if (taste === 'smallest') return '\u0000';
  const most = maxLen === 0 ? longest : Math.min(maxLen, longest);
  const whole = taste === 'typical' ? name : 'aß€😀'.repeat(4);
  const characters = Array.from(whole);
  while (new TextEncoder().encode(characters.join('')).length > most) characters.pop();
  const text = characters.join('');
  const left = most - new TextEncoder().encode(text).length;
  return taste === 'largest' && maxLen > 0 ? text + 'z'.repeat(left) : text;
}

function bytesOf(maxLen: number, taste: Taste): number[] {
  const most = maxLen === 0 ? longest : Math.min(maxLen, longest);
  if (taste === 'zero') return [];
  if (taste === 'largest') return Array.from({ length: most }, (_, at) => 255 - at);
  return (taste === 'typical' ? [0, 127, 255] : [0]).slice(0, most);
}

function keyOf(key: MapKey | undefined, taste: Taste): Value {
  if (key === undefined || key === 'string') return { kind: 'string', text: keyTexts[taste] };
  if (key === 'bool') return { kind: 'scalar', scalar: 'bool', value: taste === 'largest' };
  return { kind: 'scalar', scalar: key, value: limits[key][taste] };
}

const keyTexts: Readonly<Record<Taste, string>> = { zero: '', typical: 'key', largest: 'ß', smallest: '\u0000' };
