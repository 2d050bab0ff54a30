import type { ProjectGraph } from '@nx/devkit';
import { DiagnosticError, suggest } from '#diagnostics';
import { readTargetSettings } from '#facts';
import type { NxGraph, NxProject } from '#explain';
import { workspacePath } from '#paths';

/** As much of Nx's graph as explanations need, by folder instead of name. */
export function nxGraphOf({ nodes, dependencies }: ProjectGraph): NxGraph {
  const roots = new Map(Object.values(nodes).map(({ name, data }) => [name, workspacePath(data.root)]));
  return {
    projects: Object.values(nodes).map(({ name, data }) => ({
      name,
      root: workspacePath(data.root),
      targets: new Map(Object.entries(data.targets ?? {}).map(([target, { inputs }]) => [target, inputs ?? []])),
    })),
    dependencies: Object.values(dependencies).flatMap((list) =>
      list.flatMap(({ source, target }) => {
        const [from, to] = [roots.get(source), roots.get(target)];
        return from === undefined || to === undefined ? [] : [{ from, to }];
      }),
    ),
  };
}

/** Build tags and features that targets ask for, wherever their options come from. */
export function namedSwitches({ nodes }: ProjectGraph): string[] {
  const targets = Object.values(nodes).flatMap(({ data }) => Object.values(data.targets ?? {}));
  return targets.flatMap((target) => readTargetSettings(target).names);
}

/**
 * @param given name or folder
 * @throws DiagnosticError with the name that was meant
 */
export function findProject({ projects }: NxGraph, given: string): NxProject {
  const folder = workspacePath(given);
  const found = projects.find(({ name }) => name === given) ?? projects.find(({ root }) => root === folder);
  if (found !== undefined) return found;
  throw unknown(
    'project',
    given,
    projects.map(({ name }) => name),
  );
}

/** @throws DiagnosticError when the project has no such target */
export function requireTarget({ name, targets }: NxProject, target: string): void {
  if (!targets.has(target)) throw unknown('target', target, [...targets.keys()], ` of ${name}`);
}

function unknown(what: 'project' | 'target', given: string, known: readonly string[], of = ''): DiagnosticError {
  const meant = suggest(given, known);
  const list = `known: ${known.length === 0 ? 'none' : known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}`;
  return new DiagnosticError({
    code: `generators/unknown-${what}`,
    severity: 'error',
    message: `there is no ${what} \`${given}\`${of}`,
    help: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}${list}`,
  });
}
