import { renderDiagnostic } from '#diagnostics';
import type { BuildContext } from '#go';
import { joinPath, type WorkspacePath } from '#paths';
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
  type OverlaidFile,
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

async function runGoPlan(verb: GoVerb, request: RunRequest, around: GoSurroundings): Promise<boolean> {
  const plan = planGo(verb, request.project, request.options, around);
  const ended = await runPlan(request, plan, { stderr: 'both' });
  const explained = ended.exitCode === 0 ? undefined : explainLinkFailure(ended.stdout + ended.stderr, 'go');
  if (explained !== undefined) request.print(renderDiagnostic(explained));
  return ended.exitCode === 0;
}

async function readSurroundings(verb: GoVerb, request: RunRequest): Promise<GoSurroundings> {
  const { around, files } = await readGoCall(verb, request);
  const userOverlay = valueInGoFlags(around.goflags, 'overlay');
  const overlay = writeOverlay(request, files, around.libraries, userOverlay);
  return overlay === undefined ? around : { ...around, overlay };
}

/** What a go call for a module takes in. */
export interface GoCall {
  /** But for the overlay. */
  readonly around: GoSurroundings;
  /** What the overlay is to replace. */
  readonly files: readonly OverlaidFile[];
}

/** @throws DiagnosticError when the workspace or the toolchain rules the call out, or a library was not built */
export async function readGoCall(verb: GoVerb, request: RunRequest): Promise<GoCall> {
  const wanted = linkedCratesOf(verb, request);
  if (verb !== 'vet') requireOneGoRuntime(request, wanted);
  const env = await readGoEnvironment(request, goEnvironmentOf(request.options, wanted.size > 0));
  const context = contextOf(request, env);
  requirePossible(request, context);
  const files = readOverlaidFiles(request, wanted, context);
  // vet needs the words gone, so that a library that was never built is not asked for, but links nothing.
  const { libraries, system } = verb === 'vet' ? NOTHING_LINKED : readLinkedRust(request, files);
  return {
    around: {
      root: request.files.root,
      goflags: env.goflags,
      executableSuffix: env.goos === 'windows' ? '.exe' : '',
      libraries,
      companions: [...system, ...readCompanions(request, files, context)],
    },
    files,
  };
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

/** Puts the programs of the request's module in their place, out of what a call made. */
export function placeStaged(request: RunRequest, staging: WorkspacePath): void {
  const names = goArtifactNames(request.project, chosenMains(goSideOf(request.project), request.options));
  const built = request.files
    .list(staging)
    .filter((fileName) => names.includes(fileName))
    .map((fileName) => ({ path: request.files.absolute(joinPath(staging, fileName)), fileName }));
  placeArtifacts(request, built, names);
}
