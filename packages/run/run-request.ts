import type { FeatureRules, Project } from '#graph';
import type { AbsolutePath, WorkspacePath } from '#paths';
import type { BuildOptions } from '#plan';
import type { ContentFolder, FileSystem, Locks, Processes } from '#workspace';

/** One task to run: the project and options that were asked for, and the ports to do it through. */
export interface RunRequest {
  readonly files: FileSystem;
  readonly processes: Processes;
  /** Writes a line for the user. */
  readonly print: (line: string) => void;
  /** Writes the command that is about to run, less prominent than what it will print. */
  readonly printCommand: (command: string) => void;
  /** Files that Go's overlay points at; outside sources and build output. */
  readonly overlays: ContentFolder;
  readonly locks: Locks;
  readonly project: Project;
  /** All projects of the workspace by root. */
  readonly projects: ReadonlyMap<WorkspacePath, Project>;
  /** Features that some project of this run declares. */
  readonly knownFeatures: ReadonlySet<string>;
  /** What grout.toml says of features. */
  readonly featureRules: FeatureRules;
  readonly options: BuildOptions;
  readonly machine: Machine;
  /** Tells concurrent runs apart. */
  readonly runId: string;
  /** Whether the run of that id, on this machine, still goes on. */
  readonly isRunning: (runId: string) => boolean;
}

/** What of this machine the tools are told of. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where cargo and rustup keep what they download. */
  readonly cargoHome: AbsolutePath;
  readonly rustupHome: AbsolutePath;
}
