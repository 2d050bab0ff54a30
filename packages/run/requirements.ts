import { DiagnosticError } from '#diagnostics';
import { checkFeatures, checkPlaces, checkPossibleBuild, goSideOf, listNames, type WantedBuild } from '#plan';
import type { RunRequest } from './run-request.js';

/** @throws DiagnosticError when a requested feature is declared by nobody in the run */
export function requireKnownFeatures(request: RunRequest): void {
  const requested = listNames(request.options.features).filter((name) => name !== 'default');
  const unknown = checkFeatures({ requested, known: request.knownFeatures });
  if (unknown.length > 0) throw new DiagnosticError(...unknown);
}

/** @throws DiagnosticError when a program would lie where the artifacts of a nested project do */
export function requireFreePlaces(request: RunRequest): void {
  const clash = checkPlaces(request.project, request.projects.keys());
  if (clash !== undefined) throw new DiagnosticError(clash);
}

/** @throws DiagnosticError when the workspace ruled such a Go build out */
export function requirePossible(request: RunRequest, wanted: WantedBuild): void {
  const ruledOut = checkPossibleBuild(goSideOf(request.project), wanted);
  if (ruledOut !== undefined) throw new DiagnosticError(ruledOut);
}
