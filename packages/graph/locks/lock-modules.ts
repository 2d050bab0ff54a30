import type { GoMod, GoSum, GoWork } from '#go';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from '../facts.js';
import type { Project } from '../model.js';

/** A Go module of this workspace with the files that say what it takes from outside. */
export interface LockModule {
  readonly root: WorkspacePath;
  readonly mod: GoMod;
  readonly sum?: GoSum;
  /** The go.work that lists it. */
  readonly work?: LockGoWork;
}

export interface LockGoWork {
  readonly folder: WorkspacePath;
  readonly work: GoWork;
  readonly sum?: GoSum;
}

/** The Go modules of the projects, by root. */
export function indexLockModules(
  facts: Pick<WorkspaceFacts, 'goMods' | 'goWorks' | 'goSums'>,
  projects: readonly Project[],
): ReadonlyMap<WorkspacePath, LockModule> {
  const mods = new Map(facts.goMods.map((mod) => [folderOf(workspacePath(mod.file)), mod]));
  const sums = new Map(facts.goSums.map((sum) => [workspacePath(sum.file), sum]));
  const works = new Map(
    facts.goWorks.map((work): [WorkspacePath, LockGoWork] => {
      const file = workspacePath(work.file);
      return [file, { folder: folderOf(file), work, ...optionalSum(sums.get(workspacePath(`${file}.sum`))) }];
    }),
  );
  const modules = new Map<WorkspacePath, LockModule>();
  for (const { root, go } of projects) {
    const mod = mods.get(root);
    if (go === undefined || mod === undefined) continue;
    const work = go.goWork === undefined ? undefined : works.get(go.goWork);
    const sum = sums.get(joinPath(root, 'go.sum'));
    modules.set(root, { root, mod, ...optionalSum(sum), ...(work === undefined ? {} : { work }) });
  }
  return modules;
}

function optionalSum(sum: GoSum | undefined): { readonly sum?: GoSum } {
  return sum === undefined ? {} : { sum };
}
