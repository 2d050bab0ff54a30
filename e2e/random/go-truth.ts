import { basename, join, relative } from 'node:path';
import type { Workspace } from '../harness/workspace.js';
import { reach } from './reach.js';

/** What takes part when go builds a module, tests all of it, or builds one of its commands. */
export interface ModuleTruth {
  readonly build: Participants;
  readonly test: Participants;
  /** By name; none where the module has a single command, which a build of the module makes. */
  readonly commands: ReadonlyMap<string, Participants>;
}

export interface Participants {
  /** Files that go compiles or embeds, and the go.mod of each module; workspace paths. */
  readonly files: ReadonlySet<string>;
  /** Libraries that `#cgo LDFLAGS` lines name. */
  readonly libraries: ReadonlySet<string>;
}

/** Where go is called, and for which modules. */
export interface GoCall {
  readonly folder: string;
  /** `off`, or the go.work. */
  readonly goWork: string;
  readonly moduleFolders: readonly string[];
}

/** The part of `go list -json` that is used here. */
interface ListedPackage {
  readonly ImportPath: string;
  readonly Name: string;
  readonly Dir: string;
  readonly Module?: { readonly Dir: string; readonly GoMod: string };
  readonly DepOnly?: boolean;
  readonly ForTest?: string;
  readonly Imports?: readonly string[];
  readonly TestImports?: readonly string[];
  readonly XTestImports?: readonly string[];
  readonly CgoLDFLAGS?: readonly string[];
  readonly Error?: { readonly Err: string };
}

const SOURCES = ['GoFiles', 'CgoFiles', 'CFiles', 'HFiles', 'SFiles', 'EmbedFiles'] as const;
const TEST_SOURCES = ['TestGoFiles', 'XTestGoFiles', 'TestEmbedFiles', 'XTestEmbedFiles'] as const;
type FileLists = Readonly<Partial<Record<(typeof SOURCES | typeof TEST_SOURCES)[number], readonly string[]>>>;

/** A build may be asked for with any tag and for any platform, so what takes part under one of these takes part. */
const CONTEXTS = ['', 'extra'].flatMap((tags) => [{}, { GOOS: 'windows' }].map((env) => ({ tags, env })));

const FIELDS = [
  ...['ImportPath', 'Name', 'Dir', 'Module', 'DepOnly', 'ForTest', 'Error', 'CgoLDFLAGS'],
  ...['Imports', 'TestImports', 'XTestImports', ...SOURCES, ...TEST_SOURCES],
];

/** By folder, all modules of the call. */
export async function readModules(workspace: Workspace, call: GoCall): Promise<Map<string, ModuleTruth>> {
  const lists = await Promise.all(CONTEXTS.map((context) => askGo(workspace, call, context)));
  return new Map(call.moduleFolders.map((folder) => [folder, moduleOf(workspace, folder, lists)]));
}

/** A module of several commands is built command by command: a package that none of them imports is only tested. */
function moduleOf(workspace: Workspace, folder: string, lists: readonly Packages[]): ModuleTruth {
  const ofModule = lists.map((packages) => ({ packages, own: ownPackages(packages, workspace.path(folder)) }));
  const taking = (isWanted: (each: Listed) => boolean, withTests = false): Participants =>
    union(ofModule.map(({ packages, own }) => participants(packages, own.filter(isWanted), withTests, workspace.root)));
  const mains = ofModule.flatMap(({ own }) => own).filter(({ Name }) => Name === 'main');
  const paths = new Set(mains.map(({ ImportPath }) => ImportPath));
  const hasSeveral = paths.size > 1;
  const commands = hasSeveral ? [...paths] : [];
  return {
    build: taking(({ ImportPath }) => !hasSeveral || paths.has(ImportPath)),
    test: taking(() => true, true),
    commands: new Map(commands.map((path) => [basename(path), taking(({ ImportPath }) => ImportPath === path)])),
  };
}

type Listed = ListedPackage & FileLists;
type Packages = ReadonlyMap<string, Listed>;

async function askGo(workspace: Workspace, call: GoCall, context: (typeof CONTEXTS)[number]): Promise<Packages> {
  const patterns = call.moduleFolders.map((folder) => `./${relative(call.folder, folder)}/...`);
  const ended = await workspace.run(
    'go',
    ['-C', call.folder, 'list', '-deps', '-test', `-tags=${context.tags}`, `-json=${FIELDS.join(',')}`, ...patterns],
    { GOWORK: call.goWork, CGO_ENABLED: '1', GOFLAGS: '-mod=readonly', ...context.env },
  );
  if (ended.exitCode !== 0) throw new Error(`go list in ${call.folder}: ${ended.output}`);
  const listed = JSON.parse(`[${ended.output.replace(/^\}\n\{/gm, '},{')}]`) as Listed[];
  const broken = listed.find((each) => each.Error !== undefined);
  if (broken !== undefined) throw new Error(`${broken.ImportPath}: ${broken.Error?.Err ?? ''}`);
  // A test's own program, and the variants that it compiles anew, are the same files once more.
  const packages = listed.filter((each) => each.ForTest === undefined && !each.ImportPath.endsWith('.test'));
  return new Map(packages.map((each) => [each.ImportPath, each]));
}

function ownPackages(packages: Packages, moduleFolder: string): Listed[] {
  return [...packages.values()].filter(({ DepOnly, Module }) => DepOnly !== true && Module?.Dir === moduleFolder);
}

function participants(packages: Packages, starts: readonly Listed[], withTests: boolean, root: string): Participants {
  const tested = withTests
    ? starts.flatMap(({ TestImports = [], XTestImports = [] }) => [...TestImports, ...XTestImports])
    : [];
  const paths = [...starts.map(({ ImportPath }) => ImportPath), ...tested];
  const reached = reach(paths, (path) => packages.get(path)?.Imports);
  const local = [...reached].flatMap((path) => packages.get(path) ?? []).filter(({ Module }) => Module !== undefined);
  const filesOf = (from: readonly Listed[], kinds: readonly (keyof FileLists)[]): string[] =>
    from.flatMap((each) =>
      kinds.flatMap((kind) => each[kind] ?? []).map((file) => relative(root, join(each.Dir, file))),
    );
  const flags = local.flatMap(({ CgoLDFLAGS }) => CgoLDFLAGS ?? []);
  const manifests = local.map(({ Module }) => relative(root, Module?.GoMod ?? ''));
  return {
    files: new Set([...manifests, ...filesOf(local, SOURCES), ...(withTests ? filesOf(starts, TEST_SOURCES) : [])]),
    libraries: new Set(flags.filter((flag) => flag.startsWith('-l')).map((flag) => flag.slice(2))),
  };
}

function union(parts: readonly Participants[]): Participants {
  return {
    files: new Set(parts.flatMap(({ files }) => [...files])),
    libraries: new Set(parts.flatMap(({ libraries }) => [...libraries])),
  };
}
