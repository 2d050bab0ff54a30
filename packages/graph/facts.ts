import type { CargoLock, CargoManifest, RustSource } from '#cargo';
import type { Diagnostic, Span } from '#diagnostics';
import type { CSource, GoFileHeader, GoMod, GoSum, GoWork, LinkScript } from '#go';
import type { WorkspacePath } from '#paths';
import type { ProtoSource } from '#proto';

/** What the files of a workspace say, one parsed record per file; the input of resolution. */
export interface WorkspaceFacts {
  readonly cargoManifests: readonly CargoManifest[];
  /** Lockfiles by folder; a Cargo workspace may have none. */
  readonly cargoLocks: ReadonlyMap<WorkspacePath, CargoLock>;
  /** Those .rs files that say something. */
  readonly rustSources: readonly RustSource[];
  readonly goMods: readonly GoMod[];
  readonly goWorks: readonly GoWork[];
  /** Every go.sum and go.work.sum. */
  readonly goSums: readonly GoSum[];
  readonly goFiles: readonly GoFileHeader[];
  /** C and assembler sources that take in files of other folders. */
  readonly cSources: readonly CSource[];
  /** .proto files with what they import. */
  readonly protos: readonly ProtoSource[];
  /** Scripts that tell the linker of a Go build about a library, or write Go from .proto files. */
  readonly linkScripts: readonly LinkScript[];
  /** Every file of the workspace that Nx knows. */
  readonly files: ReadonlySet<WorkspacePath>;
  /** Files that are symbolic links, of those that are read, with the file of this workspace where they lead. */
  readonly fileLinks: ReadonlyMap<WorkspacePath, WorkspacePath>;
  /** Text of grout.lock.json, the digests of lockfiles as committed. */
  readonly groutLock?: string;
  /** Symbolic links to folders of this workspace, with where they lead. */
  readonly folderLinks: ReadonlyMap<WorkspacePath, WorkspacePath>;
  /** `[[edges]]` of grout.toml. */
  readonly declaredEdges: readonly DeclaredEdge[];
  /** Folders of the bridges in grout.toml. */
  readonly bridgeFolders: readonly WorkspacePath[];
  /** `[lint]` of grout.toml. */
  readonly lintRules: LintRules;
  /** `[features]` of grout.toml, by name. */
  readonly featureRules: FeatureRules;
  /** `implicitDependencies` of project.json files, by root. */
  readonly implicitDependencies: ReadonlyMap<WorkspacePath, readonly string[]>;
  /** Targets whose options are set in project.json files, by root and name. */
  readonly targetSettings: ReadonlyMap<WorkspacePath, Readonly<Record<string, TargetSettings>>>;
  /** Names pinned in project.json files, by root. */
  readonly pinnedNames: ReadonlyMap<WorkspacePath, string>;
  /** What reading and parsing found. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Options that mean something to both tools, so that a build and the libraries that it links have to agree on them; every
 * other option belongs to one tool.
 */
export const TRAVELLING_OPTIONS = ['profile', 'features', 'defaultFeatures', 'target', 'goos', 'goarch'] as const;

/** What a target's own settings mean to the libraries that it links. */
export interface TargetSettings {
  /** Whether an option that travels is set. */
  readonly isSet: boolean;
  /** Names of its Nx configurations. */
  readonly configurations: readonly string[];
  /** Build tags and features that it asks for, in its options or in a configuration. */
  readonly names: readonly string[];
}

/** An edge that nothing in the sources shows. */
export interface DeclaredEdge {
  /** Name or root of a project. */
  readonly from: string;
  /** Name or root of a project, or the path of a file or folder. */
  readonly to: string;
  /** Whether builds need it, or only tests. */
  readonly kind: 'build' | 'test';
  readonly why: string;
  readonly span: Span;
}

/** How loudly lint speaks of something: as an error, which fails it, as a warning, or not at all. */
type LintLevel = 'error' | 'warn' | 'off';

/** What lint has to say of links between the languages. */
export interface LintRules {
  /** Of a link from Go to a crate that no bridge makes. */
  readonly bareCgoLink: LintLevel;
  /** Of a crate that takes in a library of Go. */
  readonly bareGoLibrary: LintLevel;
  readonly allow: readonly AllowedLink[];
}

/** A link that may be there without a bridge. */
export interface AllowedLink {
  /** Name or root of a project, or a folder in one. */
  readonly from: string;
  /** Name or root of a project. */
  readonly to: string;
  readonly why: string;
  readonly span: Span;
}

/** What a feature is called on either side, and what it asks of others. */
export interface FeatureRule {
  /** Features of crates. */
  readonly cargo: readonly string[];
  /** Build tags of Go files. */
  readonly goTags: readonly string[];
  /** On unless a build asks for no default features. */
  readonly isDefault: boolean;
  /** Features that it switches on as well. */
  readonly requires: readonly string[];
  /** Features that it cannot be built with. */
  readonly conflicts: readonly string[];
  readonly span: Span;
}

export type FeatureRules = Readonly<Record<string, FeatureRule>>;

/** How projects are named: after their manifest where that is unique, or always after their folder. */
export type ProjectNaming = 'manifest' | 'path';
