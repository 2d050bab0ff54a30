import type { Contract, Message, Service } from '#contract';
import type { Bridge } from '../bridge.js';
import type { CallbackCall, CallbackService } from '../callbacks.js';
import { allPacked, hasTail, isEmpty, lengthName, requestSlots, responseSlots, type Slot } from '../crossing.js';
import { oncePer } from '../once-per.js';
import { UniqueNames } from '../unique-names.js';
import { localsOf } from './arguments.js';
import { copyFunctionNames } from './copy.js';
import { goString, indent, type GoFile } from './go-file.js';
import { GoTypes, scalarType } from './go-types.js';
import { internalName, localName } from './names.js';
import { packFunctionNames, PackPrinter } from './pack.js';
import { printReading, type Source } from './reading.js';
import { parametersOf } from './signatures.js';
import { printWriting, type Target } from './writing.js';

/** Go names of what a method of Go is served by. */
interface ServedNames {
  /** The structs, in memory of Rust, that the request is read from and the response is written to. */
  readonly request: string;
  readonly response: string;
  readonly function: string;
}

function servedNames(bridge: Bridge, call: CallbackCall): ServedNames {
  return spelled(bridge, namesOf(bridge).get(call) ?? call.structs);
}

function spelled({ contract }: Bridge, structs: string): ServedNames {
  return {
    request: internalName(contract, `${structs}_in`),
    response: internalName(contract, `${structs}_out`),
    function: internalName(contract, `serve_${structs}`),
  };
}

/** What begins the names of each method, so that nothing else of the package has them. */
const namesOf = oncePer((bridge: Bridge): ReadonlyMap<CallbackCall, string> => {
  const names = new UniqueNames(new Set([...packFunctionNames(bridge), ...copyFunctionNames(bridge)]));
  const calls = bridge.callbacks.flatMap((service) => service.calls);
  return new Map(calls.map((call) => [call, names.claim(call.structs, (it) => namesIn(spelled(bridge, it)))]));
});

function namesIn({ request, response, function: name }: ServedNames): string[] {
  return [request, response, name];
}

/** Elements that name methods and say how they are served, in the order of their numbers. */
export function servedMethods(bridge: Bridge, calls: readonly CallbackCall[]): string[] {
  return [...calls]
    .sort((a, b) => a.number - b.number)
    .map((call) => {
      const shown = showsForeign(call.service) ? ', ShowForeign: true' : '';
      return `{Method: ${goString(call.displayName)}${shown}, Serve: ${servedNames(bridge, call).function}},`;
    });
}

/** Whether texts may cross with errors of a service of Go that nobody wrote for the caller. */
export function showsForeign({ foreignText }: Service): boolean {
  return foreignText === 'always';
}

/** Size and alignment of each struct, which Rust compares with its own. */
export function servedLayouts(file: GoFile, bridge: Bridge, { calls }: CallbackService): string[] {
  return calls
    .map((call) => servedNames(bridge, call))
    .flatMap(({ request, response }) => [request, response])
    .map((name) => `{${file.std('unsafe', 'Sizeof')}(${name}{}), ${file.std('unsafe', 'Alignof')}(${name}{})},`);
}

/** How a method of Go is called: its structs, and the function that reads the one and writes the other. */
export function printServed(file: GoFile, bridge: Bridge, object: string, call: CallbackCall): void {
  const { request, response, function: name } = servedNames(bridge, call);
  const slots = new StructNames(call);
  printStruct(file, request, `the request of ${call.displayName}`, slots.ofRequest());
  printStruct(file, response, `the response of ${call.displayName}`, [
    ...slots.ofResponse(),
    ...(hasTail(call.response) ? [{ name: 'tail', type: file.grout('InlineTail') }] : []),
  ]);
  const types = new GoTypes(file);
  const { method } = types.method(call.method);
  const parameters = [
    `ctx ${file.std('context', 'Context')}`,
    `object ${object}`,
    `call *${file.grout('Invocation')}`,
    `${hasTail(call.response) ? 'room' : '_'} ${file.grout('MakeRoom')}`,
  ];
  file.add(
    `func ${name}(${parameters.join(', ')}) error {`,
    ...indent([
      ...(requestSlots(call).length === 0 ? [] : [`in := (*${request})(call.Request)`]),
      ...(call.callback === undefined
        ? []
        : [`callback := ${takeFunction(bridge.contract, call.callback)}(&${slots.in('callback')})`]),
      ...printRequest(file, types, slots, call),
      `${answersNothing(call) ? '_' : 'resp'}, err := object.${method}(${parametersOf(file, types, call).passed})`,
      ...(answersNothing(call) ? ['return err'] : printAnswer(file, bridge, slots, call)),
    ]),
    '}',
  );
}

/** A field of a struct that Rust has as well. */
interface StructField {
  readonly name: string;
  readonly type: string;
}

/** Spells the slots of a method as Go's fields are. */
class StructNames {
  private readonly request: ReadonlyMap<string, string>;
  private readonly response: ReadonlyMap<string, string>;

  constructor(private readonly call: CallbackCall) {
    this.request = spell(requestSlots(call));
    this.response = spell(responseSlots(call));
  }

  readonly in = (slot: string): string => `in.${this.request.get(slot) ?? slot}`;

  readonly out = (slot: string): string => `out.${this.response.get(slot) ?? slot}`;

  ofRequest(): StructField[] {
    return fieldsOf(requestSlots(this.call), this.request);
  }

  ofResponse(): StructField[] {
    return fieldsOf(responseSlots(this.call), this.response);
  }
}

function spell(slots: readonly Slot[]): ReadonlyMap<string, string> {
  const names = new UniqueNames(new Set(['tail']));
  return new Map(slots.map(({ name }) => [name, names.claim(localName(name))]));
}

function fieldsOf(slots: readonly Slot[], names: ReadonlyMap<string, string>): StructField[] {
  return slots.map(({ name, type }) => ({ name: names.get(name) ?? name, type: goType(type) }));
}

/** Addresses of Rust are numbers in Go, so that no pointer of Go points there. */
function goType(type: Slot['type']): string {
  if (type === 'view' || type === 'buffer') throw new Error(`no method of Go has a ${type}`);
  return type === 'pointer' || type === 'length' ? 'uintptr' : scalarType(type).go;
}

function printStruct(file: GoFile, name: string, what: string, fields: readonly StructField[]): void {
  const width = Math.max(0, ...fields.map((field) => field.name.length));
  const lines = fields.map((field) => `${field.name.padEnd(width)} ${field.type}`);
  file.add(
    `// ${name} is ${what}, flattened, in memory of Rust.`,
    ...(lines.length === 0 ? [`type ${name} struct{}`] : [`type ${name} struct {`, ...indent(lines), '}']),
  );
}

/** Reads `req`, which is a copy of all that Rust lends. */
function printRequest(file: GoFile, types: GoTypes, slots: StructNames, { method, request }: CallbackCall): string[] {
  const pair = (name: string): string => `${slots.in(name)}, ${slots.in(lengthName(name))}`;
  const source: Source = {
    slot: slots.in,
    typed: (_, name) => slots.in(name),
    text: (name) => `${file.grout('LentText')}(${pair(name)})`,
    bytes: (name, presence) =>
      presence === undefined
        ? `${file.grout('LentBytes')}(${pair(name)})`
        : `${file.grout('LentOptionalBytes')}(${slots.in(presence)}, ${pair(name)})`,
  };
  const reader = { file, types, packs: new PackPrinter(file), source };
  const reading = printReading(reader, 'req', ':=', types.method(method).request, request);
  if (allPacked(request).length === 0) return reading;
  return [
    `unpacker := ${file.grout('NewUnpacker')}(${file.grout('LentBytes')}(${pair('pack')}))`,
    ...reading,
    'if err := unpacker.FinishRequest(); err != nil {',
    '\treturn err',
    '}',
  ];
}

/** What follows the call of the method: an error is returned, `resp` is written. */
function printAnswer(file: GoFile, bridge: Bridge, slots: StructNames, call: CallbackCall): string[] {
  return [
    'if err != nil {',
    '\treturn err',
    '}',
    `out := (*${servedNames(bridge, call).response})(call.Response)`,
    ...(call.opens === undefined
      ? [...printResponse(file, bridge, slots, call), 'return nil']
      : [`${slots.out('object')}, err = ${objectTable(bridge.contract, call.opens)}.Give(resp)`, 'return err']),
  ];
}

function answersNothing({ response, opens }: CallbackCall): boolean {
  return opens === undefined && isEmpty(response);
}

/** Name of the function that takes over an object of a service of Rust. */
export function takeFunction(contract: Contract, { name }: Pick<Service, 'name'>): string {
  return internalName(contract, `take_${name}`);
}

/** Name of the variable with the objects of a handle that Rust owns. */
export function objectTable(contract: Contract, { name }: Message): string {
  return internalName(contract, `${name}_table`);
}

/** Writes `resp` to `out`, and its texts and what is packed to the tail. */
function printResponse(file: GoFile, bridge: Bridge, slots: StructNames, { response }: CallbackCall): string[] {
  const packs: string[] = [];
  const parts: TailPart[] = [];
  const target: Target = {
    slot: (_, value) => value,
    number: (type, value) => `${scalarType(type).go}(${value})`,
    bytes: (kind, value) => {
      parts.push({ kind, value });
      return [`uintptr(len(${value}))`];
    },
    buffer: (value) => {
      throw new Error(`${value} is a buffer, which no method of Go answers with`);
    },
  };
  const writer = { file, target, names: localsOf(bridge), packer: new PackPrinter(file), packs };
  const { locals, values } = printWriting(writer, 'resp', response);
  const isPacked = allPacked(response).length > 0;
  const fields = responseSlots({ request: response, response }).map(({ name }) => slots.out(name));
  const all = isPacked ? [...values, 'uintptr(packer.Len())'] : values;
  return [
    ...locals,
    ...(isPacked ? printPacking(file, packs) : []),
    ...fields.map((field, at) => `${field} = ${all[at] ?? ''}`),
    ...(hasTail(response) ? printTail(parts, isPacked) : []),
  ];
}

function printPacking(file: GoFile, packs: readonly string[]): string[] {
  return [
    `packer := ${file.grout('NewPacker')}()`,
    'defer packer.Release()',
    ...packs,
    'if err := packer.ResponseErr(); err != nil {',
    '\treturn err',
    '}',
  ];
}

/** A text, or bytes, of a response. */
interface TailPart {
  readonly kind: 'text' | 'bytes';
  readonly value: string;
}

function printTail(parts: readonly TailPart[], isPacked: boolean): string[] {
  const lengths = [...(isPacked ? ['packer.Len()'] : []), ...parts.map(({ value }) => `len(${value})`)];
  return [
    `tail := call.Tail(room, &out.tail, ${lengths.join('+')})`,
    ...(isPacked ? ['tail.Packed(packer)'] : []),
    ...parts.map(({ kind, value }) => `tail.${kind === 'text' ? 'Text' : 'Bytes'}(${value})`),
  ];
}
