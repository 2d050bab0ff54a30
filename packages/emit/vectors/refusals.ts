import type { Contract, Field, Message } from '#contract';
import { alignOf } from '../borrowing.js';
import { messageNamed, type Member } from '../members.js';
import { samplesOf } from './samples.js';
import { notUtf8, type MemberValue, type MessageValue, type Value } from './values.js';

/** A message with one fault, and what both sides and the mock say of it. */
export interface Refusal {
  readonly request: MessageValue;
  readonly error: string;
  /** What is at fault: a text that is no UTF-8, a length, a time, or where bytes start. */
  readonly kind: 'text' | 'limit' | 'time' | 'align';
}

/** Faults in messages that lie deeper than this are not looked for. */
const deepest = 3;

/** Longest text or list that is made to break a limit. */
const longest = 256;

/** Each kind of fault that a message can have, once for each way in which its members can hold it. */
export function refusalsOf(contract: Contract, fullName: string): Refusal[] {
  const seen = new Set<string>();
  return new Faults(contract)
    .inMessage(messageNamed(contract, fullName), 0)
    .flatMap(({ kind, holds, path, value, says }) => {
      const key = `${kind} ${holds}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ request: value, error: `${path}: ${says}`, kind }];
    });
}

interface Fault<T> {
  readonly kind: Refusal['kind'];
  /** How the outermost member holds it. */
  readonly holds: string;
  readonly path: string;
  readonly value: T;
  readonly says: string;
}

class Faults {
  constructor(private readonly contract: Contract) {}

  inMessage(message: Message, depth: number): Fault<MessageValue>[] {
    const [zero] = samplesOf(this.contract, message);
    if (zero === undefined || depth > deepest) return [];
    const { members } = zero.value;
    return members.flatMap((held, at) =>
      this.inMember(held, depth).map((fault) => ({
        ...fault,
        value: { kind: 'message', message, members: members.with(at, fault.value) },
      })),
    );
  }

  private inMember(held: MemberValue, depth: number): Fault<MemberValue>[] {
    const { member } = held;
    if (member.kind === 'oneof') {
      return member.alternatives.flatMap((field) =>
        this.inValue(field, depth).map((fault) => ({
          ...fault,
          holds: 'oneof',
          path: under(`${member.name}.${field.name}`, fault.path),
          value: { member, holds: 'oneof', field, value: fault.value },
        })),
      );
    }
    const { field } = member;
    const inItems = this.inValue({ ...field, maxLen: 0 }, depth);
    switch (held.holds) {
      case 'list':
        return [
          ...inItems.map((fault) =>
            within(fault, 'list', `${field.name}[0]`, { member, holds: 'list', field, items: [fault.value] }),
          ),
          ...this.tooMany(field, member),
        ];
      case 'map': {
        const entries = (value: Value): [Value, Value][] => [[zeroKey(field), value]];
        return inItems.map((fault) => {
          return within(fault, 'map', `${field.name}[0]`, {
            member,
            holds: 'map',
            field,
            entries: entries(fault.value),
          });
        });
      }
      case 'maybe':
      case 'one':
        return this.inValue(field, depth).map((fault) => {
          const holds = field.type.kind === 'message' ? 'message' : 'leaf';
          return within(fault, holds, field.name, { member, holds: held.holds, field, value: fault.value });
        });
      case 'oneof':
        return [];
    }
  }

  /** Faults of a value that is there. */
  private inValue(field: Field, depth: number): Fault<Value>[] {
    const { type, maxLen } = field;
    const fault = { holds: '', path: '' };
    const tooLong = maxLen > 0 && maxLen < longest;
    const says = `its length is ${maxLen + 1}, the contract allows ${maxLen} at most`;
    switch (type.kind) {
      case 'string': {
        const reason = 'not valid UTF-8 at byte 0; pass text as UTF-8, or declare the field as bytes';
        const long = {
          ...fault,
          kind: 'limit',
          value: { kind: 'string', text: 'x'.repeat(maxLen + 1) },
          says,
        } as const;
        return [
          { ...fault, kind: 'text', value: { kind: 'string', text: notUtf8 }, says: reason },
          ...(tooLong ? [long] : []),
        ];
      }
      case 'bytes': {
        const bytes = Array.from({ length: maxLen + 1 }, () => 1);
        return [
          ...(tooLong ? [{ ...fault, kind: 'limit', value: { kind: 'bytes', bytes }, says } as const] : []),
          ...misaligned(field).map((it) => ({ ...fault, ...it })),
        ];
      }
      case 'timestamp': {
        const seconds = 253_402_300_800;
        const reason = `${seconds} s and 0 ns since 1970 are no time between the years 1 and 9999`;
        return [{ ...fault, kind: 'time', value: { kind: 'timestamp', seconds, nanos: 0 }, says: reason }];
      }
      case 'message':
        return this.inMessage(messageNamed(this.contract, type.message), depth + 1);
      default:
        return [];
    }
  }

  private tooMany(field: Field, member: Member): Fault<MemberValue>[] {
    const typical = samplesOf(this.contract, this.ownerOf(field)).find(({ name }) => name === 'there but zero');
    const held = typical?.value.members.find((it) => it.member.name === field.name);
    const item = held?.holds === 'list' ? held.items[0] : undefined;
    if (field.maxLen === 0 || field.maxLen >= longest || item === undefined) return [];
    const items = Array.from({ length: field.maxLen + 1 }, () => item);
    const says = `its length is ${items.length}, the contract allows ${field.maxLen} at most`;
    return [{ kind: 'limit', holds: 'list', path: field.name, value: { member, holds: 'list', field, items }, says }];
  }

  private ownerOf(field: Field): Message {
    return messageNamed(this.contract, field.fullName.slice(0, field.fullName.lastIndexOf('.')));
  }
}

/** Only what is lent has to start where the receiver wants it. */
function misaligned(field: Field): Pick<Fault<Value>, 'kind' | 'value' | 'says'>[] {
  const align = alignOf(field);
  if (align === 1 || field.own !== 'borrow') return [];
  const says =
    `its bytes start 1 bytes past a multiple of ${align}, the contract wants them to start at one; ` +
    `make them with grout.AlignedBytes(n, ${align})`;
  return [{ kind: 'align', value: { kind: 'bytes', bytes: [0], isMisaligned: true }, says }];
}

function within(fault: Fault<Value>, holds: string, path: string, value: MemberValue): Fault<MemberValue> {
  return { ...fault, holds, path: under(path, fault.path), value };
}

function under(outer: string, inner: string): string {
  return inner === '' ? outer : `${outer}.${inner}`;
}

function zeroKey({ mapKey }: Field): Value {
  if (mapKey === undefined || mapKey === 'string') return { kind: 'string', text: '' };
  return { kind: 'scalar', scalar: mapKey, value: mapKey === 'bool' ? false : 0 };
}
