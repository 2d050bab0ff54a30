import type { Leaf, Members, Nested } from '../crossing.js';
import { UniqueNames } from '../unique-names.js';
import type { GoFile } from './go-file.js';
import { scalarType } from './go-types.js';
import { exportedName, localName } from './names.js';

/** What a glue function calls its own; locals for nested messages stay clear of it and of its packages. */
const glueNames = new Set([
  'call',
  'out',
  'status',
  'req',
  'resp',
  'ctx',
  'tail',
  'texts',
  'spill',
  'size',
  'grout',
  'unsafe',
  'context',
  'fmt',
  'len',
  'nil',
  'string',
  'byte',
  'takeError',
]);

/** The request as C arguments: statements that come before the call, and one expression for each argument. */
export interface PrintedArguments {
  readonly locals: string[];
  readonly values: string[];
}

export function printArguments(file: GoFile, request: Members): PrintedArguments {
  return flatten(file, new UniqueNames(glueNames), 'req', request);
}

function flatten(file: GoFile, names: UniqueNames, owner: string, { leaves, nested }: Members): PrintedArguments {
  const printed: PrintedArguments = { locals: [], values: leaves.flatMap((leaf) => leafValues(file, owner, leaf)) };
  for (const inner of nested) append(printed, flattenNested(file, names, owner, inner));
  return printed;
}

function flattenNested(file: GoFile, names: UniqueNames, owner: string, nested: Nested): PrintedArguments {
  const pointer = `${owner}.${exportedName(nested.field.name)}`;
  const presence = `C.bool(${pointer} != nil)`;
  if (nested.members.leaves.length + nested.members.nested.length === 0) return { locals: [], values: [presence] };
  const local = names.claim(localName(nested.name));
  const inner = flatten(file, names, local, nested.members);
  return {
    locals: [`${local} := ${file.grout('Value')}(${pointer})`, ...inner.locals],
    values: [presence, ...inner.values],
  };
}

function append(target: PrintedArguments, more: PrintedArguments): void {
  target.locals.push(...more.locals);
  target.values.push(...more.values);
}

function leafValues(file: GoFile, owner: string, { field, crosses }: Leaf): string[] {
  const value = `${owner}.${exportedName(field.name)}`;
  switch (crosses.kind) {
    case 'scalar':
      return [`${scalarType(crosses.scalar).cgo}(${value})`];
    case 'text':
      return [`(*C.uint8_t)(${file.std('unsafe', 'StringData')}(${value}))`, `C.size_t(len(${value}))`];
    case 'bytes':
      return [`(*C.uint8_t)(${file.std('unsafe', 'SliceData')}(${value}))`, `C.size_t(len(${value}))`];
  }
}
