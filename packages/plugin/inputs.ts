import type { WorkspacePath } from '#paths';
import type { TargetConfiguration } from '@nx/devkit';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Command that prints what of the machine a build depends on; a path relative to the workspace, the same in each clone. */
export interface FingerprintCommand {
  readonly command: (language: 'go' | 'rust', folder: WorkspacePath) => string;
}

/** The libraries that dependency tasks hand out: a task that links them follows their bytes, not their sources. */
export const LINKED_ARTIFACTS: Inputs = [{ dependentTasksOutputFiles: '**/*.{a,lib,so,dylib,dll}', transitive: true }];
