import type { Contract, Enum, Field, FieldType, MapKey, Message, Scalar } from '#contract';
import { alignOf } from '../../borrowing.js';
import type { Lengths } from '../../limits.js';
import {
  isAlwaysThere,
  membersOf,
  namedValues,
  oneofTypeName,
  valueMessages,
  type Member,
  type OneofMember,
} from '../../members.js';
import { countsDepth, findRecursion } from '../../recursion.js';
import { snakeCase } from '../../words.js';
import { indent } from '../layout.js';
import { typeName, valueName } from '../names.js';
import { RustTypes } from '../rust-types.js';

/** Texts, and lists and maps, are no longer than this, whatever the contract allows. */
const longest = { text: 24, list: 4 } as const;

/** From so many members on, values of all of them are too large for the stack of a test's thread. */
const boxedFrom = 8;

const boxedNote = "// Boxed: so many at once are too large for the stack of a test's thread.";

/** Prints proptest's strategies for the messages of a contract, not in rustfmt's layout, which leaves macros alone. */
export class Strategies {
  private readonly types: RustTypes;
  private readonly recursive: ReadonlySet<string>;
  private readonly boxed: ReadonlySet<string>;

  constructor(private readonly contract: Contract) {
    this.types = new RustTypes(contract);
    const { messages, boxed } = findRecursion(contract.messages);
    this.recursive = messages;
    this.boxed = boxed;
  }

  /** The functions that make the strategies, each set off from the others. */
  print(): string[][] {
    const messages = valueMessages(this.contract);
    return [
      ...messages.flatMap((message) => this.messageFunctions(message)),
      ...messages.flatMap((message) =>
        membersOf(message).flatMap((member) => (member.kind === 'oneof' ? [this.oneofFunction(message, member)] : [])),
      ),
      ...this.contract.enums.map((it) => this.enumFunction(it)),
    ];
  }

  /** The expression that makes the strategy of a message. */
  ofMessage(fullName: string, depth = 'DEPTH'): string {
    return `${this.functionOf(fullName)}(${this.recursive.has(fullName) ? depth : ''})`;
  }

  /** What a field holds, with a length in the range. */
  ofLength(field: Field, lengths: Lengths): string {
    const isList = field.cardinality === 'repeated' || field.cardinality === 'map';
    return isList ? this.many(field, lengths) : this.held(field, this.item(field, undefined, lengths));
  }

  private functionOf(fullName: string): string {
    return `arb_${snakeCase(this.types.named(fullName))}`;
  }

  private messageFunctions(message: Message): string[][] {
    const type = `api::${this.types.message(message.fullName, "'static")}`;
    const name = this.functionOf(message.fullName);
    const members = membersOf(message);
    const nothing = `Just(api::${this.types.named(message.fullName)}::default())`;
    if (members.length === 0)
      return [unformatted([`fn ${name}() -> impl Strategy<Value = ${type}> {`, `    ${nothing}`, '}'])];
    const isRecursive = this.recursive.has(message.fullName);
    const names = members.map((member) => valueName(member.name));
    const isLarge = members.length > boxedFrom;
    const drawn = members.map((member) => {
      const strategy = this.member(message, member, isRecursive ? 'depth' : undefined);
      return `${valueName(member.name)} in ${strategy}${isLarge ? '.boxed()' : ''},`;
    });
    const compose = (head: string): string[] => [
      'prop_compose! {',
      ...indent([...(isLarge ? [boxedNote] : []), `${head}(`, ...indent(drawn), `) -> ${type} {`]),
      ...indent(indent(literal(`api::${this.types.named(message.fullName)}`, names))),
      ...indent(['}']),
      '}',
    ];
    if (!isRecursive) return [compose(`fn ${name}()`)];
    const nested = name.replace(/^arb_/, 'nested_');
    return [
      unformatted([
        `fn ${name}(depth: u32) -> BoxedStrategy<${type}> {`,
        ...indent(['match depth {', `    0 => ${nothing}.boxed(),`, `    _ => ${nested}(depth - 1).boxed(),`, '}']),
        '}',
      ]),
      compose(`fn ${nested}(depth: u32)`),
    ];
  }

  /** @param depth how deep messages may lie in it, where its own message counts that */
  private member(message: Message, member: Member, depth: string | undefined): string {
    if (member.kind === 'oneof') {
      return `option::of(${this.oneofName(message, member)}(${countsDepth(this.recursive, message, member) ? (depth ?? 'DEPTH') : ''}))`;
    }
    const { field } = member;
    const isList = field.cardinality === 'repeated' || field.cardinality === 'map';
    if (isList) return this.many(field, upTo(field, longest.list), depth);
    return this.held(field, this.item(field, depth));
  }

  /** A value that is there, as the field of a message holds it. */
  private held(field: Field, value: string): string {
    const boxed = this.boxed.has(field.fullName) ? `${value}.prop_map(Box::new)` : value;
    const mayBeAbsent =
      field.cardinality === 'optional' || (field.cardinality === 'singular' && !isAlwaysThere(field.type));
    return mayBeAbsent ? `option::of(${boxed})` : boxed;
  }

  private many(field: Field, { least, most }: Lengths, depth?: string): string {
    const item = this.item({ ...field, maxLen: 0 }, depth);
    const lengths = `${least}..=${most}`;
    if (field.cardinality === 'map') return `btree_map(${this.key(field.mapKey)}, ${item}, ${lengths})`;
    const list = `vec(${item}, ${lengths})`;
    return this.types.isArena(field) ? `${list}.prop_map(grout::Arena::from_iter)` : list;
  }

  private key(key: MapKey = 'string'): string {
    return key === 'string' ? `text(0..=${longest.text})` : `any::<${key}>()`;
  }

  /** A value that is there: an item, a value of a map, an alternative. */
  private item(field: Field, depth: string | undefined, lengths = upTo(field, longest.text)): string {
    const { type, own, fullName } = field;
    const range = `${lengths.least}..=${lengths.most}`;
    const isView = own === 'borrow' && this.types.isView(fullName);
    const isLent = this.types.isArena(field) || (own === 'borrow' && !isView);
    switch (type.kind) {
      case 'string':
        if (isLent) return `lent_text(${range})`;
        return `text(${range})${isView ? '.prop_map(grout::Text::from)' : ''}`;
      case 'bytes': {
        if (isLent) return `lent_bytes(${range})`;
        const bytes = `vec(any::<u8>(), ${range})`;
        if (isView) return `${bytes}.prop_map(grout::Bytes::from)`;
        const align = alignOf(field);
        if (!this.types.isBuffer(field)) return bytes;
        return align > 1
          ? `${bytes}.prop_map(|bytes| grout::Buffer::copy_of(&bytes, ${align}))`
          : `${bytes}.prop_map(grout::Buffer::from)`;
      }
      default:
        return this.plain(type, depth);
    }
  }

  private plain(type: FieldType, depth: string | undefined): string {
    switch (type.kind) {
      case 'scalar':
        return numberOf(type.scalar);
      case 'message':
        // One type for each message, and little on the stack of a test's thread, however deep they lie in each other.
        return this.recursive.has(type.message)
          ? this.ofMessage(type.message, depth)
          : `${this.ofMessage(type.message)}.boxed()`;
      case 'enum':
        return `${this.functionOf(type.enum)}()`;
      case 'timestamp':
        return 'time()';
      case 'duration':
        return 'any::<i64>().prop_map(grout::SignedDuration::from_nanos)';
      case 'string':
      case 'bytes':
      case 'handle':
        throw new Error(`${type.kind} is no plain value`);
    }
  }

  private oneofName(message: Message, { oneof }: OneofMember): string {
    return `arb_${snakeCase(typeName(oneofTypeName(message, oneof)))}`;
  }

  private oneofFunction(message: Message, member: OneofMember): string[] {
    const type = `api::${this.types.oneof(message, member, "'static")}`;
    const counts = countsDepth(this.recursive, message, member);
    const alternatives = member.alternatives.map((field) => {
      const value = this.held(field, this.item(field, counts ? 'depth' : undefined));
      return `${value}.prop_map(api::${typeName(oneofTypeName(message, member.oneof))}::${typeName(field.name)}),`;
    });
    return unformatted([
      `fn ${this.oneofName(message, member)}(${counts ? 'depth: u32' : ''}) -> impl Strategy<Value = ${type}> {`,
      ...indent(['prop_oneof![', ...indent(alternatives), ']']),
      '}',
    ]);
  }

  /** Numbers without a name are values too. */
  private enumFunction(declaration: Enum): string[] {
    const type = `api::${typeName(declaration.name)}`;
    const named = namedValues(declaration).map(({ number }) => number);
    return unformatted([
      `fn ${this.functionOf(declaration.fullName)}() -> impl Strategy<Value = ${type}> {`,
      `    prop_oneof![select(vec![${named.join(', ')}]), any::<i32>()].prop_map(${type}::from_number)`,
      '}',
    ]);
  }
}

/** A function that keeps its layout; what rustfmt would make of it depends on the widths of all its names. */
function unformatted(lines: readonly string[]): string[] {
  return ['#[rustfmt::skip]', ...lines];
}

function literal(type: string, fields: readonly string[]): string[] {
  const line = `${type} { ${fields.join(', ')} }`;
  return line.length <= 80 ? [line] : [`${type} {`, ...indent(fields.map((field) => `${field},`)), '}'];
}

/** What is no number is one of its values. */
function numberOf(scalar: Scalar): string {
  return scalar === 'f32' || scalar === 'f64' ? `num::${scalar}::ANY` : `any::<${scalar}>()`;
}

function upTo({ maxLen }: Field, most: number): Lengths {
  return { least: 0, most: maxLen === 0 ? most : Math.min(maxLen, most) };
}
