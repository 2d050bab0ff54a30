import { renderDiagnostic } from '#diagnostics';
import type { BuildContext } from '#go';
import { joinPath, relativePath, type WorkspacePath } from '#paths';
import {
  chosenMains,
  explainLinkFailure,
  goArtifactNames,
  goEnvironmentOf,
  goSideOf,
  goTags,
  planGo,
  valueInGoFlags,
  type GoSurroundings,
  type GoVerb,
} from '#plan';
import { placeArtifacts } from './artifacts.js';
import { readCompanions, readLinkedRust, readOverlaidFiles, type LinkedRust } from './go-links.js';
import { writeOverlay } from './overlay.js';
import { requireFreePlaces, requireOneGoRuntime, requirePossible, withFeatures } from './requirements.js';
import { runPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import { withStaging } from './staging.js';
import { readGoEnvironment, type GoEnvironment } from './tools.js';

/**
 * Runs go for the request's module, linking the libraries of the crates that its sources name; a build places its
 * binaries in dist.
 * @returns whether go succeeded
 * @throws DiagnosticError before anything is run when the request cannot be met
 */
export async function runGo(verb: GoVerb, asked: RunRequest): Promise<boolean> {
  const request = withFeatures('goTags', asked);
  if (verb === 'build') requireFreePlaces(request);
  const surroundings = await readSurroundings(verb, request);
  if (verb !== 'build' || goSideOf(request.project).mains.length === 0) return runGoPlan(verb, request, surroundings);
  return withStaging(request, async (staging) => {
    const succeeded = await runGoPlan(verb, request, { ...surroundings, staging: request.files.absolute(staging) });
    if (succeeded) placeStaged(request, staging);
    return succeeded;
  });
}

/**
 * Compiles the packages of several modules in one call of go, which loads what they share once. Only for modules that
 * make no program and take in nothing that go does not see.
 * @returns whether go succeeded for all
 */
export async function compileTogether(requests: readonly RunRequest[]): Promise<boolean> {
  const [first] = requests;
  if (first === undefined) return true;
  const request = withFeatures('goTags', first);
  for (const other of requests) await requirePossibleGo('build', withFeatures('goTags', other));
  const plan = planGo('build', request.project, request.options, await readSurroundings('build', request));
  const folders = requests.map(({ project }) => `./${relativePath(plan.cwd, project.root)}/...`);
  const { exitCode } = await request.processes.capture({
    program: plan.program,
    args: [...plan.args.filter((word) => word !== './...'), ...folders],
    cwd: request.files.absolute(plan.cwd),
    env: plan.env,
  });
  return exitCode === 0;
}

async function runGoPlan(verb: GoVerb, request: RunRequest, around: GoSurroundings): Promise<boolean> {
  const plan = planGo(verb, request.project, request.options, around);
  const ended = await runPlan(request, plan, { stderr: 'both' });
  const explained = ended.exitCode === 0 ? undefined : explainLinkFailure(ended.stdout + ended.stderr);
  if (explained !== undefined) request.print(renderDiagnostic(explained));
  return ended.exitCode === 0;
}

async function readSurroundings(verb: GoVerb, request: RunRequest): Promise<GoSurroundings> {
  const wanted = linkedCratesOf(verb, request);
  if (verb !== 'vet') requireOneGoRuntime(request, wanted);
  const env = await readGoEnvironment(request, goEnvironmentOf(request.options, wanted.size > 0));
  const context = contextOf(request, env);
  requirePossible(request, context);
  const files = readOverlaidFiles(request, wanted, context);
  // vet needs the words gone, so that a library that was never built is not asked for, but links nothing.
  const { libraries, system } = verb === 'vet' ? NOTHING_LINKED : readLinkedRust(request, files);
  const overlay = writeOverlay(request, files, libraries, valueInGoFlags(env.goflags, 'overlay'));
  return {
    root: request.files.root,
    goflags: env.goflags,
    executableSuffix: env.goos === 'windows' ? '.exe' : '',
    libraries,
    companions: [...system, ...readCompanions(request, files, context)],
    ...(overlay === undefined ? {} : { overlay }),
  };
}

/** @throws DiagnosticError when the workspace or the toolchain rules the call out */
async function requirePossibleGo(verb: GoVerb, request: RunRequest): Promise<void> {
  const wanted = linkedCratesOf(verb, request);
  const env = await readGoEnvironment(request, goEnvironmentOf(request.options, wanted.size > 0));
  requirePossible(request, contextOf(request, env));
}

function contextOf({ options }: RunRequest, env: GoEnvironment): BuildContext {
  return { goos: env.goos, goarch: env.goarch, cgo: env.cgo, tags: new Set(goTags(options, env.goflags)) };
}

const NOTHING_LINKED: LinkedRust = { libraries: [], system: [] };

/** Roots of the crates that the call links: those of its commands where it makes commands, else of all packages. */
function linkedCratesOf(verb: GoVerb, { project, options }: RunRequest): ReadonlySet<WorkspacePath> {
  const go = goSideOf(project);
  if (verb !== 'build') return new Set(go.testLinkedCrates);
  if (options.main === undefined) return new Set(go.linkedCrates);
  return new Set(chosenMains(go, options).flatMap(({ linkedCrates }) => linkedCrates));
}

function placeStaged(request: RunRequest, staging: WorkspacePath): void {
  const names = goArtifactNames(request.project, chosenMains(goSideOf(request.project), request.options));
  const built = request.files
    .list(staging)
    .filter((fileName) => names.includes(fileName))
    .map((fileName) => ({ path: request.files.absolute(joinPath(staging, fileName)), fileName }));
  placeArtifacts(request, built, names);
}
