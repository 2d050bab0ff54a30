import type { OutsideInput } from '#graph';
import { isInside, type WorkspacePath } from '#paths';

/** What says that one of the projects reads a file where it lies, in no project of theirs. */
export function findReader(
  file: WorkspacePath,
  inputs: readonly OutsideInput[],
  projects: Pick<ReadonlyMap<WorkspacePath, unknown>, 'has'>,
): OutsideInput | undefined {
  return inputs.find(
    ({ from, path, isFolder }) => projects.has(from) && (isFolder ? isInside(file, path) : file === path),
  );
}
