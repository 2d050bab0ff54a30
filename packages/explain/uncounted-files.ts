import { GROUT_LOCK, type ProjectModel } from '#graph';
import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';
import { isLockFile } from './lock-files.js';
import type { Needs } from './needs.js';
import { findReader } from './outside-readers.js';

export interface UncountedSources {
  /** Files that are reasons. */
  readonly counted: ReadonlySet<WorkspacePath>;
  readonly root: WorkspacePath;
  readonly task: string;
  readonly needs: Needs;
  readonly model: Pick<ProjectModel, 'projects' | 'outsideInputs'>;
}

/** Changed files that are no reason: those of the project and of what it needs with why, and how many others there are. */
export function explainUncounted(
  changed: readonly WorkspacePath[],
  sources: UncountedSources,
): { readonly lines: readonly string[]; readonly elsewhere: number } {
  const files = changed.filter((file) => !sources.counted.has(file));
  const reach = sources.needs.reach(sources.root);
  const near = files.filter((file) => {
    const owner = sources.needs.ownerOf(file);
    const isNear = owner === undefined ? isLockFile(file) : reach.has(owner);
    return isNear || findReader(file, sources.model.outsideInputs, reach) !== undefined;
  });
  return { lines: near.map((file) => `${file}: ${whyNot(file, sources)}`), elsewhere: files.length - near.length };
}

/** That a file does not count is what Nx says; the words follow from the kind of file. */
function whyNot(file: WorkspacePath, { counted, root, task, needs, model }: UncountedSources): string {
  const owner = needs.ownerOf(file);
  if (isLockFile(file)) {
    return counted.has(workspacePath(GROUT_LOCK))
      ? `counts by what ${GROUT_LOCK} makes of it`
      : `what it says to ${task} is the same`;
  }
  const reader = findReader(file, model.outsideInputs, needs.reach(root));
  if (reader?.testOnly === true) return `only tests of ${needs.nameOf(reader.from)} read it`;
  if (owner === undefined) return `${task} does not read it`;
  const path = relativePath(owner, file);
  if (path.endsWith('.md')) return 'Markdown, which no build of a dependent reads';
  if (path.endsWith('_test.go')) return 'a Go test, which no build takes in';
  const isForTests = needs.chain(root, owner)?.some(({ forTests }) => forTests) === true;
  if (isForTests) return `only tests need ${needs.nameOf(owner)}`;
  const project = model.projects.find((each) => each.root === owner);
  if (project?.go !== undefined && path.endsWith('.go')) {
    return `${task} is not made from the package ${relativePath(owner, folderOf(file))} of ${project.name}`;
  }
  if (project?.rust !== undefined && /^(?:tests|benches|examples)\//.test(path)) {
    return 'cargo compiles it for tests, benchmarks and examples alone';
  }
  return `${task} does not read it`;
}
