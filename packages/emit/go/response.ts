import type { AbiNames } from '../abi-names.js';
import { lengthName, tailLeaves, type Call, type Leaf, type Members } from '../crossing.js';
import { indent, type GoFile } from './go-file.js';
import { methodNames, messageType, scalarType } from './go-types.js';
import { exportedName } from './names.js';

/** Reads the result struct `out` and returns the response. Texts are read in the order in which they lie in the tail. */
export function printResponse(file: GoFile, names: AbiNames, { method, response }: Call): string[] {
  const { response: type } = methodNames(method);
  const hasTail = tailLeaves(response).length > 0;
  const literal = `${type}{${leafEntries(response).join(', ')}}`;
  if (!hasTail && response.nested.length === 0 && literal.length <= 90) return [`return ${literal}, nil`];
  return [
    ...(hasTail ? openTail(file) : []),
    ...construct('resp :=', 'resp', type, response),
    ...response.nested.flatMap((nested) => readNested('resp', nested)),
    ...(hasTail ? closeTail(names) : []),
    'return resp, nil',
  ];
}

function openTail(file: GoFile): string[] {
  return [`tail := (*${file.grout('Tail')})(${file.std('unsafe', 'Pointer')}(&out.tail))`, 'texts := tail.Read()'];
}

function closeTail(names: AbiNames): string[] {
  return [
    'if spill, size := tail.Spilled(); spill != 0 {',
    `\tC.${names.freeSpill}(C.uintptr_t(spill), C.size_t(size))`,
    '}',
  ];
}

function readNested(owner: string, nested: Members['nested'][number]): string[] {
  const target = `${owner}.${exportedName(nested.field.name)}`;
  const { members } = nested;
  const type = messageType(members.message.fullName);
  return [
    `if out.${nested.presence} {`,
    ...indent([
      ...construct(`${target} =`, target, `&${type}`, members),
      ...members.nested.flatMap((inner) => readNested(target, inner)),
    ]),
    '}',
  ];
}

/** One literal when it fits on a line, otherwise an assignment for each field. */
function construct(assignment: string, target: string, type: string, members: Members): string[] {
  const literal = `${assignment} ${type}{${leafEntries(members).join(', ')}}`;
  if (literal.length <= 110) return [literal];
  const fields = members.leaves.map((leaf) => `${target}.${exportedName(leaf.field.name)} = ${leafValue(leaf)}`);
  return [`${assignment} ${type}{}`, ...fields];
}

function leafEntries({ leaves }: Members): string[] {
  return leaves.map((leaf) => `${exportedName(leaf.field.name)}: ${leafValue(leaf)}`);
}

function leafValue({ crosses, name }: Leaf): string {
  switch (crosses.kind) {
    case 'scalar':
      return `${scalarType(crosses.scalar).go}(out.${name})`;
    case 'text':
      return `texts.String(uintptr(out.${lengthName(name)}))`;
    case 'bytes':
      return `texts.Bytes(uintptr(out.${lengthName(name)}))`;
  }
}
