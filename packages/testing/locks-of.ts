import {
  digestOf,
  GROUT_LOCK,
  indexLocks,
  parseGroutLock,
  readGraphSettings,
  resolveLocks,
  resolveProjectModel,
  type GraphOptions,
  type LockIndex,
  type ProjectLocks,
} from '#graph';
import { factsOf } from './model-of.js';

type Texts = Readonly<Record<string, string>>;

/** Lockfiles and root manifests of a workspace given as texts by path. */
export function lockIndexOf(texts: Texts, options: GraphOptions = {}): LockIndex {
  const facts = factsOf(texts);
  const settings = readGraphSettings(options).value;
  const committed = parseGroutLock(texts[GROUT_LOCK]);
  return indexLocks(facts, resolveProjectModel(facts, settings), settings.world, committed?.requirements);
}

/** What the tasks of a workspace given as texts by path take from lockfiles. */
export function locksOf(texts: Texts, options: GraphOptions = {}): ProjectLocks {
  return resolveLocks(lockIndexOf(texts, options));
}

/** `root purpose` of each task whose digest differs between two states, sorted; a task that only one of them has is one. */
export function changedLocks(before: Texts, after: Texts): string[] {
  const old = digestsByTask(before);
  const now = digestsByTask(after);
  return [...new Set([...old.keys(), ...now.keys()])].filter((task) => old.get(task) !== now.get(task)).sort();
}

function digestsByTask(texts: Texts): ReadonlyMap<string, string> {
  const tasks = [...locksOf(texts)].flatMap(([root, purposes]) =>
    [...purposes].map(([purpose, node]) => [`${root} ${purpose}`, digestOf(node)] as const),
  );
  return new Map(tasks);
}
