import type { Affected } from './affected.js';
import type { FilesByProject } from './truth.js';

/**
 * Every wrong answer of Nx to a change of one file: `- file → project` where the change must affect the project and
 * does not, `+ file → project` where it does and has no cause to.
 */
export function differences(
  answers: Affected['affected'][string],
  takingPart: FilesByProject,
  mayAffect: (file: string, project: string) => boolean = () => false,
): string[] {
  return Object.entries(answers).flatMap(([file, affected]) =>
    [...takingPart].flatMap(([project, files]) => {
      const isAffected = affected.includes(project);
      if (isAffected === files.has(file) || (isAffected && mayAffect(file, project))) return [];
      return [`${isAffected ? '+' : '-'} ${file} → ${project}`];
    }),
  );
}
