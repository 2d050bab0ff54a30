import type { Scalar } from '#contract';
import type { Bridge } from '../bridge.js';
import { allPacked, type Call } from '../crossing.js';
import { UniqueNames } from '../unique-names.js';
import type { GoFile } from './go-file.js';
import { GoTypes, scalarType } from './go-types.js';
import { packFunctionNames, PackPrinter } from './pack.js';
import { qualifiersOf } from './qualifiers.js';
import { resultOf } from './signatures.js';
import { printWriting, type Target, type Written } from './writing.js';

/** What a glue function calls its own; locals for nested messages stay clear of it and of its packages. */
const glueNames = new Set([
  'call',
  'callback',
  'room',
  'o',
  'object',
  'in',
  'out',
  'status',
  'req',
  'resp',
  'ctx',
  'tail',
  'texts',
  'spill',
  'size',
  'opening',
  'packer',
  'unpacker',
  'err',
  'grout',
  'time',
  'bool',
  'unsafe',
  'context',
  'fmt',
  'len',
  'int32',
  'int64',
  'uintptr',
  'nil',
  'string',
  'byte',
  'takeError',
  'freeView',
]);

/** The request as C arguments: statements that come before the call, and one expression for each argument. */
export function printArguments(file: GoFile, bridge: Bridge, call: Call): Written {
  const { request } = call;
  const types = new GoTypes(file);
  const packs: string[] = [];
  const writer = { file, target: cArguments(file), names: localsOf(bridge), packer: new PackPrinter(file), packs };
  const printed = printWriting(writer, 'req', request);
  if (allPacked(request).length === 0) return printed;
  return {
    locals: [
      ...printed.locals,
      `packer := ${file.grout('NewPacker')}()`,
      'defer packer.Release()',
      ...packs,
      'if err := packer.Err(); err != nil {',
      `\treturn ${resultOf(types, call).zero}, err`,
      '}',
    ],
    values: [...printed.values, '(*C.uint8_t)(packer.Data())', 'C.size_t(packer.Len())'],
  };
}

/** Names for locals of a glue function. */
export function localsOf(bridge: Bridge): UniqueNames {
  const packages = qualifiersOf(bridge.layout).values();
  return new UniqueNames(new Set([...glueNames, ...packFunctionNames(bridge), ...packages]));
}

function cArguments(file: GoFile): Target {
  const slot = (type: Scalar, value: string): string => `${scalarType(type).cgo}(${value})`;
  const data = { text: 'StringData', bytes: 'SliceData' } as const;
  return {
    slot,
    number: slot,
    bytes: (kind, value) => lent(file, data[kind], value),
    buffer: (value) => [`C.uintptr_t(${file.grout('GiveBuffer')}(${value}))`, `C.size_t(${value}.Len())`],
  };
}

function lent(file: GoFile, data: 'StringData' | 'SliceData', value: string): string[] {
  return [`(*C.uint8_t)(${file.std('unsafe', data)}(${value}))`, `C.size_t(len(${value}))`];
}
