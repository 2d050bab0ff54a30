import type { FieldType, Method, Scalar } from '#contract';
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

/** Type of a field in the Go API; a message is a pointer, nil when it is absent. */
export function fieldType(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return scalars[type.scalar].go;
    case 'string':
      return 'string';
    case 'bytes':
      return '[]byte';
    case 'message':
      return `*${messageType(type.message)}`;
    case 'enum':
      throw new Error(`enum ${type.enum} has no Go type yet`);
  }
}

/** Go type of a message, given its full name. */
export function messageType(fullName: string): string {
  return exportedName(fullName.slice(fullName.lastIndexOf('.') + 1));
}

/** Go names of a method and of its messages. */
export interface MethodNames {
  readonly method: string;
  readonly request: string;
  readonly response: string;
}

export function methodNames({ name, request, response }: Method): MethodNames {
  return { method: exportedName(name), request: messageType(request), response: messageType(response) };
}
