import { folderOf, type WorkspacePath } from '#paths';
import {
  canShareGoCall,
  chosenMains,
  goEnvironmentOf,
  goSideOf,
  planGoBatch,
  valueInGoFlags,
  type GoPart,
  type OverlaidFile,
} from '#plan';
import { orAlone, runAtOnce, settled, withNamesOfTheirOwn, type BatchedOutcome, type BatchedTask } from './batch.js';
import { groupBy } from './group-by.js';
import { writeOverlay } from './overlay.js';
import { requireFreePlaces, withFeatures } from './requirements.js';
import { placeStaged, readGoCall, runGo, type GoCall } from './run-go.js';
import type { RunRequest } from './run-request.js';
import { withStaging } from './staging.js';

/**
 * Builds many modules: those of one Go workspace and the same options by one call of go, which loads what they share once;
 * the others side by side. Where the one call fails, each of its modules is built alone, so that each task says for itself
 * what is wrong.
 * @param limit how many calls of go run at a time
 */
export async function* runGoBatch(tasks: readonly BatchedTask[], limit: number): AsyncGenerator<BatchedOutcome> {
  const done = new Set<string>();
  for (const group of groupBy(tasks.filter(isShareable), keyOf).values()) {
    for (const outcome of await buildAll(group)) {
      done.add(outcome.id);
      yield outcome;
    }
  }
  const alone = tasks.filter(({ id }) => !done.has(id));
  yield* runAtOnce(alone, limit, ({ id, request }) => settled(id, () => runGo('build', request)));
}

function isShareable({ request: { project, options } }: BatchedTask): boolean {
  return canShareGoCall(project, options);
}

/** The same for tasks whose calls of go differ by the module and its command alone. */
function keyOf({ request: { project, options } }: BatchedTask): string {
  return JSON.stringify([goSideOf(project).goWork, { ...options, main: undefined }]);
}

/** A task of one call, with what a call of its own would get. */
interface ReadTask extends BatchedTask {
  readonly call: GoCall;
}

/** @returns outcomes of the tasks that calls for several finished */
async function buildAll(group: readonly BatchedTask[]): Promise<BatchedOutcome[]> {
  const ready: ReadTask[] = [];
  for (const { id, request: asked } of withNamesOfTheirOwn(group, programNames)) {
    // One that cannot be built says so when it is built alone.
    await settled(id, async () => {
      const request = withFeatures('goTags', asked);
      requireFreePlaces(request);
      ready.push({ id, request, call: await readGoCall('build', request) });
      return true;
    });
  }
  const outcomes: BatchedOutcome[] = [];
  for (const part of groupBy(ready, environmentOf).values()) {
    if (part.length > 1) outcomes.push(...(await orAlone(part, () => buildTogether(part))));
  }
  return outcomes;
}

/** All programs of a call are written into one folder. */
function programNames({ project, options }: RunRequest): string[] {
  return chosenMains(goSideOf(project), options).map(({ name }) => name);
}

/** Flags for the linker in GOFLAGS may mean single packages. */
function environmentOf({ id, request, call: { around } }: ReadTask): string {
  if (valueInGoFlags(around.goflags, 'ldflags') !== undefined) return id;
  return JSON.stringify([around.goflags, goEnvironmentOf(request.options, around.libraries.length > 0)]);
}

async function buildTogether(part: readonly ReadTask[]): Promise<BatchedOutcome[]> {
  const [first] = part;
  const goWork = first && goSideOf(first.request.project).goWork;
  if (first === undefined || goWork === undefined) return [];
  const { request, call } = first;
  const libraries = part.flatMap((task) => task.call.around.libraries);
  const overlay = writeOverlay(request, mergedFiles(part), libraries, valueInGoFlags(call.around.goflags, 'overlay'));
  return withStaging(request, async (staging) => {
    const plan = planGoBatch(part.map(partOf), {
      folder: folderOf(goWork),
      staging: request.files.absolute(staging),
      ...(overlay === undefined ? {} : { overlay }),
    });
    const { program, args, cwd, env } = plan;
    const ended = await request.processes.capture({ program, args, cwd: request.files.absolute(cwd), env });
    if (ended.exitCode !== 0) return [];
    const outcomes: BatchedOutcome[] = [];
    const said = saidByTask(part, ended.stderr);
    for (const task of part) {
      task.request.printCommand(`go build for ${String(part.length)} modules at once`);
      for (const text of said.get(task) ?? []) task.request.print(text.trimEnd());
      outcomes.push(await settled(task.id, () => placeOne(task, staging)));
    }
    return outcomes;
  });
}

function partOf({ request: { project, options }, call: { around, files } }: ReadTask): GoPart {
  // That it has one counts, not which: a program without keeps the identifier that go gives it.
  return { project, options, around: files.length === 0 ? around : { ...around, overlay: around.root } };
}

/** Two programs may each link some of the crates that one file names. */
function mergedFiles(part: readonly ReadTask[]): OverlaidFile[] {
  const merged = new Map<WorkspacePath, OverlaidFile>();
  for (const file of part.flatMap(({ call }) => call.files)) {
    const known = merged.get(file.file);
    const links = [...new Set([...(known?.links ?? []), ...file.links])];
    merged.set(file.file, { ...file, links });
  }
  return [...merged.values()];
}

function placeOne({ request }: ReadTask, staging: WorkspacePath): Promise<boolean> {
  if (chosenMains(goSideOf(request.project), request.options).length > 0) placeStaged(request, staging);
  return Promise.resolve(true);
}

/** What go says of the packages of each module, which it begins with `# <import path>`; the first is told all else. */
function saidByTask(part: readonly ReadTask[], text: string): ReadonlyMap<ReadTask, string[]> {
  const said = new Map<ReadTask, string[]>();
  for (const section of text.split(/^(?=# )/m).filter((each) => each.trim() !== '')) {
    const path = /^# (\S+)/.exec(section)?.[1] ?? '';
    const moduleOf = (task: ReadTask): string => goSideOf(task.request.project).module;
    const [owner = part[0]] = part
      .filter((task) => path === moduleOf(task) || path.startsWith(`${moduleOf(task)}/`))
      .sort((a, b) => moduleOf(b).length - moduleOf(a).length);
    if (owner !== undefined) said.set(owner, [...(said.get(owner) ?? []), section]);
  }
  return said;
}
