import type { AbiNames } from '../abi-names.js';
import { lengthName, tailLeaves, type Call, type Leaf, type Members } from '../crossing.js';
import { indent, type GoFile } from './go-file.js';
import { methodNames, messageType, scalarType } from './go-types.js';
import { exportedName } from './names.js';

/** How a method ends whose response is a named result. */
export const namedReturn = 'return resp, nil';

/** gofmt aligns keys up to this width, including the colon; beyond it depends on the neighbours. */
const columnLimit = 40;

/**
 * Reads the result struct `out` and returns the response. Texts are read in the order in which they lie in the tail. A
 * response that takes several statements is the named result `resp`: Go would copy a local to where results are.
 */
export function printResponse(file: GoFile, names: AbiNames, { method, response }: Call): string[] {
  const { response: type } = methodNames(method);
  const hasTail = tailLeaves(response).length > 0;
  if (!hasTail && response.nested.length === 0) {
    const [only, ...more] = construct('resp', type, response);
    if (only !== undefined && more.length === 0) return [`${only.replace('resp =', 'return')}, nil`];
  }
  return [
    ...(hasTail ? openTail(file) : []),
    ...construct('resp', type, response),
    ...response.nested.flatMap((nested) => readNested('resp', nested)),
    ...(hasTail ? closeTail(names) : []),
    namedReturn,
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
      ...construct(target, `&${type}`, members),
      ...members.nested.flatMap((inner) => readNested(target, inner)),
    ]),
    '}',
  ];
}

/**
 * A literal: on one line when it fits, otherwise with a line for each field, in gofmt's column. Names that are too long
 * for gofmt's column are assigned one by one.
 */
function construct(target: string, type: string, members: Members): string[] {
  const entries = leafEntries(members);
  const line = `${target} = ${type}{${entries.map(({ key, value }) => `${key}: ${value}`).join(', ')}}`;
  if (line.length <= 100) return [line];
  const width = Math.max(...entries.map(({ key }) => key.length + 1));
  if (width > columnLimit) {
    return [`${target} = ${type}{}`, ...entries.map(({ key, value }) => `${target}.${key} = ${value}`)];
  }
  const fields = entries.map(({ key, value }) => `${`${key}:`.padEnd(width)} ${value},`);
  return [`${target} = ${type}{`, ...indent(fields), '}'];
}

function leafEntries({ leaves }: Members): { readonly key: string; readonly value: string }[] {
  return leaves.map((leaf) => ({ key: exportedName(leaf.field.name), value: leafValue(leaf) }));
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
