import { parseCargoArtifacts, planCargo, type CargoVerb } from '#plan';
import { placeArtifacts } from './artifacts.js';
import { readReproducibleCargo } from './cargo-machine.js';
import { requireFreePlaces, withFeatures } from './requirements.js';
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
  const ended = await runPlan(request, plan, { stdout: verb === 'build' ? 'capture' : 'show' });
  if (ended.exitCode !== 0) return false;
  const { rust } = request.project;
  if (verb === 'build' && rust !== undefined) {
    const artifacts = parseCargoArtifacts(ended.stdout, request.files.absolute(rust.manifest), rust);
    placeArtifacts(request, artifacts, rust.artifacts);
  }
  return true;
}
