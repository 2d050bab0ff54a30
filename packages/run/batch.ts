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
