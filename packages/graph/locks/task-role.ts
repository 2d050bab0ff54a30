import type { WorkspacePath } from '#paths';

/** What a task calls its tool for, by root. */
export interface TaskRole {
  /** The crate that cargo is called for. */
  readonly crate?: WorkspacePath;
  /** The module that go is called for. */
  readonly module?: WorkspacePath;
  /** The crate or module whose tests count. */
  readonly tested?: WorkspacePath;
}
