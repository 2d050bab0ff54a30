import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt';
import { lowerDeclaration, nameInPackage, type LoweringUnit } from './lower-unit.js';
import { descriptorPath } from './source-info.js';
import type { Field, FieldType, MapKey, Message, Scalar } from './types.js';

const scalars: Readonly<Partial<Record<ScalarType, Scalar>>> = {
  [ScalarType.BOOL]: 'bool',
  [ScalarType.DOUBLE]: 'f64',
  [ScalarType.FLOAT]: 'f32',
  [ScalarType.INT32]: 'i32',
  [ScalarType.SINT32]: 'i32',
  [ScalarType.SFIXED32]: 'i32',
  [ScalarType.UINT32]: 'u32',
  [ScalarType.FIXED32]: 'u32',
  [ScalarType.INT64]: 'i64',
  [ScalarType.SINT64]: 'i64',
  [ScalarType.SFIXED64]: 'i64',
  [ScalarType.UINT64]: 'u64',
  [ScalarType.FIXED64]: 'u64',
};

/** Messages of Protobuf itself that both languages have a type of their own for. */
const wellKnownTypes: Readonly<Partial<Record<string, FieldType>>> = {
  'google.protobuf.Duration': { kind: 'duration' },
  'google.protobuf.Timestamp': { kind: 'timestamp' },
};

const owners: readonly Field['own'][] = ['unspecified', 'copy', 'borrow', 'move'];

/** Lowers the messages of a file, each followed by those nested in it. */
export function lowerMessages(unit: LoweringUnit): Message[] {
  return unit.file.messages.flatMap((desc, index) =>
    lowerMessageTree(unit, desc, [descriptorPath.file.message, index]),
  );
}

function lowerMessageTree(unit: LoweringUnit, desc: DescMessage, path: readonly number[]): Message[] {
  const nested = desc.nestedMessages.flatMap((inner) => {
    const index = desc.proto.nestedType.findIndex((candidate) => candidate.name === inner.name);
    return lowerMessageTree(unit, inner, [...path, descriptorPath.message.nestedMessage, index]);
  });
  return [lowerMessage(unit, desc, path), ...nested];
}

function lowerMessage(unit: LoweringUnit, desc: DescMessage, path: readonly number[]): Message {
  const handle = unit.options.values(desc, 'handle');
  return {
    ...lowerDeclaration(unit, path, nameInPackage(desc), desc.typeName),
    oneofs: desc.oneofs.map((oneof) => {
      const index = desc.proto.oneofDecl.findIndex((candidate) => candidate.name === oneof.name);
      const at = [...path, descriptorPath.message.oneof, index];
      return lowerDeclaration(unit, at, oneof.name, `${desc.typeName}.${oneof.name}`);
    }),
    fields: desc.fields.map((field, index) => lowerField(unit, field, [...path, descriptorPath.message.field, index])),
    ...(handle && { handle: { closeBlocks: handle.flag('close_blocks'), threadSafe: handle.flag('thread_safe') } }),
  };
}

function lowerField(unit: LoweringUnit, desc: DescField, path: readonly number[]): Field {
  const option = unit.options.values(desc, 'field');
  const feature = option?.text('feature') ?? '';
  const align = option?.number('align') ?? 0;
  return {
    ...lowerDeclaration(unit, path, desc.name, `${desc.parent.typeName}.${desc.name}`),
    number: desc.number,
    type: lowerFieldType(unit, desc),
    cardinality: cardinalityOf(desc),
    ...(desc.fieldKind === 'map' && { mapKey: mapKeyOf(desc.mapKey) }),
    ...(desc.oneof !== undefined && { oneof: desc.oneof.name }),
    own: owners[option?.number('own') ?? 0] ?? 'unspecified',
    redact: option?.flag('redact') ?? false,
    maxLen: option?.number('max_len') ?? 0,
    ...(align !== 0 && { align }),
    ...(feature !== '' && { feature }),
  };
}

/** The type of a singular field, of a list's items or of a map's values. */
function lowerFieldType({ options }: LoweringUnit, desc: DescField): FieldType {
  if (desc.message !== undefined) {
    const isHandle = options.values(desc.message, 'handle') !== undefined;
    const message = desc.message.typeName;
    return wellKnownTypes[message] ?? { kind: isHandle ? 'handle' : 'message', message };
  }
  if (desc.enum !== undefined) return { kind: 'enum', enum: desc.enum.typeName };
  if (desc.scalar === ScalarType.STRING) return { kind: 'string' };
  const scalar = scalars[desc.scalar];
  return scalar === undefined ? { kind: 'bytes' } : { kind: 'scalar', scalar };
}

/** Protobuf allows integers, booleans and strings. */
function mapKeyOf(type: ScalarType): MapKey {
  const scalar = scalars[type];
  return scalar === undefined || scalar === 'f32' || scalar === 'f64' ? 'string' : scalar;
}

function cardinalityOf(desc: DescField): Field['cardinality'] {
  if (desc.fieldKind === 'list') return 'repeated';
  if (desc.fieldKind === 'map') return 'map';
  if (desc.oneof !== undefined) return 'oneof';
  if (desc.fieldKind === 'message') return 'singular';
  return desc.presence === FeatureSet_FieldPresence.IMPLICIT ? 'singular' : 'optional';
}
