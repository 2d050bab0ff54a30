import type { WorkspacePath } from '#paths';
import type { Participants, ProjectParticipants } from '../model.js';
import type { LockIndex } from './lock-index.js';
import { groupOf, type LockNode } from './lock-node.js';
import type { TaskRole } from './task-role.js';

/** What a task is for, as in ProjectParticipants; besides, one per command of a Go module that has several. */
export type LockPurpose = 'rustBuild' | 'rustTest' | 'goBuild' | 'goTest' | `goBuild:${string}`;

/** What the tasks of each project take from lockfiles, root manifests and the features of grout.toml, by root and purpose. */
export type ProjectLocks = ReadonlyMap<WorkspacePath, ReadonlyMap<LockPurpose, LockNode>>;

/** @param folder of the main package, relative to the module */
export function commandPurpose(folder: string): LockPurpose {
  return `goBuild:${folder}`;
}

export function resolveLocks({ cargo, go, participants, features }: LockIndex): ProjectLocks {
  const locks = new Map<WorkspacePath, ReadonlyMap<LockPurpose, LockNode>>();
  for (const [root, tasks] of participants) {
    const purposes = new Map<LockPurpose, LockNode>();
    for (const [purpose, { crates, packages }, role] of tasksOf(root, tasks)) {
      const parts: LockNode[] = [features];
      cargo.collect(parts, crates, role);
      go.collect(parts, packages, role);
      purposes.set(purpose, groupOf(parts));
    }
    locks.set(root, purposes);
  }
  return locks;
}

type Task = readonly [purpose: LockPurpose, participants: Participants, role: TaskRole];

function tasksOf(root: WorkspacePath, tasks: ProjectParticipants): Task[] {
  const { rustBuild, rustTest, goBuild, goTest, commands } = tasks;
  return [
    ...(rustBuild === undefined ? [] : [['rustBuild', rustBuild, { crate: root }] as const]),
    ...(rustTest === undefined ? [] : [['rustTest', rustTest, { crate: root, tested: root }] as const]),
    ...(goBuild === undefined ? [] : [['goBuild', goBuild, { module: root }] as const]),
    ...(goTest === undefined ? [] : [['goTest', goTest, { module: root, tested: root }] as const]),
    ...severalOf(commands).map(([folder, command]) => [commandPurpose(folder), command, { module: root }] as const),
  ];
}

/** A single command is what the build of its module makes. */
function severalOf(commands: ProjectParticipants['commands']): (readonly [folder: string, command: Participants])[] {
  return commands.size > 1 ? [...commands] : [];
}
