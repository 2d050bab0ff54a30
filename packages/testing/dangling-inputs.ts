import type { ProjectConfiguration } from '@nx/devkit';

/**
 * Inputs that name what no project says. Nx refuses every command of the workspace for one of them, so there must be none
 * whatever the sources look like.
 */
export function danglingInputs(projects: readonly ProjectConfiguration[]): string[] {
  const byName = new Map(projects.map((project) => [project.name ?? '', project]));
  return projects.flatMap(({ name, namedInputs = {}, targets = {} }) =>
    Object.entries(targets).flatMap(([target, { inputs = [] }]) =>
      inputs.flatMap((input) => {
        if (typeof input === 'string') {
          return input.startsWith('{') || input.startsWith('!') || input in namedInputs
            ? []
            : [`${name}:${target}: ${input}`];
        }
        if (!('projects' in input)) return [];
        const missing = [input.projects]
          .flat()
          .filter((owner) => byName.get(owner)?.namedInputs?.[input.input] === undefined);
        return missing.map((owner) => `${name}:${target}: ${input.input} of ${owner}`);
      }),
    ),
  );
}
