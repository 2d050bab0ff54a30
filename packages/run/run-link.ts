import { DiagnosticError, type Diagnostic } from '#diagnostics';
import type { Project } from '#graph';
import { joinPath, workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import {
  asksForCfg,
  flagsInForce,
  isCarried,
  LINKED_SET,
  linkableLibrary,
  noLinkableLibrary,
  parseCompiledFolders,
  parseLibraryFiles,
  parseRootProfile,
  parseSystemLibraries,
  planArchive,
  planCargoLibraries,
  tripleOf,
  umbrellaSource,
  type CargoArtifact,
  type CodeProfile,
  type LinkedSet,
} from '#plan';
import { placeFiles } from './artifacts.js';
import { CompilerAnswers } from './compiler-answers.js';
import { inTurn } from './cargo-turn.js';
import { readCargoMachine, readReproducibleCargo } from './cargo-machine.js';
import { withGoLibraries } from './go-libraries.js';
import { groupBy } from './group-by.js';
import { requireLinkableTogether, requireNamesOfTheirOwn, withFeatures } from './requirements.js';
import { runPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import { withStaging } from './staging.js';
import { readSystemWords } from './system-libraries.js';
import { readUnitGraph } from './unit-graph.js';
import { readCfg, readRustc, requireCargo, type Rustc } from './tools.js';

/** A crate of the link, with all files that cargo made for its library. */
interface BuiltCrate {
  readonly project: Project;
  readonly files: readonly CargoArtifact[];
  /** Absolute folders of what it was compiled against. */
  readonly dependencyFolders: readonly string[];
  /** Of the call of cargo that made it. */
  readonly answers: CompilerAnswers;
}

type PlacedFile = Pick<CargoArtifact, 'path' | 'fileName'>;

/**
 * Builds the crates of a link step with the options of the target that it is for, and places what that target links: one
 * archive of all crates that other crates can use, and the finished libraries of the rest.
 * @returns whether every tool succeeded
 * @throws DiagnosticError before anything is built when the crates cannot be linked together
 */
export async function runLink(asked: RunRequest): Promise<boolean> {
  const request = withFeatures('cargo', asked);
  const linked = linkedProjects(request);
  requireNamesOfTheirOwn(linked);
  const groups = groupBy(linked, ({ root, rust }) => rust?.cargoWorkspace ?? root);
  const compilers = new Map<WorkspacePath, Rustc>();
  for (const [folder, projects] of groups) {
    const floors = new Map(projects.map(({ rust }) => [rust?.toolchainFloor?.version, rust?.toolchainFloor]));
    for (const floor of floors.values()) await requireCargo(request, folder, floor);
    compilers.set(folder, await readRustc(request, folder));
  }
  requireLinkableTogether(groups, compilers);
  return withStaging(request, (staging) =>
    inTurn(request, [...groups.keys()], () =>
      withGoLibraries(
        request,
        {
          links: linked.flatMap(({ rust }) => rust?.goLinks ?? []),
          builders: linked.flatMap(({ rust }) => rust?.goBuilders ?? []),
        },
        () => buildAndLink(request, staging, groups, compilers),
      ),
    ),
  );
}

async function buildAndLink(
  request: RunRequest,
  staging: WorkspacePath,
  groups: ReadonlyMap<WorkspacePath, readonly Project[]>,
  compilers: ReadonlyMap<WorkspacePath, Rustc>,
): Promise<boolean> {
  const built: BuiltCrate[] = [];
  for (const [folder, projects] of groups) {
    const made = await buildLibraries(request, folder, projects);
    if (made === undefined) return false;
    built.push(...made);
  }
  // A finished library of a compiler of its own has no say in how the others are put together.
  const first = [...groups].find(([, projects]) => projects.some(isCarried)) ?? [...groups][0];
  const rustc = first === undefined ? undefined : compilers.get(first[0]);
  if (first === undefined || rustc === undefined) return true;
  return linkBuilt(request, built, { staging, group: first, rustc });
}

function linkedProjects({ options, projects }: RunRequest): Project[] {
  return (options.linkCrates ?? []).map((root) => {
    const project = projects.get(workspacePath(root));
    if (project?.rust !== undefined) return project;
    throw new DiagnosticError(noLinkableLibrary(project ?? { root: workspacePath(root), name: root }));
  });
}

async function buildLibraries(
  request: RunRequest,
  folder: WorkspacePath,
  projects: readonly Project[],
): Promise<BuiltCrate[] | undefined> {
  const plan = {
    ...planCargoLibraries(projects, request.options),
    unshown: readReproducibleCargo(request, folder, true),
  };
  const ended = await runPlan(request, plan, { stdout: 'capture' });
  if (ended.exitCode !== 0) return undefined;
  const dependencyFolders = parseCompiledFolders(ended.stdout);
  const answers = new CompilerAnswers(ended.stdout);
  return projects.map((project) => ({
    project,
    dependencyFolders,
    answers,
    files: parseLibraryFiles(ended.stdout, request.files.absolute(project.rust?.manifest ?? project.root)),
  }));
}

interface LinkPlace {
  readonly staging: WorkspacePath;
  /** The Cargo workspace whose profile and flags count where there are several. */
  readonly group: readonly [folder: WorkspacePath, projects: readonly Project[]];
  readonly rustc: Rustc;
}

async function linkBuilt(request: RunRequest, built: readonly BuiltCrate[], place: LinkPlace): Promise<boolean> {
  const carried = built.filter(({ project }) => isCarried(project));
  // One crate alone as well: the call that puts it together says what it needs of the system.
  const archive = carried.length === 0 ? undefined : await makeArchive(request, carried, place);
  if (archive === 'failed') return false;
  const apart = built.filter((crate) => !carried.includes(crate));
  const copies = apart.map((crate) => ({ ...requireFinished(crate), crate }));
  // Kept before they are asked about: cargo may make them anew for that, with other options.
  const kept = copies.map(({ path, fileName }) => keep(request, place.staging, { path, fileName }));
  const set: LinkedSet = {
    libraries: [
      ...(archive === undefined
        ? []
        : [{ file: archive.file.fileName, crates: carried.map(({ project }) => project.root) }]),
      ...copies.map(({ fileName, crate }) => ({ file: fileName, crates: [crate.project.root] })),
    ],
    system: [...new Set([...(archive?.system ?? []), ...(await readNeeds(request, apart))])],
  };
  const list = joinPath(place.staging, LINKED_SET);
  request.files.write(list, `${JSON.stringify(set, null, 2)}\n`);
  const files: PlacedFile[] = [
    ...(archive === undefined ? [] : [archive.file]),
    ...kept,
    { path: request.files.absolute(list), fileName: LINKED_SET },
  ];
  const folder = workspacePath(request.options.linkFolder ?? place.staging);
  placeFiles(request, folder, files, request.files.list(folder));
  return true;
}

/** A copy of a file in a folder of its own, so that it cannot be taken for what is made there. */
function keep({ files }: RunRequest, staging: WorkspacePath, { path, fileName }: PlacedFile): PlacedFile {
  const copy = joinPath(staging, 'finished', fileName);
  files.makeFolder(joinPath(staging, 'finished'));
  files.copyIn(path as AbsolutePath, copy);
  return { path: files.absolute(copy), fileName };
}

/** What finished static libraries need of the system. */
async function readNeeds(request: RunRequest, crates: readonly BuiltCrate[]): Promise<string[]> {
  const needs: string[] = [];
  for (const crate of crates) {
    const { rust } = crate.project;
    if (rust === undefined || !/\.(?:a|lib)$/.test(requireFinished(crate).fileName)) continue;
    needs.push(...(await readSystemWords({ ...request, project: crate.project }, rust, crate.answers)));
  }
  return needs;
}

/** The library that cargo finished for other languages: the archive where there is one, else the shared library. */
function finished(crate: BuiltCrate | undefined): CargoArtifact | undefined {
  const { rust } = crate?.project ?? {};
  const name =
    rust && linkableLibrary(rust, (fileName) => crate?.files.some((file) => file.fileName === fileName) === true);
  return crate?.files.find(({ fileName }) => fileName === name);
}

function requireFinished(crate: BuiltCrate): CargoArtifact {
  const file = finished(crate);
  if (file !== undefined) return file;
  throw new DiagnosticError(noLinkableLibrary(crate.project));
}

interface MadeArchive {
  readonly file: PlacedFile;
  readonly system: readonly string[];
}

async function makeArchive(
  request: RunRequest,
  carried: readonly BuiltCrate[],
  { staging, group, rustc }: LinkPlace,
): Promise<MadeArchive | 'failed'> {
  const [folder] = group;
  const source = joinPath(staging, 'link.rs');
  request.files.write(source, umbrellaSource(carried.length));
  const fileName = ARCHIVE_NAME;
  const path = request.files.absolute(joinPath(staging, fileName));
  const printed = joinPath(staging, 'system-libraries');
  const triple = tripleOf(request.options);
  const plan = planArchive({
    crates: carried.map(({ project, files }) => requireCompiled(project, files)),
    dependencyFolders: [...new Set(carried.flatMap(({ dependencyFolders }) => dependencyFolders))],
    source: request.files.absolute(source),
    archive: path,
    systemLibraries: request.files.absolute(printed),
    profile: await readProfile(request, group, staging),
    ...(triple === undefined ? {} : { triple }),
    flags: await readFlags(request, folder, { program: rustc.program, triple: triple ?? rustc.host }),
    cwd: folder,
    program: rustc.program,
  });
  const ended = await runPlan(request, plan, {});
  if (ended.exitCode !== 0) return 'failed';
  return { file: { path, fileName }, system: parseSystemLibraries(request.files.readText(printed) ?? '') };
}

/** The compiler flags that cargo would give for the target. */
async function readFlags(
  request: RunRequest,
  folder: WorkspacePath,
  { program, triple }: { readonly program: string; readonly triple: string },
): Promise<string[]> {
  const machine = readCargoMachine(request, folder);
  if (!asksForCfg(machine)) return flagsInForce(machine, { triple, cfg: [] });
  // What is set for the target anyway may decide which other tables count: a processor has features.
  const cfg = await readCfg(request, folder, { program, triple, flags: flagsInForce(machine, { triple, cfg: [] }) });
  return flagsInForce(machine, { triple, cfg });
}

/** What the linker calls the archive of several crates. */
const ARCHIVE_NAME = 'libgrout_link.a';

function requireCompiled(project: Project, files: readonly CargoArtifact[]): string {
  const compiled = files.find(({ fileName }) => fileName.endsWith('.rlib'));
  if (compiled !== undefined) return compiled.path;
  throw new DiagnosticError(notCompiled(project));
}

function notCompiled(project: Project): Diagnostic {
  return {
    code: 'run/no-rlib',
    severity: 'error',
    message: `cargo made no .rlib of \`${project.name}\`, which has to be linked together with other crates`,
    span: { file: project.rust?.manifest ?? project.root, line: 1, column: 1 },
    help: 'have "rlib" among the crate-type of its [lib]',
  };
}

/** Asks cargo how it compiles the crates. */
async function readProfile(
  request: RunRequest,
  [, projects]: LinkPlace['group'],
  staging: WorkspacePath,
): Promise<CodeProfile> {
  const plan = planCargoLibraries(projects, { ...request.options, args: [], cargoArgs: [] });
  const profile = parseRootProfile((await readUnitGraph(request, plan, staging)) ?? '');
  if (profile !== undefined) return profile;
  request.print('cargo does not say how it compiles these crates: they are linked with the defaults of the profile');
  const isRelease = request.options.profile === 'release';
  return { optLevel: isRelease ? '3' : '0', lto: 'off', debuginfo: isRelease ? '0' : '2', panic: 'unwind' };
}
