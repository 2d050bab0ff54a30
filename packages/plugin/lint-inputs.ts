import { reportedLinks, type Project } from '#graph';
import { workspacePath } from '#paths';
import type { InputSurroundings } from './input-surroundings.js';
import { below, type Inputs } from './inputs.js';

/**
 * What lint says of links to the other language follows from files outside the project, and from what the graph makes of
 * all of them: whatever is reported has inputs of its own, so that a verdict which turns changes the inputs as well.
 */
export function lintInputs(project: Project, side: 'go' | 'rust', { model }: InputSurroundings): Inputs {
  if (project.lint === undefined) return [];
  const reported = reportedLinks(project, side).flatMap(({ to, span }) => {
    const other = model.projects.get(to);
    const manifest = side === 'go' ? other?.rust?.manifest : other?.go?.manifest;
    return [workspacePath(span.file), ...(manifest === undefined ? [] : [manifest])];
  });
  return [...new Set([GROUT_TOML, ...reported])].map((file) => below(file));
}

const GROUT_TOML = workspacePath('grout.toml');
