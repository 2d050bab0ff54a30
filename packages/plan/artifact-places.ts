import type { Diagnostic } from '#diagnostics';
import type { Project } from '#graph';
import { isInside, relativePath, type WorkspacePath } from '#paths';
import { artifactFolder } from './command-plan.js';

/** Names in a project's artifact folder that are the folders of projects below it: no artifact may lie there. */
function nestedFolders(root: WorkspacePath, roots: Iterable<WorkspacePath>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const other of roots) {
    if (other !== root && isInside(other, root)) names.add(relativePath(root, other).split('/')[0] ?? '');
  }
  return names;
}

/** A program that would lie where the artifacts of a nested project do. */
export function checkPlaces(project: Project, roots: Iterable<WorkspacePath>): Diagnostic | undefined {
  const nested = nestedFolders(project.root, roots);
  const programs = [...(project.rust?.binaries ?? []), ...(project.go?.mains.map((main) => main.name) ?? [])];
  const taken = programs.find((name) => nested.has(name));
  if (taken === undefined) return undefined;
  const place = `${artifactFolder(project.root)}/${taken}`;
  return {
    code: 'plan/place-taken',
    severity: 'error',
    message: `the program \`${taken}\` of ${project.name} would lie at ${place}, the folder for artifacts of a project below`,
    span: { file: project.go?.manifest ?? project.rust?.manifest ?? project.root, line: 1, column: 1 },
    help: `rename the program, or move the project out of ${project.root}/${taken}`,
  };
}
