import type { Enum } from '#contract';
import { docComment } from '../docs.js';
import { namedValues } from '../members.js';
import { indent } from './layout.js';
import { typeName } from './names.js';

/** An open enum: a number that has no name is kept. */
export function printEnum(declaration: Enum): string[][] {
  return [printType(declaration), printNumbers(declaration)];
}

function printType(declaration: Enum): string[] {
  const variants = namedValues(declaration).flatMap(({ name, number, doc }) => [
    ...docComment('///', doc),
    ...(number === 0 ? ['#[default]'] : []),
    `${typeName(name)},`,
  ]);
  const unrecognized = ['/// A number without a name here: the other side may know more.', 'Unrecognized(i32),'];
  return [
    ...docComment('///', declaration.doc, `The enum \`${declaration.fullName}\`.`),
    '#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]',
    `pub enum ${typeName(declaration.name)} {`,
    ...indent([...variants, ...unrecognized]),
    '}',
  ];
}

function printNumbers(declaration: Enum): string[] {
  const values = namedValues(declaration).map(({ name, number }) => ({ variant: typeName(name), number }));
  return [
    `impl ${typeName(declaration.name)} {`,
    ...indent([
      ...printAliases(declaration),
      '/// The value with that number in the contract.',
      '#[must_use]',
      'pub const fn from_number(number: i32) -> Self {',
      '    match number {',
      ...indent(indent(values.map(({ variant, number }) => `${number} => Self::${variant},`))),
      '        other => Self::Unrecognized(other),',
      '    }',
      '}',
      '',
      '/// Its number in the contract.',
      '#[must_use]',
      'pub const fn number(self) -> i32 {',
      '    match self {',
      ...indent(indent(values.map(({ variant, number }) => `Self::${variant} => ${number},`))),
      '        Self::Unrecognized(number) => number,',
      '    }',
      '}',
    ]),
    '}',
  ];
}

/** Further names of a number are constants. */
function printAliases(declaration: Enum): string[] {
  const named = namedValues(declaration);
  return declaration.values
    .filter((value) => !named.includes(value))
    .flatMap(({ name, number, doc }) => {
      const variant = typeName(named.find((it) => it.number === number)?.name ?? '');
      return [
        ...docComment('///', doc, `Another name of \`${variant}\`.`),
        `pub const ${name.toUpperCase()}: Self = Self::${variant};`,
        '',
      ];
    });
}
