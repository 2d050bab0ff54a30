import type { Contract, Field, FieldType, Message } from '#contract';
import type { Bridge } from '../bridge.js';
import { alignOf } from '../borrowing.js';
import { Flattening } from '../crossing.js';
import { isAlwaysThere, membersOf, messageNamed, valueMessages, type Member, type OneofMember } from '../members.js';
import { findRecursion } from '../recursion.js';
import { goString, GoFile, indent } from './go-file.js';
import { declaredName, GoTypes } from './go-types.js';
import { exportedName, oneofName } from './names.js';

/** copy.gen.go: how a mock copies, and refuses, what would cross. In every build, as mocks are. */
export function printCopy(bridge: Bridge): string {
  const file = new GoFile(bridge);
  const printer = new CopyPrinter(file, bridge.contract);
  for (const message of copiedMessages(bridge)) printer.printMessage(message);
  return file.render();
}

/** Names of the functions that `printCopy` declares. */
export function copyFunctionNames(bridge: Bridge): string[] {
  return copiedMessages(bridge).flatMap((message) => {
    const oneofs = membersOf(message).filter((member) => member.kind === 'oneof');
    const types = [declaredName(bridge.contract, message.fullName), ...oneofs.map((it) => oneofName(message, it))];
    return types.map(copyFunction);
  });
}

/** Name of the function that copies a message's or a oneof's type, given the name that this has in its own package. */
export function copyFunction(type: string): string {
  return `copy${type}`;
}

/** The messages of calls, and all that lie in them. */
export function copiedMessages({ contract, calls, callbacks }: Bridge): Message[] {
  const reached = new Set<Message>();
  const all = [...calls, ...callbacks.flatMap((callback) => callback.calls)];
  const open = all.flatMap(({ method }) => [method.request, method.response]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const message = messageNamed(contract, next);
    if (reached.has(message)) continue;
    reached.add(message);
    open.push(...message.fields.flatMap(({ type }) => (type.kind === 'message' ? [type.message] : [])));
  }
  return valueMessages(contract).filter((message) => reached.has(message));
}

class CopyPrinter {
  private readonly types: GoTypes;
  private readonly flattening: Flattening;
  private readonly recursive: ReadonlySet<string>;

  constructor(
    private readonly file: GoFile,
    private readonly contract: Contract,
  ) {
    this.types = new GoTypes(file);
    this.flattening = new Flattening(contract);
    this.recursive = findRecursion(contract.messages).messages;
  }

  printMessage(message: Message): void {
    const type = this.types.named(message.fullName);
    const members = membersOf(message);
    const flat = new Set(this.flattening.flatten(message.fullName).nested.map(({ field }) => field));
    const width = Math.max(0, ...members.map((member) => exportedName(member.name).length + 1));
    const fields = members.map((member) => {
      const key = exportedName(member.name);
      const isFlat = member.kind === 'field' && flat.has(member.field);
      return { key, line: `${`${key}:`.padEnd(width)} ${this.member(message, member, isFlat)},` };
    });
    const isPlain = fields.every(({ key, line }) => line.endsWith(` v.${key},`));
    const limits = members.flatMap((member) =>
      member.kind === 'field' ? this.limit(member.field, `v.${exportedName(member.name)}`) : [],
    );
    const isRecursive = this.recursive.has(message.fullName);
    this.file.add(
      `func ${this.functionFor(message.fullName)}(${isPlain ? '_' : 'c'} *${this.file.grout('Copier')}, v ${type}) ${type} {`,
      ...indent([
        ...(isRecursive ? ['if !c.Enter() {', `\treturn ${type}{}`, '}', 'defer c.Leave()'] : []),
        ...limits,
        ...(isPlain ? ['return v'] : [`return ${type}{`, ...indent(fields.map(({ line }) => line)), '}']),
      ]),
      '}',
    );
    for (const member of members) if (member.kind === 'oneof') this.printOneof(message, member);
  }

  private printOneof(message: Message, member: OneofMember): void {
    const name = this.types.oneof(message, member);
    const cases = member.alternatives.flatMap((field) => {
      const type = this.types.alternative(message, member, field);
      const copy = this.field(field, 'v.Value', false);
      return [
        `case ${type}:`,
        ...indent(this.limit(field, 'v.Value')),
        `\treturn ${copy === 'v.Value' ? 'v' : `${type}{Value: ${copy}}`}`,
      ];
    });
    this.file.add(
      `func ${copyFunction(oneofName(message, member))}(c *${this.file.grout('Copier')}, v ${name}) ${name} {`,
      ...indent(['switch v := v.(type) {', 'case nil:', '\treturn nil', ...cases, 'default:']),
      ...indent(['\tc.Unknown(v)', '\treturn nil', '}']),
      '}',
    );
  }

  private limit(field: Field, value: string): string[] {
    const { name, type, cardinality, maxLen } = field;
    if (maxLen === 0) return [];
    if (cardinality !== 'repeated' && (this.types.isView(field) || this.types.isBuffer(field)))
      return [`c.At(${goString(name)}).Limit(${value}.Len(), ${maxLen})`];
    const isPointer = cardinality === 'optional' && type.kind === 'string';
    const measured = isPointer ? `${this.file.grout('Value')}(${value})` : value;
    return [`c.At(${goString(name)}).Limit(len(${measured}), ${maxLen})`];
  }

  private member(message: Message, member: Member, isFlat: boolean): string {
    const value = `v.${exportedName(member.name)}`;
    if (member.kind === 'field') return this.field(member.field, value, isFlat);
    const copy = copyFunction(oneofName(message, member));
    return `${this.file.grout('CopyMessage')}(c.At(${goString(member.name)}), ${value}, ${copy})`;
  }

  private field(field: Field, value: string, isFlat: boolean): string {
    const { name, type, cardinality, mapKey } = field;
    const at = `c.At(${goString(name)})`;
    const align = alignOf(field);
    if (this.types.isBuffer(field)) return `${at}.Buffer(${value}, ${align})`;
    if (this.types.isView(field)) {
      const shown = `${value}, ${goString(field.fullName)}`;
      return align > 1 ? `${at}.AlignedView(${shown}, ${align})` : `${at}.${this.types.viewMethod(field)}(${shown})`;
    }
    if (align > 1) return `${at}.${field.own === 'borrow' ? 'LentAligned' : 'Aligned'}(${value}, ${align})`;
    const call = (helper: string, ...functions: string[]): string =>
      `${this.file.grout(helper)}(${[at, value, ...functions].join(', ')})`;
    const copy = this.functionOf(type);
    switch (cardinality) {
      case 'repeated':
        return call('CopyList', copy);
      case 'map':
        return call('CopyMap', mapKey === 'string' ? this.method('Text') : this.plain(), copy);
      case 'oneof':
        return type.kind === 'message' ? call('CopyMessage', copy) : this.value(type, at, value);
      case 'optional':
      case 'singular':
        if (cardinality === 'optional' && type.kind === 'bytes') return `${at}.OptionalBytes(${value})`;
        if (cardinality === 'singular' && isAlwaysThere(type)) return this.value(type, at, value);
        return call(isFlat ? 'CopyNested' : 'CopyOptional', copy);
    }
  }

  /** A value that is there and is no message. */
  private value(type: FieldType, at: string, value: string): string {
    const method = methodOf(type);
    return method === undefined ? value : `${at}.${method}(${value})`;
  }

  private functionOf(type: FieldType): string {
    if (type.kind === 'message') return this.functionFor(type.message);
    const method = methodOf(type);
    return method === undefined ? this.plain() : this.method(method);
  }

  private functionFor(message: string): string {
    return copyFunction(declaredName(this.contract, message));
  }

  private plain(): string {
    return this.file.grout('CopyPlain');
  }

  private method(name: string): string {
    return `(*${this.file.grout('Copier')}).${name}`;
  }
}

/** The method of the runtime's Copier for values that are not copied as they are. */
function methodOf({ kind }: FieldType): string | undefined {
  switch (kind) {
    case 'string':
      return 'Text';
    case 'bytes':
      return 'Bytes';
    case 'timestamp':
      return 'Time';
    default:
      return undefined;
  }
}
