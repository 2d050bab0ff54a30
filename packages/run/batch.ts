import type { RunRequest } from './run-request.js';

/** A task of a batch; what it is told goes to its own request's `print`. */
export interface BatchedTask {
  readonly id: string;
  readonly request: RunRequest;
}

/** How a task ended: whether it succeeded, or what was thrown. */
export type BatchedOutcome = { readonly id: string } & ({ readonly success: boolean } | { readonly error: unknown });

export async function settled(id: string, work: () => Promise<boolean>): Promise<BatchedOutcome> {
  try {
    return { id, success: await work() };
  } catch (error) {
    return { id, error };
  }
}

/** Whatever keeps tasks from sharing a call does not keep them from being done: each then says for itself what is wrong. */
export async function orAlone<T>(group: readonly BatchedTask[], work: () => Promise<T[]>): Promise<T[]> {
  try {
    return await work();
  } catch (error) {
    // Each task says all of it where it concerns the task.
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    for (const { request } of group) request.print(`done alone, since a call for several failed: ${reason}`);
    return [];
  }
}

/** Without tasks that would make a file of a name that an earlier one makes in the same place. */
export function withNamesOfTheirOwn(
  tasks: readonly BatchedTask[],
  namesOf: (request: RunRequest) => readonly string[],
): BatchedTask[] {
  const taken = new Set<string>();
  return tasks.filter(({ request }) => {
    // Some filesystems take two names that differ in case for one.
    const names = namesOf(request).map((name) => name.toLowerCase());
    const isFree = names.every((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return isFree;
  });
}

/** Does the work for each, so many at a time, and gives each outcome as soon as it is there. */
export async function* runAtOnce<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<BatchedOutcome>,
): AsyncGenerator<BatchedOutcome> {
  const running = new Map<T, Promise<readonly [T, BatchedOutcome]>>();
  const waiting = [...items];
  while (waiting.length > 0 || running.size > 0) {
    while (running.size < limit && waiting.length > 0) {
      const item = waiting.shift() as T;
      running.set(
        item,
        work(item).then((outcome) => [item, outcome] as const),
      );
    }
    const [item, outcome] = await Promise.race(running.values());
    running.delete(item);
    yield outcome;
  }
}

export function isSuccess(outcome: BatchedOutcome): boolean {
  return 'success' in outcome && outcome.success;
}

/**
 * Runs the tasks of a batch that wait for no other of it, then those that waited for these, and so on. What depends on a
 * task that did not succeed fails without being run.
 * @param dependencies id of each task of the batch, also of those that cannot be run → ids of those that it waits for
 */
export async function* inOrder(
  tasks: readonly BatchedTask[],
  dependencies: ReadonlyMap<string, readonly string[]>,
  run: (tasks: readonly BatchedTask[]) => AsyncGenerator<BatchedOutcome>,
): AsyncGenerator<BatchedOutcome> {
  const succeeded = new Set<string>();
  let left = tasks;
  while (left.length > 0) {
    const waits = new Set(left.map(({ id }) => id));
    const level = left.filter(({ id }) => dependencies.get(id)?.some((other) => waits.has(other)) !== true);
    // Nx has taken circles apart before it runs anything.
    if (level.length === 0) throw new Error(`tasks of a batch wait for one another: ${[...waits].join(', ')}`);
    left = left.filter((task) => !level.includes(task));
    const ready: BatchedTask[] = [];
    for (const task of level) {
      const missing = dependencies.get(task.id)?.find((other) => dependencies.has(other) && !succeeded.has(other));
      if (missing === undefined) ready.push(task);
      else {
        task.request.print(`not run: ${missing} did not succeed`);
        yield { id: task.id, success: false };
      }
    }
    if (ready.length === 0) continue;
    for await (const outcome of run(ready)) {
      if (isSuccess(outcome)) succeeded.add(outcome.id);
      yield outcome;
    }
  }
}
