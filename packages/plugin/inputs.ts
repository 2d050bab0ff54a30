import type { Participants, ProjectModel } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import type { TargetConfiguration } from '@nx/devkit';
import type { LockedInputs } from './locked-inputs.js';
import type { OutsideIndex } from './outside-inputs.js';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Command that prints what of the machine a build depends on; a path relative to the workspace, the same in each clone. */
export interface FingerprintCommand {
  readonly command: (language: 'go' | 'rust', folder: WorkspacePath) => string;
}

/** What the inputs of all projects are made from. */
export interface InputSurroundings {
  readonly model: ModelIndex;
  readonly outside: OutsideIndex;
  readonly fingerprint: FingerprintCommand;
  readonly locked: LockedInputs;
}

export interface ModelIndex extends Pick<ProjectModel, 'packages' | 'participants'> {
  readonly projects: ReadonlyMap<WorkspacePath, ProjectModel['projects'][number]>;
  /** The project to which Nx gives the files of a folder, other plugins' projects included. */
  readonly ownerOf: (folder: WorkspacePath) => WorkspacePath | undefined;
  /** Names directly below the root of a project under which other projects of ours lie. */
  readonly nestedFolders: (root: WorkspacePath) => ReadonlySet<string>;
  readonly files: ReadonlySet<WorkspacePath>;
}

/** The libraries that dependency tasks hand out: a task that links them follows their bytes, not their sources. */
export const LINKED_ARTIFACTS: Inputs = [{ dependentTasksOutputFiles: '**/*.{a,lib,so,dylib,dll}', transitive: true }];

/** Named input of a crate: what builds that depend on it read. */
export const CRATE_SOURCES = 'rust';

/** Named inputs of a project: the machine and its configuration, for the tasks of each language. */
export const RUST_MACHINE = 'rustMachine';
export const GO_MACHINE = 'goMachine';

/** Named input of a Go package: what builds that import it read. */
export function packageInput(folder: string): string {
  return `go:${folder}`;
}

/**
 * The sources of everything that takes part, each by the named input of its own project: that is exact, where `^` would
 * follow every edge, tests' included. Projects with the same input share an entry.
 */
export function participantInputs({ crates, packages }: Participants, { projects }: ModelIndex): Inputs {
  const holders = new Map<string, string[]>();
  const add = (input: string, root: WorkspacePath): void => {
    const name = projects.get(root)?.name;
    if (name === undefined) return;
    const list = holders.get(input);
    if (list === undefined) holders.set(input, [name]);
    else list.push(name);
  };
  for (const root of crates) add(CRATE_SOURCES, root);
  for (const [root, folders] of packages) for (const folder of folders) add(packageInput(folder), root);
  return [...holders].map(([input, names]) => ({ input, projects: names }));
}

export function below(folder: WorkspacePath, glob: string): string {
  return `{workspaceRoot}/${joinPath(folder, glob)}`;
}

export function filesIn(folders: readonly WorkspacePath[], names: readonly string[]): string[] {
  return [...new Set(folders)].flatMap((folder) => names.map((name) => below(folder, name)));
}
