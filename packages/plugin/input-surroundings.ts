import type { ProjectModel } from '#graph';
import type { WorkspacePath } from '#paths';
import type { FingerprintCommand, ParticipantIndex } from './inputs.js';
import type { LockedInputs } from './locked-inputs.js';
import type { OutsideIndex } from './outside-inputs.js';

/** What the inputs of all projects are made from. */
export interface InputSurroundings {
  readonly model: ModelIndex;
  readonly outside: OutsideIndex;
  readonly fingerprint: FingerprintCommand;
  readonly locked: LockedInputs;
  /** Features of which grout.toml says what they are called and ask of others: every build resolves them by it. */
  readonly features: readonly string[];
}

export interface ModelIndex extends ParticipantIndex, Pick<ProjectModel, 'packages' | 'participants'> {
  readonly projects: ReadonlyMap<WorkspacePath, ProjectModel['projects'][number]>;
  /** The project to which Nx gives the files of a folder, other plugins' projects included. */
  readonly ownerOf: (folder: WorkspacePath) => WorkspacePath | undefined;
  /** Names directly below the root of a project under which other projects of ours lie. */
  readonly nestedFolders: (root: WorkspacePath) => ReadonlySet<string>;
  readonly files: ReadonlySet<WorkspacePath>;
  /** Whether a file that Nx knows lies in the folder or below. */
  readonly hasFilesIn: (folder: WorkspacePath) => boolean;
}
