import type { AbiNames } from '../abi-names.js';
import { viewMessages } from '../borrowing.js';
import type { Bridge } from '../bridge.js';
import { allPacked, hasTail, lengthName, packsViews, type Call } from '../crossing.js';
import { indent, type GoFile } from './go-file.js';
import { GoTypes } from './go-types.js';
import { objectNames } from './names.js';
import { PackPrinter } from './pack.js';
import { printReading, type Source } from './reading.js';

/** How a method ends whose response is a named result. */
export const namedReturn = 'return resp, nil';

/** The result struct `out`, which is C's, and its tail, of which `texts` reads one after the other. */
const result: Source = {
  slot: (name) => `out.${name}`,
  typed: (type, name) => `${type}(out.${name})`,
  text: (name) => `texts.String(${lengthOf(name)})`,
  bytes: (name, presence) =>
    presence === undefined
      ? `texts.Bytes(${lengthOf(name)})`
      : `texts.OptionalBytes(bool(out.${presence}), ${lengthOf(name)})`,
};

function lengthOf(name: string): string {
  return `uintptr(out.${lengthName(name)})`;
}

/**
 * Reads the result struct `out` and returns the response. Texts are read in the order in which they lie in the tail. A
 * response that takes several statements is the named result `resp`: Go would copy a local to where results are.
 */
export function printResponse(file: GoFile, bridge: Bridge, { method, response, opens }: Call): string[] {
  if (opens !== undefined) return [`return &${objectNames(opens.name).inProcess}{handle: uint64(out.object)}, nil`];
  const types = new GoTypes(file);
  const reader = { file, types, packs: new PackPrinter(file), source: result };
  const { response: type } = types.method(method);
  const isPacked = allPacked(response).length > 0;
  const hasViews = viewMessages(bridge.contract).has(method.response);
  const ofViews = packsViews(bridge.contract, response) ? ', &opening, freeView' : '';
  const unpack = ofViews === '' ? 'Unpack' : 'UnpackViews';
  const opening = hasViews ? [`var opening ${file.grout('Opening')}`] : [];
  const released = hasViews ? ['_ = resp.Release()'] : [];
  const refusal = [...released, `return ${type}{}, err`];
  const reading = printReading(reader, 'resp', '=', type, response);
  if (!hasTail(response) && response.nested.length === 0) {
    const [only, ...more] = reading;
    if (only !== undefined && more.length === 0) return [...opening, `${only.replace('resp =', 'return')}, nil`];
  }
  return [
    ...opening,
    ...(hasTail(response) ? openTail(file) : []),
    ...(isPacked ? [`unpacker := texts.${unpack}(uintptr(out.pack_len)${ofViews})`] : []),
    ...reading,
    ...(hasTail(response) ? closeTail(bridge.names) : []),
    ...(isPacked ? ['if err := unpacker.Finish(); err != nil {', ...indent(refusal), '}'] : []),
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
