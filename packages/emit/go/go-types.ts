import {
  implementedIn,
  type Contract,
  type Field,
  type FieldType,
  type Message,
  type Method,
  type Scalar,
} from '#contract';
import { bufferFields, holdsViews, viewFields, viewMessages } from '../borrowing.js';
import { isAlwaysThere, messageNamed, ownerOf, typeNamed, type OneofMember } from '../members.js';
import type { GoFile } from './go-file.js';
import { alternativeName, exportedName, oneofName } from './names.js';

const scalars: Readonly<Record<Scalar, { readonly go: string; readonly c: string; readonly cgo: string }>> = {
  bool: { go: 'bool', c: 'bool', cgo: 'C.bool' },
  i32: { go: 'int32', c: 'int32_t', cgo: 'C.int32_t' },
  i64: { go: 'int64', c: 'int64_t', cgo: 'C.int64_t' },
  u32: { go: 'uint32', c: 'uint32_t', cgo: 'C.uint32_t' },
  u64: { go: 'uint64', c: 'uint64_t', cgo: 'C.uint64_t' },
  f32: { go: 'float32', c: 'float', cgo: 'C.float' },
  f64: { go: 'float64', c: 'double', cgo: 'C.double' },
};

/** How a scalar is called in Go, in C, and in Go's view of C. */
export function scalarType(scalar: Scalar): { readonly go: string; readonly c: string; readonly cgo: string } {
  return scalars[scalar];
}

/** Name of a message's or an enum's type in its own package, given its full name; names of functions are made of it. */
export function declaredName(contract: Contract, fullName: string): string {
  return exportedName(typeNamed(contract, fullName).name);
}

/** Spells the types of a file's contract as Go does. */
export class GoTypes {
  private readonly contract: Contract;

  constructor(private readonly file: GoFile) {
    this.contract = file.contract;
  }

  /** Whether Go implements what the file is about: objects are its own then, behind an interface. */
  get isHosted(): boolean {
    return implementedIn(this.contract) === 'go';
  }

  /** The type of a message or an enum, given its full name: that of another bridge is of its package. */
  named(fullName: string): string {
    return this.file.ofOwner(ownerOf(this.contract, fullName), declaredName(this.contract, fullName));
  }

  /** The interface of a oneof. */
  oneof(message: Message, member: OneofMember): string {
    return this.file.ofOwner(message.owner, oneofName(message, member));
  }

  /** The struct that holds an alternative of a oneof. */
  alternative(message: Message, member: OneofMember, field: Field): string {
    return this.file.ofOwner(message.owner, alternativeName(message, member, field));
  }

  /** Type of a field in the Go API: what may be absent is a pointer, nil then. */
  field({ type, cardinality, mapKey }: Field): string {
    const value = this.value(type);
    switch (cardinality) {
      case 'repeated':
        return `[]${value}`;
      case 'map':
        return `map[${mapKey === undefined || mapKey === 'string' ? 'string' : scalars[mapKey].go}]${value}`;
      case 'oneof':
        return value;
      case 'optional':
        return type.kind === 'bytes' ? value : `*${value}`;
      case 'singular':
        return isAlwaysThere(type) ? value : `*${value}`;
    }
  }

  /** Type of a value that is there: of an item, of a value of a map or of an alternative. */
  value(type: FieldType): string {
    switch (type.kind) {
      case 'scalar':
        return scalars[type.scalar].go;
      case 'string':
        return 'string';
      case 'bytes':
        return '[]byte';
      case 'message':
        return this.named(type.message);
      case 'enum':
        return this.named(type.enum);
      case 'timestamp':
        return this.file.std('time', 'Time');
      case 'duration':
        return this.file.std('time', 'Duration');
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }

  /** Whether a field is a view of what lives in Rust; its type is a pointer to what `viewOf` names. */
  isView({ fullName }: Field): boolean {
    return viewFields(this.contract).has(fullName);
  }

  /** The runtime's type of a view. */
  viewOf({ type }: Field): 'View' | 'TextView' {
    return type.kind === 'string' ? 'TextView' : 'View';
  }

  /** The method of the runtime that copies, packs or unpacks a view, or a list of them. */
  viewMethod(field: Field): string {
    return field.cardinality === 'repeated' ? `${this.viewOf(field)}s` : this.viewOf(field);
  }

  /** Whether the value of a field is a message with views. */
  holdsViews(field: Field): boolean {
    return holdsViews(field, viewMessages(this.contract));
  }

  /** Whether a field is a buffer that a call gives away; its type is the runtime's Buffer. */
  isBuffer({ fullName }: Field): boolean {
    return bufferFields(this.contract).has(fullName);
  }

  /** Whether calls of a method give buffers away. */
  givesBuffers({ request }: Method): boolean {
    return messageNamed(this.contract, request).fields.some((field) => this.isBuffer(field));
  }

  /** Go name of a method, and the types of its messages. */
  method({ name, request, response }: Method): MethodNames {
    return { method: exportedName(name), request: this.named(request), response: this.named(response) };
  }
}

/** Go name of a method, and the types of its messages. */
interface MethodNames {
  readonly method: string;
  readonly request: string;
  readonly response: string;
}
