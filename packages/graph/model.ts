import type { Diagnostic, Span } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import type { AllowedLink } from './facts.js';

/** Every project and edge of a workspace, and what there was to say about them. Projects are told apart by root. */
export interface ProjectModel {
  readonly projects: readonly Project[];
  readonly edges: readonly Edge[];
  /** Edges that would have closed a cycle of projects; what they lead to takes part all the same. */
  readonly leftOut: readonly Edge[];
  /** Files outside a project that its builds or tests read, without an edge to whoever owns them. */
  readonly outsideInputs: readonly OutsideInput[];
  /** Environment variables that the builds or tests of crates read. */
  readonly variables: readonly VariableInput[];
  /** The packages of each Go module, by its root. */
  readonly packages: ReadonlyMap<WorkspacePath, readonly PackageSources[]>;
  /** What takes part in the tasks of each project, by root. */
  readonly participants: ReadonlyMap<WorkspacePath, ProjectParticipants>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder with a crate, a Go module, or both. */
export interface Project {
  readonly root: WorkspacePath;
  readonly name: string;
  readonly rust?: RustSide;
  readonly go?: GoSide;
  /** Present where its sources link the other language, or grout.toml says that they may. */
  readonly lint?: ProjectLint;
}

/** What lint has to say of a project's links to the other language. */
export interface ProjectLint {
  /** Those that no bridge makes: one for each file and library. */
  readonly bareLinks: readonly BareLink[];
  /** Entries of `[[lint.allow]]` for links that are not there. */
  readonly unused: readonly Pick<AllowedLink, 'from' | 'to' | 'span'>[];
}

/** A link from one language to the other that no bridge makes. */
export interface BareLink {
  readonly kind: CrossingKind;
  /** Root of the project whose library it is. */
  readonly to: WorkspacePath;
  readonly span: Span;
  /** Root of the Go side of the bridge whose crate it is, and that it goes around. */
  readonly bridge?: WorkspacePath;
  /** Absent where grout.toml allows the link, or wants nothing said of its kind. */
  readonly severity?: 'error' | 'warning';
}

/** What the executors and targets need to know about a crate. */
export interface RustSide {
  readonly manifest: WorkspacePath;
  /** Cargo package name. */
  readonly package: string;
  readonly version?: string;
  /** Folder that holds Cargo.lock and the shared target folder. */
  readonly cargoWorkspace: WorkspacePath;
  /** Present when the crate has a library target. */
  readonly library?: { readonly name: string; readonly crateTypes: readonly string[] };
  readonly binaries: readonly string[];
  /** Declared cargo features, without `default`. */
  readonly features: readonly string[];
  /** File names, on any platform, of what a build of this crate can hand out. */
  readonly artifacts: readonly string[];
  /** Libraries of Go that go into its build, its own or those of crates that it depends on; absent where there are none. */
  readonly goLinks?: readonly GoLink[];
  /** The same for its tests. */
  readonly goTestLinks?: readonly GoLink[];
  /** Roots of the crates in its build or tests that run go themselves, in build scripts as a rule; absent where none does. */
  readonly goBuilders?: readonly WorkspacePath[];
  /** Lowest toolchain it asks for, with the place that says so. */
  readonly toolchainFloor?: ToolchainFloor;
}

/** A build script that links what the build of a Go module places in dist. */
export interface GoLink {
  /** Root of the crate whose build script it is. */
  readonly crate: WorkspacePath;
  /** Root of the module. */
  readonly module: WorkspacePath;
  readonly span: Span;
}

/** What the executors and targets need to know about a Go module. */
export interface GoSide {
  readonly manifest: WorkspacePath;
  readonly module: string;
  /** The go.work that lists this module; absent: it is built on its own, with GOWORK=off where another go.work is above it. */
  readonly goWork?: WorkspacePath;
  /** Whether a go.work that does not list the module lies above it. */
  readonly foreignGoWork: boolean;
  /** Commands of the module. */
  readonly mains: readonly MainPackage[];
  /** Build tags that files of this module ask for, without GOOS, GOARCH and Go's own. */
  readonly tags: readonly string[];
  /** The only tags, and platforms as `linux/amd64`, that are ever built; a list is absent where nothing is ruled out. */
  readonly possible?: { readonly tags?: readonly string[]; readonly platforms?: readonly string[] };
  /** Roots of the modules it imports, test imports included. */
  readonly imports: readonly WorkspacePath[];
  /** `#cgo` lines of its own that link a crate of this workspace. */
  readonly links: readonly CgoLink[];
  /** Roots of the crates that its build links, directly or through modules. */
  readonly linkedCrates: readonly WorkspacePath[];
  /** The same for its tests. */
  readonly testLinkedCrates: readonly WorkspacePath[];
  /** Whether every link of its closure goes away under the build tag `grout_mock`, and at least one is there. */
  readonly mockable: boolean;
  /** Whether a test file calls itself one of benchmarks: `bench_test.go`, `parse_benchmark_test.go`, `bench.gen_test.go`. */
  readonly benchmarks: boolean;
  /** What its packages take in from elsewhere in the workspace without go's knowing: C sources and built libraries. */
  readonly cgoInputs: readonly CgoInput[];
  readonly toolchainFloor?: ToolchainFloor;
}

export interface ToolchainFloor {
  readonly version: string;
  readonly span: Span;
}

export interface MainPackage {
  /** Relative to the module folder; `.` for the module's own package. */
  readonly folder: string;
  /** What `go build` calls the binary, without `.exe`. */
  readonly name: string;
  /** Roots of the crates that this command links, directly or through packages. */
  readonly linkedCrates: readonly WorkspacePath[];
}

/** One place where Go sources link the library of a crate. */
export interface CgoLink {
  /** Root of the crate's project. */
  readonly crate: WorkspacePath;
  /** The `#cgo LDFLAGS` line. */
  readonly span: Span;
  /** The words of that line that name the library; they go when the build links the artifact itself. */
  readonly words: readonly string[];
}

/**
 * What a package takes in by `-I` or `LDFLAGS` of a `#cgo` line, or by a quoted `#include` in a preamble or a C source: a
 * folder with all C sources in and below it, or a single file.
 */
export interface CgoInput {
  /** The .go file that says so, or that stands for the package's C sources. */
  readonly file: WorkspacePath;
  readonly path: WorkspacePath;
  readonly isFolder: boolean;
}

/**
 * How one project shows that it needs another. `cargo-*`: a path, inherited or patched dependency; `go-*`: an import;
 * `cgo-link`, `cgo-pkg-config`, `cgo-script`: Go sources, a .pc file or a script name the library of a crate;
 * `go-generate`: a `//go:generate` line runs a crate; `go-embed`: a `//go:embed` pattern names what a crate makes;
 * `go-library`: a build script names what the build of a Go module places in dist;
 * `c-archive`, `go-command`: a build script or a Rust source runs go on a package; `declared`: grout.toml or
 * `implicitDependencies` says so.
 */
export type EdgeKind =
  | 'cargo-dependency'
  | 'cargo-dev-dependency'
  | 'go-import'
  | 'go-test-import'
  | 'cgo-link'
  | 'cgo-pkg-config'
  | 'cgo-script'
  | 'go-generate'
  | 'go-embed'
  | 'c-archive'
  | 'go-library'
  | 'go-command'
  | 'declared';

/** Kinds by which one language links a library of the other. */
export type CrossingKind = Extract<EdgeKind, 'cgo-link' | 'cgo-pkg-config' | 'cgo-script' | 'c-archive' | 'go-library'>;

/** `from` needs `to`. */
export interface Edge {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  readonly kind: EdgeKind;
  readonly evidence: Span;
  /** Only the tests of `from` need `to`. */
  readonly testOnly?: true;
  /** Folder of the Go package that needs `to`, relative to the module; absent: all of `from`. */
  readonly fromPackage?: string;
  /** Folder of the Go package that is needed, relative to the module; absent: all of `to`. */
  readonly toPackage?: string;
  /** Why, in the words of whoever declared it. */
  readonly why?: string;
}

/** A file, or all files of a folder, outside a project that the project reads. */
export interface OutsideInput {
  /** Root of the project that reads it. */
  readonly from: WorkspacePath;
  /** What is read: a file, or a folder with all that is in it. */
  readonly path: WorkspacePath;
  readonly isFolder: boolean;
  /** Nx lists nothing there: it is looked at on the disk, where git may ignore it. */
  readonly isUnlisted?: true;
  /**
   * `include`: include_str! and its like, `#[path]`; `link`: what a source that is a symbolic link leads to; `build-script`: a path in build.rs; `proto`: a .proto that is
   * compiled, or one that it imports; `generate`: named by a `//go:generate` line; `dependency`: the manifest of a crate that is not there; `declared`: grout.toml.
   */
  readonly kind: 'include' | 'link' | 'build-script' | 'proto' | 'generate' | 'dependency' | 'declared';
  readonly evidence: Span;
  readonly testOnly?: true;
  /** Folder of the Go package that reads it, relative to the module; absent: all of `from`. */
  readonly fromPackage?: string;
}

/** An environment variable that a crate reads by name, besides those that tools themselves read. */
export interface VariableInput {
  /** Root of the crate. */
  readonly from: WorkspacePath;
  readonly name: string;
  readonly evidence: Span;
  readonly testOnly?: true;
}

/** What a build of one Go package reads besides the .go files of its folder. */
export interface PackageSources {
  /** Relative to the module. */
  readonly folder: string;
  /** `//go:embed` patterns of its files, tests left out, relative to the module. */
  readonly embeds: readonly string[];
  /** Folders of the workspace whose C sources its files may include. */
  readonly includes: readonly WorkspacePath[];
  /** Single files that are taken in: libraries that somebody committed, includes of any name. */
  readonly files: readonly WorkspacePath[];
  /** It is imported, and no file of it is known: generated and kept out of git, or not there at all. */
  readonly isUnlisted?: true;
}

/** Crates, and single packages of Go modules, that take part in a task. */
export interface Participants {
  /** Roots of the crates whose sources count; those that are linked as built libraries are not among them. */
  readonly crates: readonly WorkspacePath[];
  /** By root of the module, folders of the packages relative to it. */
  readonly packages: ReadonlyMap<WorkspacePath, readonly string[]>;
}

/** The participants of a project's tasks, its own sources among them. */
export interface ProjectParticipants {
  readonly rustBuild?: Participants;
  readonly rustTest?: Participants;
  readonly goBuild?: Participants;
  readonly goTest?: Participants;
  /** By folder of the main package: what one command is made from. */
  readonly commands: ReadonlyMap<string, Participants>;
}
