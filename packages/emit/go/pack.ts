import type { Contract, Field, FieldType, MapKey, Message, Scalar } from '#contract';
import type { Bridge } from '../bridge.js';
import { isAlwaysThere, membersOf, type Member, type OneofMember } from '../members.js';
import type { PackedOneof, PackedTypes } from '../packed-types.js';
import { goString, GoFile, indent, packingTag } from './go-file.js';
import { declaredName, GoTypes } from './go-types.js';
import { exportedName, internalName, oneofName } from './names.js';

/** Names of the methods of the runtime's Packer and Unpacker. */
const methods: Readonly<Record<Scalar | 'string' | 'bytes' | 'timestamp' | 'duration', string>> = {
  bool: 'Bool',
  i32: 'Int32',
  i64: 'Int64',
  u32: 'Uint32',
  u64: 'Uint64',
  f32: 'Float32',
  f64: 'Float64',
  string: 'Text',
  bytes: 'Bytes',
  timestamp: 'Time',
  duration: 'Duration',
};

/** pack.gen.go: how the types that are packed become bytes, and bytes become them. */
export function printPack(bridge: Bridge): string | undefined {
  const { byGo, byRust } = bridge.packed;
  const file = new GoFile(bridge, { buildTag: packingTag(bridge) });
  const printer = new PackPrinter(file);
  printer.printTypes('pack', byGo);
  printer.printTypes('unpack', byRust);
  return file.isEmpty ? undefined : file.render();
}

/** Names of the functions that `printPack` declares. */
export function packFunctionNames({ contract, packed: { all } }: Bridge): string[] {
  const names = [
    ...[...all.messages, ...all.enums].map(({ fullName }) => declaredName(contract, fullName)),
    ...all.oneofs.map(({ message, member }) => oneofName(message, member)),
  ];
  return names.flatMap((name) => directions.map((direction) => `${packPrefix(contract, direction)}${name}`));
}

const directions = ['pack', 'unpack'] as const;
type Direction = (typeof directions)[number];

/** Name of the function that packs, or unpacks, a message or an enum. */
export function packFunction(contract: Contract, direction: Direction, fullName: string): string {
  return `${packPrefix(contract, direction)}${declaredName(contract, fullName)}`;
}

function packPrefix(contract: Contract, direction: Direction): string {
  return internalName(contract, direction);
}

/** Prints statements that pack members and expressions that unpack them. */
export class PackPrinter {
  private readonly types: GoTypes;

  constructor(private readonly file: GoFile) {
    this.types = new GoTypes(file);
  }

  printTypes(direction: Direction, { messages, oneofs, enums, recursive }: PackedTypes): void {
    for (const message of messages) {
      const isRecursive = recursive.has(message.fullName);
      if (direction === 'pack') this.printPackMessage(message, isRecursive);
      else this.printUnpackMessage(message, isRecursive);
    }
    for (const oneof of oneofs) {
      if (direction === 'pack') this.printPackOneof(oneof);
      else this.printUnpackOneof(oneof);
    }
    for (const { fullName } of enums) this.printEnum(direction, fullName);
  }

  /** The statement that packs the member of `owner`; `path` is its name for people. */
  packMember(packer: string, owner: string, message: Message, member: Member, path: string): string {
    const at = `${packer}.At(${goString(path)})`;
    const value = `${owner}.${exportedName(member.name)}`;
    if (member.kind === 'oneof') {
      return `${this.file.grout('PackMessage')}(${at}, ${value}, ${this.oneofFunction('pack', message, member)})`;
    }
    return this.packField(at, value, member.field);
  }

  /** The expression that unpacks a member. */
  unpackMember(unpacker: string, message: Message, member: Member, path: string): string {
    const at = `${unpacker}.At(${goString(path)})`;
    if (member.kind === 'oneof') {
      return `${this.file.grout('UnpackMessage')}(${at}, ${this.oneofFunction('unpack', message, member)})`;
    }
    return this.unpackField(at, member.field);
  }

  private packField(at: string, value: string, field: Field): string {
    if (this.types.isView(field)) return `${at}.${this.types.viewMethod(field)}(${value})`;
    if (this.types.isBuffer(field)) return `${at}.Buffer(${value})`;
    const { type, cardinality, mapKey } = field;
    const pack = this.functionOf('pack', type);
    switch (cardinality) {
      case 'repeated':
        return `${this.file.grout('PackList')}(${at}, ${value}, ${pack})`;
      case 'map':
        return `${this.file.grout('PackMap')}(${at}, ${value}, ${this.keyFunction('pack', mapKey)}, ${pack})`;
      case 'oneof':
        return type.kind === 'message'
          ? `${this.file.grout('PackMessage')}(${at}, ${value}, ${pack})`
          : this.packPlain(at, value, type);
      case 'optional':
      case 'singular':
        return this.packOptional(at, value, type, cardinality === 'optional');
    }
  }

  private packOptional(at: string, value: string, type: FieldType, isOptional: boolean): string {
    if (isOptional && type.kind === 'bytes') return `${at}.OptionalBytes(${value})`;
    if (isOptional || !isAlwaysThere(type)) {
      return `${this.file.grout('PackOptional')}(${at}, ${value}, ${this.functionOf('pack', type)})`;
    }
    return this.packPlain(at, value, type);
  }

  private packPlain(at: string, value: string, type: FieldType): string {
    return type.kind === 'enum' || type.kind === 'message'
      ? `${this.functionOf('pack', type)}(${at}, ${value})`
      : `${at}.${methodOf(type)}(${value})`;
  }

  private unpackField(at: string, field: Field): string {
    if (this.types.isView(field)) return `${at}.${this.types.viewMethod(field)}(${goString(field.fullName)})`;
    if (this.types.isBuffer(field)) return `${at}.Buffer()`;
    const { type, cardinality, mapKey } = field;
    const unpack = this.functionOf('unpack', type);
    switch (cardinality) {
      case 'repeated':
        return `${this.file.grout('UnpackList')}(${at}, ${unpack})`;
      case 'map':
        return `${this.file.grout('UnpackMap')}(${at}, ${this.keyFunction('unpack', mapKey)}, ${unpack})`;
      case 'oneof':
        return type.kind === 'message' ? `${this.file.grout('UnpackMessage')}(${at}, ${unpack})` : this.plain(at, type);
      case 'optional':
        if (type.kind === 'bytes') return `${at}.OptionalBytes()`;
        return `${this.file.grout('UnpackOptional')}(${at}, ${unpack})`;
      case 'singular':
        return isAlwaysThere(type) ? this.plain(at, type) : `${this.file.grout('UnpackOptional')}(${at}, ${unpack})`;
    }
  }

  private plain(at: string, type: FieldType): string {
    return type.kind === 'enum' ? `${this.functionOf('unpack', type)}(${at})` : `${at}.${methodOf(type)}()`;
  }

  private functionOf(direction: Direction, type: FieldType): string {
    if (type.kind === 'message') return this.functionFor(direction, type.message);
    if (type.kind === 'enum') return this.functionFor(direction, type.enum);
    return this.method(direction, methodOf(type));
  }

  private functionFor(direction: Direction, fullName: string): string {
    return packFunction(this.file.contract, direction, fullName);
  }

  private oneofFunction(direction: Direction, message: Message, member: OneofMember): string {
    return `${packPrefix(this.file.contract, direction)}${oneofName(message, member)}`;
  }

  private keyFunction(direction: Direction, key: MapKey = 'string'): string {
    return this.method(direction, methods[key]);
  }

  private method(direction: Direction, name: string): string {
    return `(*${this.file.grout(direction === 'pack' ? 'Packer' : 'Unpacker')}).${name}`;
  }

  private printPackMessage(message: Message, isRecursive: boolean): void {
    const name = this.types.named(message.fullName);
    const members = membersOf(message);
    const lines = members.map((member) => this.packMember('p', 'v', message, member, member.name));
    this.file.add(
      `func ${this.functionFor('pack', message.fullName)}(p *${this.file.grout('Packer')}, ${members.length === 0 ? '_' : 'v'} ${name}) {`,
      ...indent([
        ...(isRecursive ? ['if !p.Enter() {', '\treturn', '}', 'defer p.Leave()'] : []),
        ...(members.length === 0 ? ['p.Empty()'] : lines),
      ]),
      '}',
    );
  }

  private printUnpackMessage(message: Message, isRecursive: boolean): void {
    const name = this.types.named(message.fullName);
    const members = membersOf(message);
    const width = Math.max(0, ...members.map((member) => exportedName(member.name).length + 1));
    const fields = members.map((member) => {
      const value = this.unpackMember('u', message, member, member.name);
      return `${`${exportedName(member.name)}:`.padEnd(width)} ${value},`;
    });
    this.file.add(
      `func ${this.functionFor('unpack', message.fullName)}(u *${this.file.grout('Unpacker')}) ${name} {`,
      ...indent([
        ...(isRecursive ? ['if !u.Enter() {', `\treturn ${name}{}`, '}', 'defer u.Leave()'] : []),
        ...(members.length === 0 ? ['u.Empty()', `return ${name}{}`] : [`return ${name}{`, ...indent(fields), '}']),
      ]),
      '}',
    );
  }

  private printPackOneof({ message, member }: PackedOneof): void {
    const name = this.types.oneof(message, member);
    const cases = member.alternatives.flatMap((field) => [
      `case ${this.types.alternative(message, member, field)}:`,
      ...indent([`p.Tag(${field.number})`, this.packField(`p.At(${goString(field.name)})`, 'v.Value', field)]),
    ]);
    this.file.add(
      `func ${this.oneofFunction('pack', message, member)}(p *${this.file.grout('Packer')}, v ${name}) {`,
      ...indent(['switch v := v.(type) {', 'case nil:', '\tp.None()', ...cases, 'default:', '\tp.Unknown(v)', '}']),
      '}',
    );
  }

  private printUnpackOneof({ message, member }: PackedOneof): void {
    const name = this.types.oneof(message, member);
    const cases = member.alternatives.flatMap((field) => [
      `case ${field.number}:`,
      `\treturn ${this.types.alternative(message, member, field)}{Value: ${this.unpackField(`u.At(${goString(field.name)})`, field)}}`,
    ]);
    this.file.add(
      `func ${this.oneofFunction('unpack', message, member)}(u *${this.file.grout('Unpacker')}) ${name} {`,
      ...indent(['switch tag := u.Tag(); tag {', 'case 0:', '\treturn nil', ...cases, 'default:']),
      ...indent(indent(['u.Unknown(tag)', 'return nil'])),
      ...indent(['}']),
      '}',
    );
  }

  private printEnum(direction: Direction, fullName: string): void {
    const [name, type] = [this.functionFor(direction, fullName), this.types.named(fullName)];
    if (direction === 'pack') {
      this.file.add(`func ${name}(p *${this.file.grout('Packer')}, v ${type}) {`, '\tp.Int32(int32(v))', '}');
    } else {
      this.file.add(`func ${name}(u *${this.file.grout('Unpacker')}) ${type} {`, `\treturn ${type}(u.Int32())`, '}');
    }
  }
}

function methodOf(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return methods[type.scalar];
    case 'message':
    case 'enum':
    case 'handle':
      throw new Error(`${type.kind} has a function of its own`);
    default:
      return methods[type.kind];
  }
}
