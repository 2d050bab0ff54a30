import {
  implementedIn,
  type Contract,
  type Field,
  type FieldType,
  type MapKey,
  type Message,
  type Method,
} from '#contract';
import { isAlwaysThere, oneofTypeName, typeNamed, type Member, type OneofMember } from '../members.js';
import { alignOf, arenaFields, borrowingMessages, bufferFields, isBorrowing, viewFields } from '../borrowing.js';
import { packsViews, type Members } from '../crossing.js';
import { findRecursion } from '../recursion.js';
import { typeName } from './names.js';

/** Spells the types of one contract as Rust does. */
export class RustTypes {
  private readonly boxed: ReadonlySet<string>;
  private readonly borrowing: ReadonlySet<string>;
  private readonly views: ReadonlySet<string>;
  private readonly arenas: ReadonlySet<string>;
  private readonly buffers: ReadonlySet<string>;

  constructor(private readonly contract: Contract) {
    this.boxed = findRecursion(contract.messages).boxed;
    this.borrowing = borrowingMessages(contract);
    this.views = viewFields(contract);
    this.arenas = arenaFields(contract);
    this.buffers = bufferFields(contract);
  }

  /** Whether Go implements what the contract is about: the type of an object is declared, not left to an implementation. */
  get isHosted(): boolean {
    return implementedIn(this.contract) === 'go';
  }

  /** Name of the type of a message, an enum or an error domain, given its full name. */
  named(fullName: string): string {
    return typeName(typeNamed(this.contract, fullName).name);
  }

  /** Type of a message; what it borrows lives as long as `lifetime`. */
  message(fullName: string, lifetime: string): string {
    return `${this.named(fullName)}${this.borrowing.has(fullName) ? `<${lifetime}>` : ''}`;
  }

  /** Type of a struct's field. */
  member(message: Message, member: Member): string {
    return member.kind === 'field' ? this.field(member.field) : `Option<${this.oneof(message, member, "'a")}>`;
  }

  /** Type of a oneof; what it borrows lives as long as `lifetime`. */
  oneof(message: Message, { oneof, alternatives }: OneofMember, lifetime: string): string {
    const isLent = alternatives.some((field) => isBorrowing(field, this.borrowing));
    return `${typeName(oneofTypeName(message, oneof))}${isLent ? `<${lifetime}>` : ''}`;
  }

  /** Type of a value that is there: of an item, of a value of a map or of an alternative. */
  value(field: Field): string {
    const { type, fullName, own } = field;
    const owned = this.isBuffer(field) ? 'grout::Buffer' : this.plain(type);
    const value = own === 'borrow' ? this.borrowed(type, fullName) : owned;
    return this.boxed.has(fullName) ? `Box<${value}>` : value;
  }

  /** Error type of a method. */
  error({ errorDomain }: Method): string {
    return errorDomain === undefined ? 'grout::Error' : this.named(errorDomain);
  }

  private borrowed({ kind }: FieldType, fullName: string): string {
    if (this.isView(fullName)) return kind === 'string' ? 'grout::Text' : 'grout::Bytes';
    return kind === 'string' ? "&'a str" : "&'a [u8]";
  }

  /** Whether a field, by its full name, is a view of Go. */
  isView(fullName: string): boolean {
    return this.views.has(fullName);
  }

  /** Whether views are among what is packed of a response. */
  packsViews(members: Members): boolean {
    return packsViews(this.contract, members);
  }

  /** Whether a field is a list that is written where it crosses. */
  isArena(field: Field): boolean {
    return this.arenas.has(field.fullName);
  }

  /** Whether a field has bytes of its own that a `Vec<u8>` could not hold as they are. */
  isBuffer(field: Field): boolean {
    return field.own !== 'borrow' && (this.buffers.has(field.fullName) || alignOf(field) > 1);
  }

  private field(field: Field): string {
    const value = this.value(field);
    switch (field.cardinality) {
      case 'repeated':
        return this.isArena(field) ? `grout::Arena<${this.plain(field.type, "'static")}>` : `Vec<${value}>`;
      case 'map':
        return `BTreeMap<${keyType(field.mapKey)}, ${value}>`;
      case 'oneof':
        return value;
      case 'optional':
        return `Option<${value}>`;
      case 'singular':
        return isAlwaysThere(field.type) ? value : `Option<${value}>`;
    }
  }

  private plain(type: FieldType, lifetime = "'a"): string {
    switch (type.kind) {
      case 'scalar':
        return type.scalar;
      case 'string':
        return 'String';
      case 'bytes':
        return 'Vec<u8>';
      case 'message':
        return this.message(type.message, lifetime);
      case 'enum':
        return this.named(type.enum);
      case 'timestamp':
        return 'SystemTime';
      case 'duration':
        return 'grout::SignedDuration';
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }
}

function keyType(key: MapKey | undefined): string {
  return key === undefined || key === 'string' ? 'String' : key;
}
