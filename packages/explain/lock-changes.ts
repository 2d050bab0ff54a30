import { compareFacts, lockField, type LockNode, type LockPurpose, type ProjectLocks } from '#graph';
import type { WorkspacePath } from '#paths';
import type { Needs } from './needs.js';

/** What lockfiles said to each project before, and say now. */
export class LockChanges {
  readonly #before: ProjectLocks;
  readonly #after: ProjectLocks;
  readonly #known = new Map<string, readonly string[]>();

  constructor(before: ProjectLocks, after: ProjectLocks) {
    this.#before = before;
    this.#after = after;
  }

  /**
   * Changes that a task sees, each with the projects that brought it in: those by which no other needed project sees it
   * too.
   * @param inputs of the task: they name the fields of grout.lock.json that it follows
   */
  sources(
    root: WorkspacePath,
    inputs: readonly unknown[],
    needs: Needs,
  ): ReadonlyMap<WorkspacePath, readonly string[]> {
    const reach = [...needs.reach(root).keys()];
    const bySource = new Map<WorkspacePath, string[]>();
    for (const change of this.#changesOfTask(root, inputs)) {
      const seeing = reach.filter((each) => each !== root && this.#changesOf(each).includes(change));
      for (const source of seeing.length === 0 ? [root] : deepest(seeing, needs)) {
        const list = bySource.get(source);
        if (list === undefined) bySource.set(source, [change]);
        else list.push(change);
      }
    }
    return bySource;
  }

  #changesOfTask(root: WorkspacePath, inputs: readonly unknown[]): readonly string[] {
    const fields = new Set(inputs.flatMap(fieldsOf));
    const purposes = [...(this.#after.get(root)?.keys() ?? [])];
    const followed = purposes.filter((purpose) => fields.has(lockField(root, purpose)));
    return this.#changes(root, followed.length === 0 ? purposes : followed);
  }

  #changesOf(root: WorkspacePath): readonly string[] {
    return this.#changes(
      root,
      [...(this.#after.get(root)?.keys() ?? [])].filter((purpose) => !purpose.endsWith('Test')),
    );
  }

  #changes(root: WorkspacePath, purposes: readonly LockPurpose[]): readonly string[] {
    return [...new Set(purposes.flatMap((purpose) => this.#compare(root, purpose)))];
  }

  #compare(root: WorkspacePath, purpose: LockPurpose): readonly string[] {
    const key = `${root}\n${purpose}`;
    let changes = this.#known.get(key);
    if (changes === undefined) {
      const [before, after] = [this.#before, this.#after].map((locks) => locks.get(root)?.get(purpose)) as [
        LockNode | undefined,
        LockNode | undefined,
      ];
      changes = before === undefined || after === undefined ? [] : compareFacts(before, after);
      this.#known.set(key, changes);
    }
    return changes;
  }
}

/** Who sees a change by no one whom it needs. */
function deepest(seeing: readonly WorkspacePath[], needs: Needs): readonly WorkspacePath[] {
  const all = new Set(seeing);
  const found = seeing.filter((root) => !needs.of(root).some(({ to }) => to !== root && all.has(to)));
  return found.length === 0 ? seeing : found;
}

function fieldsOf(input: unknown): readonly string[] {
  const fields = typeof input === 'object' && input !== null && 'fields' in input ? input.fields : undefined;
  return Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [];
}
