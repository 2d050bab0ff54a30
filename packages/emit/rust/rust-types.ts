import type { Contract, Field, FieldType, MapKey, Message, Method } from '#contract';
import { isAlwaysThere, nameInContract, oneofTypeName, type Member } from '../members.js';
import { findRecursion } from '../recursion.js';
import { typeName } from './names.js';

/** Spells the types of one contract as Rust does. */
export class RustTypes {
  private readonly boxed: ReadonlySet<string>;

  constructor(private readonly contract: Contract) {
    this.boxed = findRecursion(contract.messages).boxed;
  }

  /** Name of the type of a message, an enum or an error domain, given its full name. */
  named(fullName: string): string {
    return typeName(nameInContract(this.contract, fullName));
  }

  /** Type of a struct's field. */
  member(message: Message, member: Member): string {
    return member.kind === 'field'
      ? this.field(member.field)
      : `Option<${typeName(oneofTypeName(message, member.oneof))}>`;
  }

  /** Type of a value that is there: of an item, of a value of a map or of an alternative. */
  value({ type, fullName }: Field): string {
    const value = this.plain(type);
    return this.boxed.has(fullName) ? `Box<${value}>` : value;
  }

  /** Error type of a method. */
  error({ errorDomain }: Method): string {
    return errorDomain === undefined ? 'grout::Error' : this.named(errorDomain);
  }

  private field(field: Field): string {
    const value = this.value(field);
    switch (field.cardinality) {
      case 'repeated':
        return `Vec<${value}>`;
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

  private plain(type: FieldType): string {
    switch (type.kind) {
      case 'scalar':
        return type.scalar;
      case 'string':
        return 'String';
      case 'bytes':
        return 'Vec<u8>';
      case 'message':
        return this.named(type.message);
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
