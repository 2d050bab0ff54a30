import type { Span } from '#diagnostics';

/** What a Cargo.toml says, with defaults of https://doc.rust-lang.org/cargo/reference/manifest.html left unapplied. */
export interface CargoManifest {
  /** Path of the Cargo.toml as given to the parser. */
  readonly file: string;
  readonly package?: CargoPackage;
  readonly lib?: CargoLib;
  readonly bins: readonly CargoBin[];
  /** `[features]`: name → what it enables. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  /** Where each feature is declared. */
  readonly featureSpans: Readonly<Record<string, Span>>;
  readonly dependencies: readonly CargoDependency[];
  readonly workspace?: CargoWorkspace;
  /** `[patch.<registry>]` and `[replace]` entries that point at a folder. */
  readonly patches: readonly CargoDependency[];
}

export interface CargoPackage {
  readonly name: string;
  readonly nameSpan: Span;
  /** Absent when inherited (`version.workspace = true`) or not given. */
  readonly version?: string;
  readonly edition?: string;
  /** `rust-version`, the lowest toolchain; `{ workspace: true }` when inherited. */
  readonly rustVersion?: string | { readonly workspace: true };
  readonly rustVersionSpan?: Span;
  /** `build`: script path, `false` to switch auto-detection off. */
  readonly build?: string | false;
  /** Whether src/main.rs and src/bin are searched for binaries; edition 2015 does not when it has explicit ones. */
  readonly autobins: boolean;
  /** Present when src/lib.rs does not make a library by itself. */
  readonly autolib?: false;
  /** `package.workspace`: path to the workspace root, relative to the manifest's folder. */
  readonly workspaceRoot?: string;
  readonly defaultRun?: string;
}

export interface CargoLib {
  /** Library name as linked: dashes of the package name become underscores; absent when not given. */
  readonly name?: string;
  readonly path?: string;
  /** Empty when not given (an rlib). */
  readonly crateTypes: readonly string[];
  readonly procMacro: boolean;
}

export interface CargoBin {
  readonly name: string;
  readonly path?: string;
  readonly requiredFeatures: readonly string[];
}

export interface CargoDependency {
  /** Key in the table, the name that the code uses. */
  readonly key: string;
  /** Package name: `package = "…"` of a renamed dependency, else the key. */
  readonly package: string;
  readonly kind: 'normal' | 'dev' | 'build';
  /** `[target.'cfg(…)'.dependencies]` selector. */
  readonly target?: string;
  /** Path as written, relative to the manifest's folder. */
  readonly path?: string;
  readonly version?: string;
  readonly git?: string;
  /** `workspace = true`: take the rest from `[workspace.dependencies]`. */
  readonly workspace: boolean;
  readonly optional: boolean;
  readonly defaultFeatures: boolean;
  readonly features: readonly string[];
  readonly span: Span;
}

export interface CargoWorkspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  readonly defaultMembers: readonly string[];
  readonly dependencies: readonly CargoDependency[];
  /** `[workspace.package]` scalars that members may inherit. */
  readonly package: { readonly version?: string; readonly edition?: string; readonly rustVersion?: string };
}

/** What a Cargo.lock says. */
export interface CargoLock {
  readonly version: number;
  readonly packages: readonly LockedCrate[];
}

export interface LockedCrate {
  readonly name: string;
  readonly version: string;
  /** Absent for a crate of the workspace. */
  readonly source?: string;
  readonly checksum?: string;
  /** As written: `name`, `name version` or `name version (source)`. */
  readonly dependencies: readonly string[];
}

/** `channel` and friends of a rust-toolchain.toml or rust-toolchain file. */
export interface RustToolchain {
  readonly channel?: string;
  readonly channelSpan?: Span;
}
