import type { Span } from '#diagnostics';

/**
 * The boundary contract of one bridge, lowered from its .proto files. Complete and serialisable: emitters, the ABI hash
 * and later the compatibility check read nothing else. Every name is the contract's own; naming rooms derive the rest.
 */
export interface Contract {
  /** Name of the bridge, kebab-case, e.g. `pricing`. */
  readonly bridge: string;
  /** Protobuf package, e.g. `pricing.v1`. */
  readonly package: string;
  /** Workspace paths of the .proto files that define it, sorted; grout's own options file is not among them. */
  readonly files: readonly string[];
  readonly services: readonly Service[];
  /**
   * The bridge's own messages in declaration order, file after file, then those of other bridges that they lead to; look
   * up with `fullName`.
   */
  readonly messages: readonly Message[];
  /** Enums that are not error domains, in the same order. */
  readonly enums: readonly Enum[];
  readonly errorDomains: readonly ErrorDomain[];
}

interface Declared {
  /** Without the package; of what is declared inside a message with the message's: `Order.Item`. */
  readonly name: string;
  /** With the package: `pricing.v1.QuoteRequest`. */
  readonly fullName: string;
  /** Leading comment, trimmed, one line per line; empty when there is none. */
  readonly doc: string;
  readonly span: Span;
}

export interface Service extends Declared {
  readonly abiMajor: number;
  readonly implementedInGo: boolean;
  /** When texts may cross that nobody wrote for the caller; absent: in debug builds. */
  readonly foreignText?: 'debug-builds' | 'never' | 'always';
  readonly methods: readonly Method[];
}

export interface Method extends Declared {
  /** Full names of messages. */
  readonly request: string;
  readonly response: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly mode: 'unspecified' | 'sync' | 'async' | 'blocking';
  /** Time a call may take in the benchmark, nanoseconds; 0 when not given. */
  readonly budgetNs: number;
  /** Full name of the error domain; absent: the method fails only with runtime errors. */
  readonly errorDomain?: string;
  /** Build feature that the method belongs to; absent: it is always there. */
  readonly feature?: string;
  /** Items of a stream that may be under way unasked; absent when not given. */
  readonly streamCredit?: number;
  /** Name of the service that the other side may call back, as written; absent when not given. */
  readonly callsBack?: string;
}

/** What may belong to another bridge. */
interface Owned {
  /** Name of the bridge whose contract declares it; absent: it is this one's own. */
  readonly owner?: string;
}

export interface Message extends Declared, Owned {
  /** In declaration order; those of a oneof are among them. */
  readonly fields: readonly Field[];
  readonly oneofs: readonly Oneof[];
  /** Present when the message stands for an object of the other side. */
  readonly handle?: HandleOptions;
}

/** How an object of the other side may be used. */
export interface HandleOptions {
  /** Dropping the object may take long, so that it is done on another thread. */
  readonly closeBlocks: boolean;
  /** Several threads may use the object at once; otherwise calls on it wait for each other. */
  readonly threadSafe: boolean;
}

/** Alternatives of which at most one is set. `fullName` is that of the message, a dot and the name. */
export type Oneof = Declared;

export interface Field extends Declared {
  readonly number: number;
  /** Of a list, the type of its items; of a map, that of its values. */
  readonly type: FieldType;
  readonly cardinality: 'singular' | 'optional' | 'repeated' | 'map' | 'oneof';
  /** Type of a map's keys; present on maps only. */
  readonly mapKey?: MapKey;
  /** Name of the oneof that the field is an alternative of; present on alternatives only. */
  readonly oneof?: string;
  readonly own: 'unspecified' | 'copy' | 'borrow' | 'move';
  readonly redact: boolean;
  /** Largest length in bytes of a string or bytes, largest number of items of a list or map; 0 when not given. */
  readonly maxLen: number;
  /** What the address of the bytes is a multiple of; absent when not given. */
  readonly align?: number;
  /** Build feature that the field belongs to; absent: it is always there. */
  readonly feature?: string;
}

export type Scalar = 'bool' | 'i32' | 'i64' | 'u32' | 'u64' | 'f32' | 'f64';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'string' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'enum'; readonly enum: string }
  /** An object of the other side: a message that is marked as a handle. */
  | { readonly kind: 'handle'; readonly message: string }
  /** `google.protobuf.Timestamp`: a point in time, from year 1 to 9999, in nanoseconds. */
  | { readonly kind: 'timestamp' }
  /** `google.protobuf.Duration`, as far as signed 64-bit nanoseconds reach: about 292 years. */
  | { readonly kind: 'duration' };

/** Floating-point numbers and bytes are no keys. */
export type MapKey = Exclude<Scalar, 'f32' | 'f64'> | 'string';

/** An enum whose values cross as numbers. It is open: a number without a name is kept as it is. */
export interface Enum extends Declared, Owned {
  readonly values: readonly EnumValue[];
}

/** A value of an enum. `name` is without the prefix that Protobuf's scoping forces on it, as in `ErrorCode`. */
export interface EnumValue extends Declared {
  readonly number: number;
}

/** An enum marked `(grout.v1.error_domain) = true`; its zero value means "unspecified" and is not among the codes. */
export interface ErrorDomain extends Declared {
  readonly codes: readonly ErrorCode[];
}

/**
 * A code of an error domain. Its `name` is the value's name without the prefix that Protobuf's scoping forces on it:
 * `PRICING_ERROR_EMPTY_NAME` of `enum PricingError` is the code `EMPTY_NAME`; `fullName` keeps the whole.
 */
export interface ErrorCode extends Declared {
  /** Positive. */
  readonly number: number;
  /** What the caller can do about it, with `{placeholders}` as written; empty when not given. */
  readonly hint: string;
  readonly retry: 'unspecified' | 'never' | 'backoff' | 'after-refresh';
  readonly redact: boolean;
  /** What it is to those who do not know the contract; absent: as `retry` has it. */
  readonly canonical?: Canonical;
}

/** The codes of google.rpc.Code. */
export type Canonical =
  | 'cancelled'
  | 'unknown'
  | 'invalid-argument'
  | 'deadline-exceeded'
  | 'not-found'
  | 'already-exists'
  | 'permission-denied'
  | 'resource-exhausted'
  | 'failed-precondition'
  | 'aborted'
  | 'out-of-range'
  | 'unimplemented'
  | 'internal'
  | 'unavailable'
  | 'data-loss'
  | 'unauthenticated';
