import { parseCargoArtifacts, planCargo, type CargoVerb } from '#plan';
import { placeArtifacts } from './artifacts.js';
import { inTurn } from './cargo-turn.js';
import { readReproducibleCargo } from './cargo-machine.js';
import { withGoLibraries } from './go-libraries.js';
import { requireFreePlaces, requireOneGoArchive, withFeatures } from './requirements.js';
import { placeSystemLibraries } from './system-libraries.js';
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
  const { project } = request;
  const work = async (): Promise<boolean> => {
    if (verb !== 'build') return (await runPlan(request, plan, {})).exitCode === 0;
    const ended = await runPlan(request, plan, { stdout: 'capture' });
    if (ended.exitCode !== 0) return false;
    const { rust } = project;
    if (rust !== undefined) {
      const artifacts = parseCargoArtifacts(ended.stdout, request.files.absolute(rust.manifest), rust);
      placeArtifacts(request, artifacts, rust.artifacts);
      await placeSystemLibraries(request, ended.stdout);
    }
    return true;
  };
  const { goLinks = [], goTestLinks = [] } = project.rust ?? {};
  const links = verb === 'build' ? goLinks : goTestLinks;
  requireOneGoArchive(request, links);
  const run = (): Promise<boolean> => withGoLibraries(request, links, work);
  // What is thrown away before the work is not to be what another task is about to take.
  return verb === 'build' || links.length > 0 ? inTurn(request, [plan.cwd], run) : run();
}
