import type { Participants, Project } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import type { TargetConfiguration } from '@nx/devkit';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Command that prints what of the machine a build depends on; a path relative to the workspace, the same in each clone. */
export interface FingerprintCommand {
  readonly command: (language: 'go' | 'rust', folder: WorkspacePath) => string;
}

/** The libraries that dependency tasks hand out: a task that links them follows their bytes, not their sources. */
export const LINKED_ARTIFACTS: Inputs = [
  { dependentTasksOutputFiles: '**/*.{a,lib,so,dylib,dll,system-libraries}', transitive: true },
];

/** What builds of Go hand out to build scripts: libraries with their headers, or programs. */
export const GO_LIBRARIES: Inputs = [{ dependentTasksOutputFiles: '**/*', transitive: true }];

/** What a link step hands out: libraries, and the list of what they hold. */
export const LINK_STEP_FILES: Inputs = [{ dependentTasksOutputFiles: '**/*' }];

/** Named input of a crate: what builds that depend on it read. */
export const CRATE_SOURCES = 'rust';

/** Named inputs of a project: what its own tests and lints read. */
export const CRATE_TESTS = 'rustTests';
export const MODULE_TESTS = 'goTests';

/** Named inputs of a project: the machine and its configuration, for the tasks of each language. */
export const RUST_MACHINE = 'rustMachine';
export const GO_MACHINE = 'goMachine';

/** Named input of a Go package: what builds that import it read. */
export function packageInput(folder: string): string {
  return `go:${folder}`;
}

/** Where the participants of a task are looked up. */
export interface ParticipantIndex {
  readonly projects: ReadonlyMap<WorkspacePath, Pick<Project, 'name'>>;
  /** Whether the module has a package in the folder, relative to it. */
  readonly hasPackage: (root: WorkspacePath, folder: string) => boolean;
}

/**
 * The sources of everything that takes part, each by the named input of its own project: that is exact, where `^` would
 * follow every edge, tests' included. Projects with the same input share an entry.
 */
export function participantInputs(
  { crates, packages }: Participants,
  { projects, hasPackage }: ParticipantIndex,
): Inputs {
  const holders = new Map<string, string[]>();
  const add = (input: string, root: WorkspacePath): void => {
    const name = projects.get(root)?.name;
    if (name === undefined) return;
    const list = holders.get(input);
    if (list === undefined) holders.set(input, [name]);
    else list.push(name);
  };
  for (const root of crates) add(CRATE_SOURCES, root);
  for (const [root, folders] of packages) {
    // An import of what is not there, or cannot be read, is go's to refuse; Nx would refuse every command for it.
    for (const folder of folders) if (hasPackage(root, folder)) add(packageInput(folder), root);
  }
  return [...holders].map(([input, names]) => ({ input, projects: names }));
}

/** Inputs of a task without a command: everything that the tasks it waits for are made from. */
export function unionOf(all: readonly Inputs[]): Inputs {
  const holders = new Map<string, Set<string>>();
  const others = new Map<string, Inputs[number]>();
  for (const entry of all.flat()) {
    if (typeof entry === 'object' && 'projects' in entry) {
      const names = holders.get(entry.input) ?? new Set();
      for (const name of [entry.projects].flat()) names.add(name);
      holders.set(entry.input, names);
    } else {
      others.set(JSON.stringify(entry), entry);
    }
  }
  return [...[...holders].map(([input, names]) => ({ input, projects: [...names].sort() })), ...others.values()];
}

/** @param place a file or folder by its name, whatever characters that has */
export function below(place: WorkspacePath, glob = ''): string {
  return `{workspaceRoot}/${joinPath(escapeName(place) as WorkspacePath, glob)}`;
}

/** Files of web frameworks are called `[id].html`, `(app)`, `{slug}`: in a glob each such character goes into brackets. */
export function escapeName(name: string): string {
  return name.replace(/[[\](){}*?]/g, (character) => `[${character}]`);
}

export function filesIn(folders: readonly WorkspacePath[], names: readonly string[]): string[] {
  return [...new Set(folders)].flatMap((folder) => names.map((name) => below(folder, name)));
}

/**
 * Inputs of a project as its own tasks name them: what lies below its folder by {projectRoot}. Nx looks for that among
 * the files of the project; paths from the workspace root it holds against every file there is, once for each list of
 * them that differs from the others.
 */
export function asOwn(root: WorkspacePath, inputs: Inputs): Inputs {
  if (root === '.') return inputs;
  const folder = below(root, '');
  return inputs.map((input) =>
    typeof input === 'string' && input.startsWith(`${folder}/`) ? `{projectRoot}${input.slice(folder.length)}` : input,
  );
}
