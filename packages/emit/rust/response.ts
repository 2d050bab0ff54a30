import { lengthName, tailLeaves, type Call, type Leaf, type Members } from '../crossing.js';
import { arrayLiteral, assignment, indent } from './layout.js';
import { valueName } from './names.js';

/** Where the statements of `write` start. */
const column = 8;

/** The closure `write`, which lays a response out for Go. */
export function printWriter({ response }: Call, responseType: string, outType: string): string[] {
  const body = writeMembers('response', response);
  const tail = tailLeaves(response);
  if (tail.length > 0) {
    body.push(...arrayLiteral('let parts = ', tailParts('response', response), ';', column), 'out.tail.fill(parts);');
  }
  if (body.length === 0) return [`let write = |_: ${responseType}, _: &mut ${outType}| ();`];
  return [`let write = |response: ${responseType}, out: &mut ${outType}| {`, ...indent(body), '};'];
}

function writeMembers(owner: string, { leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => writeLeaf(owner, leaf)),
    ...nested.flatMap((inner) => {
      const value = `${owner}.${valueName(inner.field.name)}`;
      const isEmpty = inner.members.leaves.length + inner.members.nested.length === 0;
      return [
        ...assignment(`out.${inner.presence}`, `${value}.is_some()`, column),
        ...(isEmpty ? [] : assignment(`let ${inner.name}`, `${value}.unwrap_or_default()`, column)),
        ...writeMembers(inner.name, inner.members),
      ];
    }),
  ];
}

function writeLeaf(owner: string, { field, crosses, name }: Leaf): string[] {
  const value = `${owner}.${valueName(field.name)}`;
  if (crosses.kind === 'scalar') return assignment(`out.${name}`, value, column);
  return assignment(`out.${lengthName(name)}`, `${value}.len()`, column);
}

/** In the order of `tailLeaves`. */
function tailParts(owner: string, { leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => tailPart(owner, leaf)),
    ...nested.flatMap((inner) => tailParts(inner.name, inner.members)),
  ];
}

function tailPart(owner: string, { field, crosses }: Leaf): string[] {
  const value = `${owner}.${valueName(field.name)}`;
  switch (crosses.kind) {
    case 'scalar':
      return [];
    case 'text':
      return [`${value}.into_bytes()`];
    case 'bytes':
      return [value];
  }
}
