import type { Diagnostic, Span } from '#diagnostics';
import type { WorkspacePath } from '#paths';

/** Every project and edge of a workspace, and what there was to say about them. Projects are told apart by root. */
export interface ProjectModel {
  readonly projects: readonly Project[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder with a crate, a Go module, or both. */
export interface Project {
  readonly root: WorkspacePath;
  readonly name: string;
  readonly rust?: RustSide;
  readonly go?: GoSide;
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
  /** Lowest toolchain it asks for, with the place that says so. */
  readonly toolchainFloor?: ToolchainFloor;
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
  /** `//go:embed` patterns, relative to the module folder. */
  readonly embeds: readonly string[];
  /** Where its cgo files take C headers from besides their own folder, within the workspace. */
  readonly includes: readonly CgoInclude[];
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

/** A folder whose headers a cgo file may include: `-I` of a `#cgo` line, or a quoted `#include` with a path. */
export interface CgoInclude {
  readonly file: WorkspacePath;
  readonly folder: WorkspacePath;
}

export type EdgeKind = 'cargo-dependency' | 'cargo-dev-dependency' | 'go-import' | 'go-test-import' | 'cgo-link';

/** `from` needs `to`. */
export interface Edge {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  readonly kind: EdgeKind;
  readonly evidence: Span;
}
