import type { DescEnum, DescMessage } from '@bufbuild/protobuf';
import { isErrorDomain, lowerDeclaration, nameInPackage, valueNames, type LoweringUnit } from './lower-unit.js';
import { descriptorPath } from './source-info.js';
import type { Enum } from './types.js';

/** Lowers the enums of a file that are not error domains, those inside messages too. */
export function lowerEnums(unit: LoweringUnit): Enum[] {
  return [
    ...unit.file.enums.flatMap((desc, index) =>
      isErrorDomain(unit, desc) ? [] : [lowerEnum(unit, desc, [descriptorPath.file.enum, index])],
    ),
    ...unit.file.messages.flatMap((desc, index) => lowerNested(unit, desc, [descriptorPath.file.message, index])),
  ];
}

function lowerNested(unit: LoweringUnit, desc: DescMessage, path: readonly number[]): Enum[] {
  return [
    ...desc.nestedEnums.map((inner, index) =>
      lowerEnum(unit, inner, [...path, descriptorPath.message.nestedEnum, index]),
    ),
    ...desc.nestedMessages.flatMap((inner) => {
      const index = desc.proto.nestedType.findIndex((candidate) => candidate.name === inner.name);
      return lowerNested(unit, inner, [...path, descriptorPath.message.nestedMessage, index]);
    }),
  ];
}

function lowerEnum(unit: LoweringUnit, desc: DescEnum, path: readonly number[]): Enum {
  return {
    ...lowerDeclaration(unit, path, nameInPackage(desc), desc.typeName),
    values: desc.values.map((value, index) => {
      const { name, fullName } = valueNames(desc, value.name);
      const place = [...path, descriptorPath.enum.value, index];
      return { ...lowerDeclaration(unit, place, name, fullName), number: value.number };
    }),
  };
}
