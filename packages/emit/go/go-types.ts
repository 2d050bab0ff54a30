import type { Contract, Field, FieldType, Method, Scalar } from '#contract';
import { viewFields } from '../borrowing.js';
import { isAlwaysThere, nameInContract } from '../members.js';
import { exportedName } from './names.js';

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

/** Spells the types of one contract as Go does. */
export class GoTypes {
  constructor(private readonly contract: Contract) {}

  /** Name of a message's or an enum's type, given its full name. */
  named(fullName: string): string {
    return exportedName(nameInContract(this.contract, fullName));
  }

  /**
   * Type of a field in the Go API: what may be absent is a pointer, nil then. `std` gives the symbols of the standard
   * library.
   */
  field({ type, cardinality, mapKey }: Field, std: StandardSymbols): string {
    const value = this.value(type, std);
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
  value(type: FieldType, std: StandardSymbols): string {
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
        return std('time', 'Time');
      case 'duration':
        return std('time', 'Duration');
      case 'handle':
        throw new Error(`the handle ${type.message} is no value`);
    }
  }

  /** Whether a field is a view of bytes that live in Rust; its type is the runtime's View. */
  isView({ fullName }: Field): boolean {
    return viewFields(this.contract).has(fullName);
  }

  /** Go names of a method and of its messages. */
  method({ name, request, response }: Method): MethodNames {
    return { method: exportedName(name), request: this.named(request), response: this.named(response) };
  }
}

/** Gives the qualified name of a symbol of the standard library, e.g. of `time` and `Time`. */
export type StandardSymbols = (importPath: string, name: string) => string;

/** Go names of a method and of its messages. */
interface MethodNames {
  readonly method: string;
  readonly request: string;
  readonly response: string;
}
