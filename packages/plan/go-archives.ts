import type { GoLink, Project } from '#graph';
import { listNames, type BuildOptions } from './options.js';

/**
 * The feature by which a crate takes in an archive of Go, where it has one: without it the build script links nothing.
 * The generator writes crates with that name; a crate by hand may follow suit.
 */
const ARCHIVE_FEATURE = 'archive';

/** Libraries of Go that a task of the crate takes in: all that it links, but for its own when the feature for them is off. */
export function goLinksOf(work: 'build' | 'test', project: Project, options: BuildOptions): readonly GoLink[] {
  const { goLinks = [], goTestLinks = [] } = project.rust ?? {};
  const links = work === 'build' ? goLinks : goTestLinks;
  const isOff = options.defaultFeatures === false && !listNames(options.features).includes(ARCHIVE_FEATURE);
  return isOff && hasArchiveFeature(project) ? links.filter(({ crate }) => crate !== project.root) : links;
}

/** Whether tests of the crate can do without Go: it links Go itself, none of the crates below do, and a feature is for it. */
export function canDoWithoutGo(project: Project): boolean {
  const links = project.rust?.goTestLinks ?? [];
  return links.length > 0 && goLinksOf('test', project, { defaultFeatures: false }).length === 0;
}

function hasArchiveFeature({ rust }: Project): boolean {
  return rust?.features.includes(ARCHIVE_FEATURE) === true;
}
