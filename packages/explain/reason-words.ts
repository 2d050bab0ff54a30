import type { Reason } from './verdict.js';

/** Reasons that are not about the sources of a project. */
export function wordsOf({ kind, file = 'a file', package: name = 'a package', ecosystem = '' }: Reason): string {
  switch (kind) {
    case 'project-configuration':
      return `${file} changed, which makes projects and their targets`;
    case 'deleted-project-configuration':
      return `${file} is gone, and the loss of a file that makes projects counts for every task`;
    case 'npm-package':
      return `the package ${name} changed`;
    case 'external-dependencies':
      return `${file} changed, and the task takes every package from outside for an input`;
    case 'moved-ecosystem':
      return `packages of ${ecosystem} changed (${file})`;
    case 'lockfile':
      return `${file} changed, which nx.json lets count for the project`;
    case 'custom-hasher':
      return 'the task has a hasher of its own, and Nx always counts it as affected';
    default:
      return `Nx names a reason (${kind}) in ${file}`;
  }
}
