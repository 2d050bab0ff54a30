import { renderDiagnostic } from '#diagnostics';
import { explainLinkFailure, goLinksOf, parseCargoArtifacts, planCargo, type CargoVerb } from '#plan';
import { placeArtifacts } from './artifacts.js';
import { inTurn } from './cargo-turn.js';
import { readReproducibleCargo } from './cargo-machine.js';
import { withGoLibraries } from './go-libraries.js';
import { requireFreePlaces, requireOneGoArchive, withFeatures } from './requirements.js';
import { placeSystemLibraries } from './system-libraries.js';
import { CompilerAnswers } from './compiler-answers.js';
import { runPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import { requireCargo } from './tools.js';

/**
 * Runs cargo for the request's crate; a build places what it made in dist.
 * @returns whether cargo succeeded
 * @throws DiagnosticError before anything is run when the request cannot be met
 */
export async function runCargo(verb: CargoVerb, asked: RunRequest): Promise<boolean> {
  const request = withFeatures('cargo', asked);
  if (verb === 'build') requireFreePlaces(request);
  const planned = planCargo(verb, request.project, request.options);
  const plan = { ...planned, unshown: readReproducibleCargo(request, planned.cwd, verb === 'build') };
  await requireCargo(request, plan.cwd, request.project.rust?.toolchainFloor);
  const links = goLinksOf(verb === 'build' ? 'build' : 'test', request.project, request.options);
  requireOneGoArchive(request, links);
  const builders = request.project.rust?.goBuilders ?? [];
  const work = async (): Promise<boolean> => {
    // Only of what links Go is the output of interest: everything else has the terminal to itself.
    const ended = await runPlan(request, plan, {
      ...(verb === 'build' && { stdout: 'capture' }),
      ...(links.length > 0 && { stderr: 'both' }),
    });
    if (ended.exitCode === 0) {
      if (verb === 'build') await placeBuilt(request, ended.stdout);
      return true;
    }
    const explained = links.length > 0 ? explainLinkFailure(ended.stderr, 'rust') : undefined;
    if (explained !== undefined) request.print(renderDiagnostic(explained));
    return false;
  };
  const run = (): Promise<boolean> => withGoLibraries(request, { links, builders }, work);
  // What is thrown away before the work is not to be what another task is about to take.
  return verb === 'build' || links.length + builders.length > 0 ? inTurn(request, [plan.cwd], run) : run();
}

/** @param messages what cargo said of the artifacts that it made */
async function placeBuilt(request: RunRequest, messages: string): Promise<void> {
  const { rust } = request.project;
  if (rust === undefined) return;
  const artifacts = parseCargoArtifacts(messages, request.files.absolute(rust.manifest), rust);
  placeArtifacts(request, artifacts, rust.artifacts);
  await placeSystemLibraries(request, new CompilerAnswers(messages));
}
