import { GROUT_LOCK, lockField, type GoSide, type LockPurpose, type Project, type RustSide } from '#graph';
import { folderOf, isInside, type WorkspacePath } from '#paths';
import { below, filesIn, type Inputs } from './inputs.js';

export interface LockSources {
  readonly projects: ReadonlyMap<WorkspacePath, Project>;
  /** Whether grout.lock.json has the right digest for tasks of the purpose. */
  readonly isFresh: (root: WorkspacePath, purpose: LockPurpose) => boolean;
}

/**
 * What of lockfiles, of workspace manifests and of the features in grout.toml counts for a task. One field of
 * grout.lock.json stands for all of it, so that a bump misses only those who use what was bumped; where the field is
 * missing or stale, the files themselves count: more than needed, never less. That holds for grout.toml without features
 * too, or the last one that goes would affect nothing.
 */
export class LockedInputs {
  readonly #sources: LockSources;

  constructor(sources: LockSources) {
    this.#sources = sources;
  }

  /** @param crates roots of the crates that take part: each inherits from the root manifest of its own workspace */
  ofRust(root: WorkspacePath, purpose: 'rustBuild' | 'rustTest', crates: readonly WorkspacePath[]): Inputs {
    const sides = [root, ...crates].flatMap((each) => this.#sources.projects.get(each)?.rust ?? []);
    return this.#field(root, purpose) ?? [...wholeRustFiles(sides), FEATURES];
  }

  /** @param modules roots of the modules that take part */
  ofGo(root: WorkspacePath, purpose: LockPurpose, modules: Iterable<WorkspacePath>): Inputs {
    const go = this.#sources.projects.get(root)?.go;
    if (go === undefined) return [];
    return this.#field(root, purpose) ?? [...wholeGoFiles(go, [root, ...modules]), FEATURES];
  }

  #field(root: WorkspacePath, purpose: LockPurpose): Inputs | undefined {
    if (!this.#sources.isFresh(root, purpose)) return undefined;
    return [{ json: `{workspaceRoot}/${GROUT_LOCK}`, fields: [lockField(root, purpose)] }];
  }
}

const FEATURES = '{workspaceRoot}/grout.toml';

/**
 * In a Go workspace the versions and replaces that any of its modules asks for count for all of them; one pattern for
 * all that lie below it costs less than a list in every task.
 */
function wholeGoFiles({ goWork }: GoSide, modules: readonly WorkspacePath[]): Inputs {
  if (goWork === undefined) return filesIn(modules, ['go.mod', 'go.sum']);
  const folder = folderOf(goWork);
  const beside = modules.filter((root) => !isInside(root, folder));
  return [below(folder, '**/go.{mod,sum}'), below(folder, 'go.work{,.sum}'), ...filesIn(beside, ['go.mod', 'go.sum'])];
}

function wholeRustFiles(sides: readonly RustSide[]): Inputs {
  return filesIn(
    sides.map(({ cargoWorkspace }) => cargoWorkspace),
    ['Cargo.toml', 'Cargo.lock'],
  );
}
