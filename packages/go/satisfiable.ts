import {
  collectTags,
  LOWEST_GO_MINOR,
  matchesCgoDirective,
  matchesContext,
  parseCgoOption,
  RELEASE_TAG,
} from './evaluate.js';
import { KNOWN_GOARCH, KNOWN_GOOS, type GoPlatform } from './platforms.js';
import type { BuildContext, CgoDirective, GoFileHeader } from './types.js';

/** The builds that are ever made. */
export interface PossibleBuilds {
  /** Absent: any platform that Go knows. */
  readonly platforms?: readonly GoPlatform[];
  /** The only tags that `-tags` may set; absent: any but `ignore`. Those that a mode or the machine sets are always possible. */
  readonly tags?: ReadonlySet<string>;
  readonly cgo: 'on' | 'any';
}

type Constrained = Pick<GoFileHeader, 'constraint' | 'fileNameConstraint' | 'importsC'>;

/** Whether some possible build takes the file. */
export function canBuild(header: Constrained, builds: PossibleBuilds): boolean {
  const { constraint, fileNameConstraint } = header;
  const isFree = constraint === undefined && fileNameConstraint.goos === undefined;
  if (isFree && fileNameConstraint.goarch === undefined) return true;
  return holdsSomewhere(namesOf(header), builds, (context) => matchesContext(header, context));
}

/** Whether some possible build takes the file and this `#cgo` line of it. */
export function canUseDirective(
  header: Constrained,
  directive: Pick<CgoDirective, 'constraints'>,
  builds: PossibleBuilds,
): boolean {
  if (directive.constraints.length === 0) return canBuild(header, builds);
  const names = namesOf(header);
  for (const option of directive.constraints) collectTags(parseCgoOption(option), names);
  return holdsSomewhere(
    names,
    builds,
    (context) => matchesContext(header, context) && matchesCgoDirective(directive, context),
  );
}

/** All tags, GOOS and GOARCH that decide about the file. */
function namesOf({ constraint, fileNameConstraint }: Constrained): Set<string> {
  const names = new Set(Object.values(fileNameConstraint));
  if (constraint !== undefined) collectTags(constraint, names);
  return names;
}

/** More tags than this in one file are not tried out: it may be built then. */
const MAX_FREE_TAGS = 8;

/**
 * Tries every context that differs in one of the names: the platforms, cgo, the release, and each tag set or not. It asks
 * the same evaluation as a real build, so that both always mean the same.
 */
function holdsSomewhere(
  names: ReadonlySet<string>,
  builds: PossibleBuilds,
  holds: (context: BuildContext) => boolean,
): boolean {
  const free = [...names].filter((name) => isFreeTag(name, builds)).map(tagThatSets);
  if (free.length > MAX_FREE_TAGS) return true;
  const releases = releasesOf(names);
  for (const platform of builds.platforms ?? platformsOf(names)) {
    for (const cgo of builds.cgo === 'on' ? [true] : [true, false]) {
      for (const release of releases) {
        for (let subset = 0; subset < 1 << free.length; subset++) {
          const tags = new Set(free.filter((_, bit) => (subset & (1 << bit)) !== 0));
          if (holds({ ...platform, cgo, tags, ...release })) return true;
        }
      }
    }
  }
  return false;
}

/** Tags that the contexts themselves set or leave unset. */
const SETTLED: ReadonlySet<string> = new Set([...KNOWN_GOOS, ...KNOWN_GOARCH, 'unix', 'cgo', 'gc', 'gccgo', 'ignore']);

/** Tags that no `-tags` sets but a mode, an experiment or the level of the processor (`amd64.v3`). */
const MODES: ReadonlySet<string> = new Set(['race', 'msan', 'asan', 'boringcrypto']);

function isFreeTag(name: string, { tags }: PossibleBuilds): boolean {
  if (SETTLED.has(name) || RELEASE_TAG.test(name)) return false;
  if (tags === undefined || tags.has(name) || MODES.has(name) || name.startsWith('goexperiment.')) return true;
  return KNOWN_GOARCH.has(name.split('.')[0] ?? '');
}

/** `boringcrypto` is another name of an experiment. */
function tagThatSets(name: string): string {
  return name === 'boringcrypto' ? 'goexperiment.boringcrypto' : name;
}

/** The lowest Go that this product supports, and the later ones that the names tell apart. */
function releasesOf(names: ReadonlySet<string>): readonly Pick<BuildContext, 'goMinor'>[] {
  const minors = [...names].map((name) => Number(RELEASE_TAG.exec(name)?.[1] ?? 0));
  return [{}, ...minors.filter((minor) => minor > LOWEST_GO_MINOR).map((goMinor) => ({ goMinor }))];
}

/** All platforms, where the names tell them apart. */
function platformsOf(names: ReadonlySet<string>): readonly GoPlatform[] {
  const has = (known: ReadonlySet<string>): boolean => [...names].some((name) => known.has(name));
  const systems = has(KNOWN_GOOS) || names.has('unix') ? [...KNOWN_GOOS] : ['linux'];
  const processors = has(KNOWN_GOARCH) ? [...KNOWN_GOARCH] : ['amd64'];
  return systems.flatMap((goos) => processors.map((goarch) => ({ goos, goarch })));
}
