import { parseCargoManifest } from '#cargo';
import { resolverOf, type Project, type RustSide } from '#graph';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import {
  cargoFeaturesOf,
  isCompleteBuild,
  parseCargoArtifacts,
  parseCargoMetadata,
  parseCompilerMessages,
  parseRootProfile,
  parseUnitFeatures,
  planCargoBatch,
  resolveActivation,
  splitByFeatures,
  tripleOf,
  type CommandPlan,
  type RequestedPackage,
} from '#plan';
import { placeArtifacts } from './artifacts.js';
import { orAlone, settled, withNamesOfTheirOwn, type BatchedOutcome, type BatchedTask } from './batch.js';
import { inTurn } from './cargo-turn.js';
import { readReproducibleCargo } from './cargo-machine.js';
import { groupBy } from './group-by.js';
import { requireFreePlaces, withFeatures } from './requirements.js';
import { runCargo } from './run-cargo.js';
import { placeSystemLibraries } from './system-libraries.js';
import { CompilerAnswers } from './compiler-answers.js';
import { runPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import { withStaging } from './staging.js';
import { readRustc, requireCargo } from './tools.js';
import { readUnitGraph } from './unit-graph.js';
import type { Ended, Processes } from '#workspace';

/**
 * Builds many crates with as few calls of cargo as give the same bytes: those of one Cargo workspace and the same options
 * together, unless one being there gives another a feature that it would not have alone. What a call for many does not
 * finish is built alone, so that each task says for itself what is wrong.
 * @param processes where the calls for many run: their progress is nobody's own
 */
export async function* runCargoBatch(
  tasks: readonly BatchedTask[],
  processes: Processes,
): AsyncGenerator<BatchedOutcome> {
  const ready: BatchedTask[] = [];
  for (const task of tasks) {
    const outcome = await settled(task.id, () => {
      const request = withFeatures('cargo', task.request);
      requireFreePlaces(request);
      ready.push({ id: task.id, request });
      return Promise.resolve(true);
    });
    if ('error' in outcome) yield outcome;
  }
  // Features are resolved in these: a crate that is built alone gets the request as it was asked.
  const asked = new Map(tasks.map(({ id, request }) => [id, request]));
  for (const group of groupBy(ready, keyOf).values()) {
    const finished = new Set<string>();
    for (const part of await partsOf(group)) {
      for (const outcome of await builtTogether(part, processes)) {
        finished.add(outcome.id);
        yield outcome;
      }
    }
    for (const { id, request } of group) {
      if (!finished.has(id)) yield await settled(id, () => runCargo('build', asked.get(id) ?? request));
    }
  }
}

/** The same for tasks whose calls of cargo differ by the crate alone. */
function keyOf({ request: { project, options } }: BatchedTask): string {
  const { profile, defaultFeatures, features, target, goos, goarch, args, cargoArgs } = options;
  const own = [profile, defaultFeatures, features, target, goos, goarch, args, cargoArgs];
  return JSON.stringify([project.rust?.cargoWorkspace, ...own]);
}

/** A task of one call, with what goes into its crate. */
interface PartTask extends BatchedTask {
  /** Ids of packages. */
  readonly packages: ReadonlySet<string>;
}

function partsOf(group: readonly BatchedTask[]): Promise<PartTask[][]> {
  // What is built over Go may have to be thrown away before.
  const isOverGo = ({ goLinks, goBuilders }: Partial<RustSide>): boolean => (goLinks ?? goBuilders) !== undefined;
  const plain = group.filter(({ request }) => !isOverGo(request.project.rust ?? {}));
  // Cargo would put finished files of one name in one place.
  const apart = withNamesOfTheirOwn(plain, ({ project }) => project.rust?.artifacts ?? []);
  return orAlone(group, () => splitGroup(apart));
}

function builtTogether(part: readonly PartTask[], processes: Processes): Promise<BatchedOutcome[]> {
  return orAlone(part, () => buildTogether(part, processes));
}

/** Parts of a group that one call each builds as a call for each task would; none where that cannot be told. */
async function splitGroup(group: readonly BatchedTask[]): Promise<PartTask[][]> {
  const [first] = group;
  const folder = first?.request.project.rust?.cargoWorkspace;
  if (first === undefined || folder === undefined || group.length < 2) return [];
  const { request } = first;
  const { args, cargoArgs } = request.options;
  // Arguments of the user's may mean one crate, and another platform's build scripts are this one's.
  if (args !== undefined || cargoArgs !== undefined || tripleOf(request.options) !== undefined) return [];
  if (readResolver(request, folder) === '"1"') return [];
  await requireCargo(request, folder);
  const { host } = await readRustc(request, folder);
  const plan = planCargoBatch(projectsOf(group), request.options);
  const metadata = await request.processes.capture({
    program: 'cargo',
    // With the features of the call: a dependency that only one of them brings is not listed otherwise.
    args: ['metadata', '--format-version', '1', '--filter-platform', host, ...featureWords(plan)],
    cwd: request.files.absolute(folder),
  });
  const graph = metadata.exitCode === 0 ? parseCargoMetadata(metadata.stdout) : undefined;
  const units = await withStaging(request, (staging) => readUnitGraph(request, plan, staging));
  const features = units === undefined ? undefined : parseUnitFeatures(units);
  if (graph === undefined || features === undefined) return [];
  // For whole programs cargo compiles a library otherwise than for other crates, and for both in a third way.
  if (!['off', 'false'].includes(parseRootProfile(units ?? '')?.lto ?? '')) return [];
  const ids = new Map([...graph.values()].map(({ id, manifest }) => [workspacePath(manifest), id]));
  const idOf = ({ request: { files, project } }: BatchedTask): string =>
    ids.get(workspacePath(files.absolute(project.rust?.manifest ?? project.root))) ?? '';
  const requestedBy = (task: BatchedTask): RequestedPackage => ({
    id: idOf(task),
    features: cargoFeaturesOf(task.request.project, task.request.options),
  });
  const parts = splitByFeatures(graph, group.map(requestedBy), features);
  const withPackages = (task: BatchedTask): PartTask => ({
    ...task,
    packages: new Set(resolveActivation(graph, [requestedBy(task)]).keys()),
  });
  return parts.map((part) => group.filter((task) => part.has(idOf(task))).map(withPackages));
}

function featureWords({ args }: CommandPlan): readonly string[] {
  const index = args.indexOf('--features');
  return index === -1 ? [] : args.slice(index, index + 2);
}

function readResolver({ files }: RunRequest, folder: WorkspacePath): string {
  const path = joinPath(folder, 'Cargo.toml');
  const { value } = parseCargoManifest(path, files.readText(path) ?? '');
  return value === undefined ? '"1"' : resolverOf(value);
}

/** @returns outcomes of the tasks whose crates one call finished */
async function buildTogether(group: readonly PartTask[], processes: Processes): Promise<BatchedOutcome[]> {
  const [first] = group;
  if (first === undefined) return [];
  const { request } = first;
  const planned = planCargoBatch(projectsOf(group), request.options);
  const plan = { ...planned, unshown: readReproducibleCargo(request, planned.cwd, true) };
  const shown = `cargo build for ${String(group.length)} crates of ${planned.cwd} at once`;
  for (const task of group) task.request.printCommand(shown);
  const silent = { ...request, processes, printCommand: () => undefined };
  return inTurn(request, [planned.cwd], async () =>
    placeFinished(group, await runPlan(silent, plan, { stdout: 'capture' })),
  );
}

async function placeFinished(group: readonly PartTask[], ended: Ended): Promise<BatchedOutcome[]> {
  const said = parseCompilerMessages(ended.stdout);
  const outcomes: BatchedOutcome[] = [];
  const answers = new CompilerAnswers(ended.stdout);
  for (const { id, request: own, packages } of group) {
    const { rust } = own.project;
    if (rust === undefined) continue;
    const manifest = own.files.absolute(rust.manifest);
    // A call that succeeded has made all that there is, also where a program needs a feature that is off.
    if (ended.exitCode !== 0 && !isCompleteBuild(ended.stdout, manifest, rust)) continue;
    const messages = said.get(workspacePath(manifest));
    const place = async (): Promise<boolean> => {
      if (messages !== undefined) own.print(messages.trimEnd());
      placeArtifacts(own, parseCargoArtifacts(ended.stdout, manifest, rust), rust.artifacts);
      await placeSystemLibraries(own, answers, packages);
      return true;
    };
    outcomes.push(await settled(id, place));
  }
  return outcomes;
}

function projectsOf(group: readonly BatchedTask[]): Project[] {
  return group.map(({ request }) => request.project);
}
