import type { MemberValue, MessageValue, Value } from './values.js';
import { isZeroMember } from './values.js';

/** A message as people read it in JSON, close to Protobuf's JSON: what is as in a new message is left out. */
export function shownValue({ members }: MessageValue): object {
  return Object.fromEntries(
    members.filter((member) => !isZeroMember(member)).map((it) => [it.member.name, shownMember(it)]),
  );
}

function shownMember(member: MemberValue): unknown {
  switch (member.holds) {
    case 'one':
      return shown(member.value);
    case 'maybe':
      return member.value && shown(member.value);
    case 'list':
      return member.items.map((item) => shown(item));
    case 'map':
      return Object.fromEntries(member.entries.map(([key, value]) => [String(shown(key)), shown(value)]));
    case 'oneof':
      return member.value && { [member.field?.name ?? '']: shown(member.value) };
  }
}

function shown(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return typeof value.value === 'bigint' ? String(value.value) : value.value;
    case 'enum':
      return value.number;
    case 'string':
      return value.text;
    case 'bytes':
      return value.bytes;
    case 'timestamp':
      return { seconds: String(value.seconds), nanos: value.nanos };
    case 'duration':
      return { nanos: String(value.nanos) };
    case 'message':
      return shownValue(value);
  }
}
