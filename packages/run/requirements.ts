import { DiagnosticError } from '#diagnostics';
import {
  checkFeatures,
  checkPlaces,
  checkPossibleBuild,
  goSideOf,
  listNames,
  resolveFeatures,
  type WantedBuild,
} from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * The request with the features that are on, as one side calls them.
 * @throws DiagnosticError when a requested feature is declared by nobody in the run, or two cannot be built together
 */
export function withFeatures(side: 'cargo' | 'goTags', request: RunRequest): RunRequest {
  const { options, featureRules, knownFeatures } = request;
  const requested = listNames(options.features);
  const { value, diagnostics } = resolveFeatures(
    { requested, withDefaults: options.defaultFeatures !== false },
    featureRules,
  );
  const errors = [...checkFeatures(requested, knownFeatures, featureRules), ...diagnostics];
  if (errors.length > 0) throw new DiagnosticError(...errors);
  return { ...request, options: { ...options, features: value[side] } };
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
