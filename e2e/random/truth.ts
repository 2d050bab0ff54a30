import { basename, dirname } from 'node:path/posix';
import type { Workspace } from '../harness/workspace.js';
import { readCrates, type CrateTruth } from './cargo-truth.js';
import { readModules, type GoCall, type ModuleTruth, type Participants } from './go-truth.js';
import type { RandomMonorepo } from './monorepo.js';
import { reach } from './reach.js';

/** What takes part in the tasks of the projects, as cargo and go themselves tell: by target, and there by project. */
export type Truth = ReadonlyMap<string, FilesByProject>;

/** Projects go by their folders. */
export type FilesByProject = ReadonlyMap<string, ReadonlySet<string>>;

/** Asks cargo and go about everything from scratch; `files` are those of the workspace as it is now. */
export async function findTruth(
  workspace: Workspace,
  { rust, go }: RandomMonorepo,
  files: readonly string[],
): Promise<Truth> {
  const crates = await readCrates(workspace, new Set(rust.crates.map(({ cargoWorkspace }) => cargoWorkspace)));
  const modules = new Map<string, ModuleTruth>();
  for (const call of goCalls(workspace, go)) {
    for (const [folder, module] of await readModules(workspace, call)) modules.set(folder, module);
  }
  const included = rust.crates.filter((crate) => crate.includesReadme).map(({ folder }) => `${folder}/README.md`);
  const sources = new Map(
    [...filesByOwner(files)].map(([folder, own]) => [folder, sourcesOf(folder, own, new Set(included))]),
  );
  return new Map([
    ['build', buildTruth(crates, modules, sources)],
    ['test', testTruth(crates, modules, sources)],
    ...commandTruth(crates, modules, sources),
  ]);
}

/** One call for all modules of the go.work, and one for each of the others. */
function goCalls(workspace: Workspace, { work, modules }: RandomMonorepo['go']): GoCall[] {
  const listed = modules.filter(({ isInWork }) => isInWork).map(({ folder }) => folder);
  const alone = modules.filter(({ isInWork }) => !isInWork);
  const together =
    work === undefined || listed.length === 0
      ? []
      : [{ folder: work, goWork: workspace.path(`${work}/go.work`), moduleFolders: listed }];
  return [...together, ...alone.map(({ folder }) => ({ folder, goWork: 'off', moduleFolders: [folder] }))];
}

/** Each file is that of the nearest crate or module above it: one in the folder of another is not part of that one. */
function filesByOwner(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const manifests = files.filter((file) => ['Cargo.toml', 'go.mod'].includes(basename(file)));
  const byOwner = new Map(manifests.map((manifest) => [dirname(manifest), [] as string[]]));
  for (const file of files) {
    let owner = dirname(file);
    while (owner !== '.' && !byOwner.has(owner)) owner = dirname(owner);
    byOwner.get(owner)?.push(file);
  }
  return byOwner;
}

/** Files of a project that neither cargo nor go lists. */
interface Sources {
  readonly crate: readonly string[];
  readonly crateTests: readonly string[];
  readonly testdata: readonly string[];
}

/**
 * A build script or a macro may read any file of a crate, so all of them take part but prose, unless the code includes
 * it, and what only tests, benches and examples are made of.
 */
function sourcesOf(folder: string, files: readonly string[], included: ReadonlySet<string>): Sources {
  const isProse = (file: string): boolean => /^README|\.md$/.test(basename(file)) && !included.has(file);
  const isForTests = (file: string): boolean => /^(?:tests|benches|examples)\//.test(file.slice(folder.length + 1));
  const code = files.filter((file) => !isProse(file));
  return {
    crate: code.filter((file) => !isForTests(file)),
    crateTests: code,
    testdata: files.filter((file) => file.includes('/testdata/')),
  };
}

type Crates = ReadonlyMap<string, CrateTruth>;
type Modules = ReadonlyMap<string, ModuleTruth>;
type SourcesByProject = ReadonlyMap<string, Sources>;

function buildTruth(crates: Crates, modules: Modules, sources: SourcesByProject): FilesByProject {
  return new Map([
    ...[...crates.keys()].map((folder) => [folder, new Set(filesOfCrates([folder], crates, sources))] as const),
    ...[...modules].map(([folder, { build }]) => [folder, new Set(filesOfModule(build, crates, sources))] as const),
  ]);
}

function testTruth(crates: Crates, modules: Modules, sources: SourcesByProject): FilesByProject {
  const ofCrate = (folder: string, { devNeeds }: CrateTruth): string[] => [
    ...filesOfCrates([folder, ...devNeeds], crates, sources),
    ...(sources.get(folder)?.crateTests ?? []),
  ];
  const ofModule = (folder: string, { test }: ModuleTruth): string[] => [
    ...filesOfModule(test, crates, sources),
    ...(sources.get(folder)?.testdata ?? []),
  ];
  return new Map([
    ...[...crates].map(([folder, crate]) => [folder, new Set(ofCrate(folder, crate))] as const),
    ...[...modules].map(([folder, module]) => [folder, new Set(ofModule(folder, module))] as const),
  ]);
}

/** `build-<command>` of the modules that have several. */
function commandTruth(crates: Crates, modules: Modules, sources: SourcesByProject): Truth {
  const truth = new Map<string, Map<string, ReadonlySet<string>>>();
  for (const [folder, { commands }] of modules) {
    for (const [name, made] of commands) {
      const target = truth.get(`build-${name}`) ?? new Map<string, ReadonlySet<string>>();
      truth.set(`build-${name}`, target.set(folder, new Set(filesOfModule(made, crates, sources))));
    }
  }
  return truth;
}

/** The crates and all that they need. */
function filesOfCrates(folders: readonly string[], crates: Crates, sources: SourcesByProject): string[] {
  const reached = reach(folders, (folder) => crates.get(folder)?.needs);
  return [...reached].flatMap((folder) => sources.get(folder)?.crate ?? []);
}

function filesOfModule({ files, libraries }: Participants, crates: Crates, sources: SourcesByProject): string[] {
  const linked = [...crates].filter(([, crate]) => crate.staticlibs.some((name) => libraries.has(name)));
  const folders = linked.map(([folder]) => folder);
  return [...files, ...filesOfCrates(folders, crates, sources)];
}
