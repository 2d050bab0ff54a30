import { goSideOf } from '#plan';
import { runAtOnce, settled, type BatchedOutcome, type BatchedTask } from './batch.js';
import { goClosure } from './go-links.js';
import { groupBy } from './group-by.js';
import { compileTogether, runGo } from './run-go.js';

/**
 * Builds many modules: those of one Go workspace that make no program by one call of go, the others side by side. Where
 * the one call fails, each of its modules is built alone, so that each task says for itself what is wrong.
 * @param limit how many calls of go run at a time
 */
export async function* runGoBatch(tasks: readonly BatchedTask[], limit: number): AsyncGenerator<BatchedOutcome> {
  const alone: BatchedTask[] = [];
  for (const group of groupBy(tasks, keyOf).values()) {
    if (group.length < 2 || !(await compiles(group))) alone.push(...group);
    else for (const { id } of group) yield { id, success: true };
  }
  yield* runAtOnce(alone, limit, ({ id, request }) => settled(id, () => runGo('build', request)));
}

async function compiles(group: readonly BatchedTask[]): Promise<boolean> {
  const work = await settled('', () => compileTogether(group.map(({ request }) => request)));
  if (!('success' in work && work.success)) return false;
  for (const { request } of group) request.printCommand(`go build for ${String(group.length)} modules at once`);
  return true;
}

/** The same for tasks whose calls of go differ by the module alone; of its own where only a call of its own will do. */
function keyOf({ id, request }: BatchedTask): string {
  const { project, options } = request;
  const go = goSideOf(project);
  const isSelfContained = goClosure(request).every(
    ({ links, cgoInputs }) => links.length === 0 && cgoInputs.length === 0,
  );
  if (go.goWork === undefined || go.mains.length > 0 || !isSelfContained) return `alone ${id}`;
  return JSON.stringify([go.goWork, options]);
}
