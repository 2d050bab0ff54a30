import { linksOf, type Project } from '#graph';
import { workspacePath } from '#paths';
import type { InputSurroundings } from './input-surroundings.js';
import { below, type Inputs } from './inputs.js';

/**
 * What lint says of links to the other language follows from grout.toml, and from what the graph makes of manifests all
 * over the workspace. Nx hashes the files that inputs match, so each verdict has files of its own: a link that is there
 * brings the file that shows it, one that is reported also the manifest that names what it links.
 */
export function lintInputs(project: Project, side: 'go' | 'rust', { model }: InputSurroundings): Inputs {
  if (project.lint === undefined) return [];
  const files = linksOf(project, side).flatMap(({ to, span, severity }) => {
    const other = model.projects.get(to);
    const manifest = side === 'go' ? other?.rust?.manifest : other?.go?.manifest;
    const named = severity === undefined || manifest === undefined ? [] : [manifest];
    return [workspacePath(span.file), ...named];
  });
  return [...new Set([GROUT_TOML, ...files])].map((file) => below(file));
}

const GROUT_TOML = workspacePath('grout.toml');
