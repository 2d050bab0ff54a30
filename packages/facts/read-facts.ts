import { parseCargoLock, parseCargoManifest, parseRustSource } from '#cargo';
import type { Diagnosed, Diagnostic } from '#diagnostics';
import { parseCSource, parseGoFileHeader, parseGoMod, parseGoSum, parseGoWork, parseLinkScript } from '#go';
import { GROUT_LOCK, type WorkspaceFacts } from '#graph';
import { folderOf, workspacePath, type WorkspacePath } from '#paths';
import { parseProtoImports } from '#proto';
import { NO_GROUT_TOML, parseGroutToml } from '#scaffold';
import { kindOfFile, type FileKind, type FileSystem, type ListedFile } from '#workspace';
import type { FactCache, FileRecord } from './fact-cache.js';
import { readFolderLinks } from './folder-links.js';
import { parseProjectJson } from './project-json.js';

/** How each kind of file is read. */
const PARSERS = {
  'Cargo.toml': parseCargoManifest,
  'Cargo.lock': parseCargoLock,
  'go.mod': parseGoMod,
  'go.work': parseGoWork,
  'go.sum': parseGoSum,
  'go.work.sum': parseGoSum,
  'grout.toml': parseGroutToml,
  'project.json': parseProjectJson,
  rust: parseRustSource,
  go: parseGoFileHeader,
  c: parseCSource,
  proto: parseProtoImports,
  script: parseLinkScript,
} as const satisfies Record<FileKind, Parse<unknown>>;

type Said<Kind extends FileKind> = NonNullable<ReturnType<(typeof PARSERS)[Kind]>['value']>;

type ReadableFiles = Pick<FileSystem, 'readText' | 'readLink'>;

/** Reads and parses those of the listed files that say something about the graph, each at most once per content. */
export function readFacts(listed: readonly ListedFile[], files: ReadableFiles, cache: FactCache): WorkspaceFacts {
  const reader = new FactReader(listed, files, cache);
  const goSums = [...reader.values('go.sum'), ...reader.values('go.work.sum')];
  const [groutToml = NO_GROUT_TOML] = reader.values('grout.toml');
  const projects = reader.read('project.json');
  const rustSources = reader.values('rust');
  const goMods = reader.values('go.mod');
  const lockPath = workspacePath(GROUT_LOCK);
  const groutLock = reader.paths.has(lockPath) ? files.readText(lockPath) : undefined;
  const facts = {
    ...(groutLock === undefined ? {} : { groutLock }),
    cargoManifests: reader.values('Cargo.toml'),
    cargoLocks: byFolder(reader.read('Cargo.lock')),
    rustSources,
    goMods,
    goWorks: reader.values('go.work'),
    goSums,
    goFiles: reader.values('go'),
    // Only builds of Go packages ask what these include: a workspace of crates can hold thousands for nothing.
    cSources: goMods.length === 0 ? [] : reader.values('c'),
    protos: reader.values('proto'),
    linkScripts: reader.values('script'),
    files: reader.paths,
    fileLinks: reader.links,
    folderLinks: readFolderLinks(rustSources, reader.paths, files),
    declaredEdges: groutToml.edges,
    bridgeFolders: Object.values(groutToml.bridges).map(({ directory }) => directory),
    lintRules: groutToml.lint,
    featureRules: groutToml.features,
    implicitDependencies: new Map(
      projects.map(({ path, value }) => [folderOf(path), value.implicitDependencies] as const),
    ),
    targetSettings: new Map(projects.map(({ path, value }) => [folderOf(path), value.targets] as const)),
    pinnedNames: new Map(
      projects.flatMap(({ path, value }) => (value.name === undefined ? [] : [[folderOf(path), value.name] as const])),
    ),
  };
  cache.save();
  return { ...facts, diagnostics: reader.diagnostics };
}

type Parse<T> = (file: string, text: string) => Diagnosed<T | undefined>;

interface Read<T> {
  readonly path: WorkspacePath;
  readonly value: T;
}

/**
 * Whether files that hold something else say to the graph what they said when all were read; only these are read. Never
 * where a link is among the files: what it leads to counts under its name too.
 */
export function sayTheSame(changed: readonly ListedFile[], files: ReadableFiles, cache: FactCache): boolean {
  return changed.every((file) => {
    const kind = kindOfFile(file.path);
    if (kind === undefined) return false;
    const parse: Parse<unknown> = PARSERS[kind];
    return cache.saysTheSame(
      file,
      (path) => files.readText(path),
      (path, text) => withLink(parse(path, text), files.readLink(file.path)),
    );
  });
}

function withLink<T>(said: FileRecord<T>, link: WorkspacePath | undefined): FileRecord<T> {
  return link === undefined ? said : { ...said, link };
}

class FactReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly paths: ReadonlySet<WorkspacePath>;
  /** Files that were read and are links, with the listed files where they lead. */
  readonly links = new Map<WorkspacePath, WorkspacePath>();
  #byPath: ReadonlyMap<WorkspacePath, ListedFile> | undefined;
  readonly #listed: readonly ListedFile[];
  readonly #byKind = new Map<FileKind, ListedFile[]>();
  readonly #files: ReadableFiles;
  readonly #cache: FactCache;

  constructor(listed: readonly ListedFile[], files: ReadableFiles, cache: FactCache) {
    this.#listed = listed;
    this.#files = files;
    this.#cache = cache;
    this.paths = new Set(listed.map(({ path }) => path));
    for (const file of listed) {
      const kind = kindOfFile(file.path);
      if (kind === undefined) continue;
      const list = this.#byKind.get(kind);
      if (list === undefined) this.#byKind.set(kind, [file]);
      else list.push(file);
    }
  }

  /** What the files of a kind say, in the order in which they are listed; what cannot be parsed has left a diagnostic. */
  read<Kind extends FileKind>(kind: Kind): Read<Said<Kind>>[] {
    const parse: Parse<unknown> = PARSERS[kind];
    return (this.#byKind.get(kind) ?? []).flatMap((file) => {
      const record = this.#recordOf(file, parse);
      if (record === undefined) return [];
      if (record.diagnostics.length > 0) this.diagnostics.push(...record.diagnostics);
      return record.value === undefined ? [] : [{ path: file.path, value: record.value as Said<Kind> }];
    });
  }

  /** Nx does not notice that what a link leads to has changed: it is known by the hash of that. */
  #recordOf<T>(file: ListedFile, parse: Parse<T>): FileRecord<T> | undefined {
    const record = this.#recordByHash(file, parse);
    const target = record?.link === undefined ? undefined : this.#listedAs(record.link);
    if (target === undefined) return record;
    this.links.set(file.path, target.path);
    return this.#recordByHash({ ...target, path: file.path }, parse);
  }

  /** Whether a file is a link is asked when it is read: asking for all of them each time would cost a walk of the disk. */
  #recordByHash<T>(file: ListedFile, parse: Parse<T>): FileRecord<T> | undefined {
    return this.#cache.record(
      file,
      (path) => this.#files.readText(path),
      (path, text) => withLink(parse(path, text), this.#files.readLink(file.path)),
    );
  }

  #listedAs(path: WorkspacePath): ListedFile | undefined {
    this.#byPath ??= new Map(this.#listed.map((file) => [file.path, file]));
    return this.#byPath.get(path);
  }

  values<Kind extends FileKind>(kind: Kind): Said<Kind>[] {
    return this.read(kind).map(({ value }) => value);
  }
}

function byFolder<T>(read: readonly Read<T>[]): ReadonlyMap<WorkspacePath, T> {
  return new Map(read.map(({ path, value }) => [folderOf(path), value]));
}
