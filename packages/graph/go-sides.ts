import { matchesContext, type GoFileHeader } from '#go';
import { folderOf, relativePath, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import { MOCK_TAG, type ModuleLinks } from './cgo-links.js';
import type { CgoInput, CgoLink, GoSide, Participants, ProjectParticipants } from './model.js';
import { commandsOf, moduleTags, type GoModule } from './modules.js';

/** Everything that the Go side of a project is made from besides the module itself; all by root. */
export interface GoSurroundings {
  readonly modules: ReadonlyMap<WorkspacePath, GoModule>;
  readonly links: ReadonlyMap<WorkspacePath, ModuleLinks>;
  readonly cgoInputs: ReadonlyMap<WorkspacePath, readonly CgoInput[]>;
  readonly participants: ReadonlyMap<WorkspacePath, ProjectParticipants>;
  readonly imports: ReadonlyMap<WorkspacePath, readonly WorkspacePath[]>;
  readonly world: BuildWorld;
}

/** Facts of one module that targets and executors read. */
export function goSideOf(module: GoModule, around: GoSurroundings): GoSide {
  const { root } = module;
  const { goBuild = NOTHING, goTest = NOTHING, commands } = around.participants.get(root) ?? NO_TASKS;
  const tested = linksIn(goTest, around);
  const own = around.links.get(root);
  return {
    manifest: workspacePath(module.mod.file),
    module: module.mod.module,
    ...(module.work === undefined ? {} : { goWork: workspacePath(module.work.file) }),
    foreignGoWork: module.foreignGoWork,
    mains: commandsOf(module).map((command) => ({
      ...command,
      linkedCrates: cratesOf(linksIn(commands.get(command.folder) ?? NOTHING, around)),
    })),
    tags: moduleTags(module),
    ...possibleBuilds(around.world),
    imports: around.imports.get(root) ?? [],
    links: own?.links ?? [],
    linkedCrates: cratesOf(linksIn(goBuild, around)),
    testLinkedCrates: cratesOf(tested),
    mockable: tested.length > 0 && tested.every((link) => isGoneWhenMocked(link, around)),
    benchmarks: module.files.some(({ file, isTest }) => isTest && BENCHMARKS.test(file)),
    cgoInputs: around.cgoInputs.get(root) ?? [],
    ...(module.mod.go === undefined ? {} : { toolchainFloor: module.mod.go }),
  };
}

/** Files that say by their name that they hold benchmarks. */
const BENCHMARKS = /(?:^|[/_])bench(?:mark)?s?(?:\.gen)?_test\.go$/;

function possibleBuilds({ tags, platforms }: BuildWorld): Pick<GoSide, 'possible'> {
  if (tags === undefined && platforms === undefined) return {};
  return {
    possible: {
      ...(tags === undefined ? {} : { tags: [...tags] }),
      ...(platforms === undefined ? {} : { platforms: platforms.map(({ goos, goarch }) => `${goos}/${goarch}`) }),
    },
  };
}

const NOTHING: Participants = { crates: [], packages: new Map() };
const NO_TASKS: ProjectParticipants = { commands: new Map() };

/** Links of the packages that take part. */
function linksIn({ packages }: Participants, { links }: GoSurroundings): CgoLink[] {
  return [...packages].flatMap(([root, folders]) => {
    const found = links.get(root)?.links ?? [];
    if (found.length === 0) return [];
    const wanted = new Set(folders);
    return found.filter(({ span }) => wanted.has(relativePath(root, folderOf(workspacePath(span.file)))));
  });
}

function cratesOf(links: readonly CgoLink[]): WorkspacePath[] {
  return [...new Set(links.map(({ crate }) => crate))].sort();
}

/** Whether the file of the link is left out under the mock tag. */
function isGoneWhenMocked({ span }: CgoLink, { modules }: GoSurroundings): boolean {
  const header = fileOf(span.file, modules);
  const context = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set([MOCK_TAG]) };
  return header !== undefined && !matchesContext(header, context);
}

function fileOf(file: string, modules: ReadonlyMap<WorkspacePath, GoModule>): GoFileHeader | undefined {
  for (let folder = folderOf(workspacePath(file)); ; folder = folderOf(folder)) {
    const found = modules.get(folder)?.files.find((header) => header.file === file);
    if (found !== undefined || folder === '.') return found;
  }
}
