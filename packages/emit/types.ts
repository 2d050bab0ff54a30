import type { WorkspacePath } from '#paths';

/**
 * One file that an emitter made. `grout` files are rewritten at each regeneration and say so in their first line;
 * `user` files are written once, when the bridge is scaffolded, and belong to the user from then on.
 */
export interface GeneratedFile {
  readonly path: WorkspacePath;
  readonly text: string;
  readonly owner: 'grout' | 'user';
}

/** Where the two sides of a bridge live and what they are called; everything an emitter may know besides the contract. */
export interface BridgeLayout {
  /** Kebab-case, e.g. `pricing`. */
  readonly name: string;
  /** e.g. `libs/pricing`. */
  readonly root: WorkspacePath;
  readonly go: {
    /** e.g. `libs/pricing/go`. */
    readonly folder: WorkspacePath;
    /** e.g. `example.com/acme/pricing-go`. */
    readonly modulePath: string;
    /** Go package name, e.g. `pricing`. */
    readonly package: string;
    /** Import path of the runtime package `grout`, e.g. `example.com/acme/grout-go`. */
    readonly runtimeModule: string;
  };
  readonly rust: {
    /** e.g. `libs/pricing/rust`. */
    readonly folder: WorkspacePath;
    /** Cargo package, e.g. `pricing-rust`. */
    readonly packageName: string;
    /** Library name as linked, e.g. `pricing_rust`: the archive is `lib<libName>.a`. */
    readonly libName: string;
    /** Cargo package of the runtime crate, whose library is named `grout`, e.g. `grout-rust`. */
    readonly runtimePackage: string;
    /** Folder of the runtime crate, e.g. `libs/grout/rust`. */
    readonly runtimeFolder: WorkspacePath;
  };
  /** The bridges whose messages the contract uses, by their names; absent when it uses none. */
  readonly sharing?: Readonly<Record<string, SharingBridge>>;
  /** Whether both sides have tests of random values, which need libraries from outside; absent: no. */
  readonly propertyTests?: boolean;
  /** The static library that the build places, e.g. `dist/libs/pricing/rust/libpricing_rust.a`. */
  readonly archive: WorkspacePath;
}

/** How the code of one bridge names another one, whose messages it uses. */
export interface SharingBridge {
  /** Import path of its Go package. */
  readonly goModule: string;
  readonly goPackage: string;
  /** Its crate, as `use` names it. */
  readonly rustCrate: string;
}

/** What the two sides compare before the first call; computed by the contract room. */
export interface AbiFacts {
  /** Hash of everything in the contract that the ABI depends on: 16 hex digits. Part of a symbol's name. */
  readonly hash: string;
  /** Digest of the contract's text, hex; people compare it, nothing depends on it. */
  readonly contractDigest: string;
  /** What both sides can be built with. */
  readonly features: readonly BridgeFeature[];
}

/** A feature of the bridge's crate that Go files can be built with as well. */
export interface BridgeFeature {
  readonly name: string;
  /** On in Rust where all of these cargo features are. */
  readonly cargo: readonly string[];
  /** On in Go where all of these build tags are. */
  readonly goTags: readonly string[];
}
