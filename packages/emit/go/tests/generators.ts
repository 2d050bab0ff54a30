import type { Contract, Enum, Field, FieldType, MapKey, Message, Scalar } from '#contract';
import { alignOf } from '../../borrowing.js';
import type { Lengths } from '../../limits.js';
import { isAlwaysThere, membersOf, namedValues, valueMessages, type Member, type OneofMember } from '../../members.js';
import { countsDepth, findRecursion } from '../../recursion.js';
import { propertyLibraries } from '../../property-libraries.js';
import { goString, indent, type GoFile } from '../go-file.js';
import { declaredName, GoTypes } from '../go-types.js';
import { exportedName, oneofName } from '../names.js';
import { helpers, type Helper } from './generator-helpers.js';

const numbers: Readonly<Record<Exclude<Scalar, 'f32' | 'f64'>, string>> = {
  bool: 'Bool',
  i32: 'Int32',
  i64: 'Int64',
  u32: 'Uint32',
  u64: 'Uint64',
};

/** Lists and maps that the contract does not limit are as long as this at most. */
const longestList = 8;

/** Prints rapid's generators of the messages of a contract, of values that come back as they are: what is empty is nil. */
export class Generators {
  private readonly types: GoTypes;
  private readonly contract: Contract;
  private readonly recursive: ReadonlySet<string>;
  private readonly used = new Set<Helper>();

  constructor(private readonly file: GoFile) {
    this.types = new GoTypes(file);
    this.contract = file.contract;
    this.recursive = findRecursion(file.contract.messages).messages;
  }

  /** A symbol of the library. */
  rapid(name: string): string {
    return this.file.external(propertyLibraries.go.module, name);
  }

  /** The functions that make the generators, and what they use. */
  print(): void {
    for (const message of valueMessages(this.contract)) {
      this.printMessage(message);
      for (const member of membersOf(message)) if (member.kind === 'oneof') this.printOneof(message, member);
    }
    for (const it of this.contract.enums) this.printEnum(it);
    for (const name of Object.keys(helpers) as Helper[]) {
      if (this.used.has(name)) this.file.add(...helpers[name]({ file: this.file, rapid: (it) => this.rapid(it) }));
    }
  }

  /** The expression that makes the generator of a message. */
  ofMessage(fullName: string, depth = 'boundaryDepth'): string {
    return `${this.functionOf(fullName)}(${this.recursive.has(fullName) ? depth : ''})`;
  }

  /** A value of a field whose length lies in the range, as it is before the message takes it. */
  ofLength(field: Field, { least, most }: Lengths): string {
    if (field.cardinality === 'repeated' || field.cardinality === 'map') return this.many(field, least, most);
    const text = `${this.use('boundaryRepeated')}(${least}, ${most})`;
    if (field.type.kind === 'string') return text;
    return `${this.rapid('Map')}(${text}, func(text string) []byte { return []byte(text) })`;
  }

  private use(helper: Helper): Helper {
    this.used.add(helper);
    return helper;
  }

  private functionOf(fullName: string): string {
    return `boundaryGen${declaredName(this.contract, fullName)}`;
  }

  private generator(type: string): string {
    return `*${this.rapid('Generator')}[${type}]`;
  }

  private printMessage(message: Message): void {
    const type = this.types.named(message.fullName);
    const isRecursive = this.recursive.has(message.fullName);
    const members = membersOf(message);
    const head = `func ${this.functionOf(message.fullName)}(${isRecursive ? 'depth int' : ''}) ${this.generator(type)} {`;
    if (isRecursive) this.use('boundaryDepth');
    const custom = this.custom(type, [
      `return ${type}{`,
      ...indent(
        aligned(
          members.map((member) => [exportedName(member.name), this.drawn(message, member, isRecursive)] as const),
        ),
      ),
      '}',
    ]);
    const nothing = `return ${this.rapid('Just')}(${type}{})`;
    this.file.add(
      head,
      ...indent([
        ...(isRecursive ? ['if depth == 0 {', `\t${nothing}`, '}'] : []),
        ...(members.length === 0 ? [nothing] : custom),
      ]),
      '}',
    );
  }

  private custom(type: string, body: readonly string[]): string[] {
    return [`return ${this.rapid('Custom')}(func(t *${this.rapid('T')}) ${type} {`, ...indent(body), '})'];
  }

  private drawn(message: Message, member: Member, isRecursive: boolean): string {
    return `${this.member(message, member, isRecursive ? 'depth-1' : undefined)}.Draw(t, ${goString(member.name)})`;
  }

  /** @param depth how deep messages may lie in it, where its own message counts that */
  private member(message: Message, member: Member, depth: string | undefined): string {
    if (member.kind === 'oneof')
      return `${this.oneofFunction(message, member)}(${countsDepth(this.recursive, message, member) ? (depth ?? 'boundaryDepth') : ''})`;
    const { field } = member;
    switch (field.cardinality) {
      case 'repeated':
      case 'map':
        return this.many(field, 0, Math.min(field.maxLen === 0 ? longestList : field.maxLen, longestList), depth);
      case 'optional':
        if (field.type.kind === 'bytes') return `${this.use('boundaryOptionalBytes')}(${this.most(field)})`;
        return this.pointer(this.value(field, depth));
      case 'singular':
      case 'oneof':
        return isAlwaysThere(field.type) ? this.value(field, depth) : this.pointer(this.value(field, depth));
    }
  }

  private many(field: Field, least: number, most: number, depth?: string): string {
    const item = this.value({ ...field, maxLen: 0 }, depth);
    const lengths = `${least}, ${most}`;
    if (field.cardinality === 'repeated') return `${this.use('boundaryList')}(${item}, ${lengths})`;
    return `${this.use('boundaryMap')}(${this.key(field.mapKey)}, ${item}, ${lengths})`;
  }

  private pointer(value: string): string {
    return `${this.rapid('Ptr')}(${value}, true)`;
  }

  private key(key: MapKey = 'string'): string {
    return key === 'string' ? `${this.rapid('String')}()` : this.number(key);
  }

  private number(scalar: Scalar): string {
    if (scalar === 'f32') return `${this.use('boundaryFloat32')}()`;
    if (scalar === 'f64') return `${this.use('boundaryFloat64')}()`;
    return `${this.rapid(numbers[scalar])}()`;
  }

  private most({ maxLen }: Field): string {
    return maxLen === 0 ? '-1' : String(maxLen);
  }

  /** A value that is there: an item, a value of a map, an alternative. */
  private value(field: Field, depth: string | undefined): string {
    const { type } = field;
    const plain = this.plain(field, type, depth);
    if (this.types.isView(field))
      return `${this.rapid('Map')}(${plain}, ${this.file.grout(`New${this.types.viewOf(field)}`)})`;
    if (this.types.isBuffer(field)) return `${this.use('boundaryBuffers')}(${this.most(field)})`;
    return plain;
  }

  private plain(field: Field, type: FieldType, depth: string | undefined): string {
    switch (type.kind) {
      case 'scalar':
        return this.number(type.scalar);
      case 'string':
        return field.maxLen === 0 ? `${this.rapid('String')}()` : `${this.rapid('StringN')}(-1, -1, ${field.maxLen})`;
      case 'bytes':
        return alignOf(field) > 1
          ? `${this.use('boundaryAligned')}(${this.most(field)}, ${alignOf(field)})`
          : `${this.use('boundaryList')}(${this.rapid('Byte')}(), 0, ${this.most(field)})`;
      case 'message':
        return this.ofMessage(type.message, depth);
      case 'enum':
        return `${this.functionOf(type.enum)}()`;
      case 'timestamp':
        return `${this.use('boundaryTime')}()`;
      case 'duration':
        return `${this.use('boundaryDuration')}()`;
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }

  private oneofFunction(message: Message, member: OneofMember): string {
    return `boundaryGen${oneofName(message, member)}`;
  }

  private printOneof(message: Message, member: OneofMember): void {
    const type = this.types.oneof(message, member);
    const counts = countsDepth(this.recursive, message, member);
    const cases = member.alternatives.flatMap((field, at) => {
      const value = this.value(field, counts ? 'depth' : undefined);
      const alternative = this.types.alternative(message, member, field);
      return [`case ${at + 1}:`, `\treturn ${alternative}{Value: ${value}.Draw(t, ${goString(field.name)})}`];
    });
    this.file.add(
      `func ${this.oneofFunction(message, member)}(${counts ? 'depth int' : ''}) ${this.generator(type)} {`,
      ...indent(
        this.custom(type, [
          `switch ${this.rapid('IntRange')}(0, ${member.alternatives.length}).Draw(t, "alternative") {`,
          ...cases,
          'default:',
          '\treturn nil',
          '}',
        ]),
      ),
      '}',
    );
  }

  /** Numbers without a name are values too. */
  private printEnum(declaration: Enum): void {
    const type = this.types.named(declaration.fullName);
    const named = namedValues(declaration).map(({ number }) => number);
    this.file.add(
      `func ${this.functionOf(declaration.fullName)}() ${this.generator(type)} {`,
      ...indent(
        this.custom(type, [
          `named := ${this.rapid('SampledFrom')}([]int32{${named.join(', ')}})`,
          `return ${type}(${this.rapid('OneOf')}(named, ${this.rapid('Int32')}()).Draw(t, "number"))`,
        ]),
      ),
      '}',
    );
  }
}

/** Fields of a literal, their values in a column. */
function aligned(fields: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...fields.map(([name]) => name.length + 1));
  return fields.map(([name, value]) => `${`${name}:`.padEnd(width)} ${value},`);
}
