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
  /** The bridge's own messages in declaration order, file after file; look up with `fullName`. */
  readonly messages: readonly Message[];
  readonly errorDomains: readonly ErrorDomain[];
}

interface Declared {
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

export interface Message extends Declared {
  readonly fields: readonly Field[];
  /** Present when the message stands for an object of the other side. */
  readonly handle?: { readonly closeBlocks: boolean; readonly threadSafe: boolean };
}

export interface Field extends Declared {
  readonly number: number;
  readonly type: FieldType;
  readonly cardinality: 'singular' | 'optional' | 'repeated' | 'map' | 'oneof';
  readonly own: 'unspecified' | 'copy' | 'borrow' | 'move';
  readonly redact: boolean;
  /** Largest length in bytes; 0 when not given. */
  readonly maxLen: number;
  /** Build feature that the field belongs to; absent: it is always there. */
  readonly feature?: string;
}

export type Scalar = 'bool' | 'i32' | 'i64' | 'u32' | 'u64' | 'f32' | 'f64';

export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'string' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'enum'; readonly enum: string };

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
