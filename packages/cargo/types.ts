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
  /** What it says to the crates of a workspace that it is the root of. */
  readonly rootTables?: CargoRootTables;
  /** Entries of the root's `inheritable` that it takes, besides dependencies. */
  readonly inherited: readonly string[];
}

/** Entries of a root manifest, each as JSON that does not show order, layout and comments. */
export interface CargoRootTables {
  /** What counts for all crates: `profile.<name>`, `resolver` and `cargo-features`. */
  readonly forAll: Readonly<Record<string, string>>;
  /** Entries of `[patch.*]` and `[replace]` with the package that they go over. */
  readonly overrides: readonly { readonly package: string; readonly entry: string }[];
  /** What crates may inherit: `package.<field>`, `dependencies.<key>`, `lints`. */
  readonly inheritable: Readonly<Record<string, string>>;
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

/** What a .rs file says that reaches outside its own crate's sources, or that starts go. */
export interface RustSource {
  readonly file: string;
  /**
   * Paths that macros and attributes take in (`include_str!` and its like, `#[path]`), literals that climb with `..`, and
   * those given to any macro or attribute that lead where builds otherwise do not look, as to Markdown.
   */
  readonly includes: readonly RustPath[];
  /** Where a build script may stand, all literals that may be paths: it may read any of them. They are not among `includes`. */
  readonly literals: readonly RustPath[];
  /** Names of `mod x;` items; kept as the literals are. */
  readonly modules: readonly string[];
  /** Environment variables that it reads by name, without those that cargo sets. */
  readonly variables: readonly RustVariable[];
  /** Places that run the go command on sources. */
  readonly goCalls: readonly RustGoCall[];
  /** Where a build script tells the linker of a folder that is not known before it runs. */
  readonly unreadSearches: readonly UnreadSearch[];
  /** Whether it names a builder of Go code, as `with_go_src` or `rust2go`; kept as the literals are. */
  readonly namesGoBuilder: boolean;
}

export interface UnreadSearch {
  /** A folder in which it lies, relative to the manifest's, where that much is known. */
  readonly inside?: string;
  readonly span: Span;
}

export interface RustPath {
  /** Relative, as written, with `/`. */
  readonly path: string;
  /** What the path is relative to: the folder of the file, that of the crate's manifest, or one of them, unknown which. */
  readonly base: 'file' | 'manifest' | 'either';
  /** Whether whoever takes the path takes a folder as well, with all that is in it. */
  readonly takesFolder?: true;
  /** Under `#[cfg(test)]`, `#[test]` and their like. */
  readonly testOnly?: true;
  readonly span: Span;
}

export interface RustVariable {
  readonly name: string;
  /** When it is compiled, as `env!` does; or when it runs, which is kept where build scripts and macros may stand. */
  readonly reads: 'compile' | 'run';
  readonly testOnly?: true;
  readonly span: Span;
}

/** `Command::new("go")` and the like, with a subcommand that reads sources or one that is not a literal. */
export interface RustGoCall {
  /** Folder that go runs in, relative to the manifest's; absent when it is not a literal. */
  readonly folder?: string;
  /** Packages and files that go is given, as written, relative to `folder`; none: the package of the folder. */
  readonly packages: readonly string[];
  /** `-buildmode=…` among the arguments. */
  readonly buildmode?: string;
  readonly testOnly?: true;
  readonly span: Span;
}
