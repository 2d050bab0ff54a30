import { parseCargoLock, parseCargoManifest, parseRustSource } from '#cargo';
import type { Diagnosed, Diagnostic } from '#diagnostics';
import { parseGoFileHeader, parseGoMod, parseGoSum, parseGoWork, parseLinkScript } from '#go';
import type { WorkspaceFacts } from '#graph';
import { folderOf, type WorkspacePath } from '#paths';
import { parseProtoImports } from '#proto';
import { parseGroutToml } from '#scaffold';
import { kindOfFile, type FileKind, type FileSystem, type ListedFile } from '#workspace';
import type { FactCache } from './fact-cache.js';
import { readFolderLinks } from './folder-links.js';
import { parseProjectJson } from './project-json.js';

type ReadableFiles = Pick<FileSystem, 'readText' | 'readFolderLink'>;

/** Reads and parses those of the listed files that say something about the graph, each at most once per content. */
export function readFacts(listed: readonly ListedFile[], files: ReadableFiles, cache: FactCache): WorkspaceFacts {
  const reader = new FactReader(listed, files, cache);
  const goSums = [...reader.values('go.sum', parseGoSum), ...reader.values('go.work.sum', parseGoSum)];
  const [groutToml] = reader.values('grout.toml', parseGroutToml);
  const projects = reader.read('project.json', parseProjectJson);
  const rustSources = reader.values('rust', parseRustSource);
  const facts = {
    cargoManifests: reader.values('Cargo.toml', parseCargoManifest),
    cargoLocks: byFolder(reader.read('Cargo.lock', parseCargoLock)),
    rustSources,
    goMods: reader.values('go.mod', parseGoMod),
    goWorks: reader.values('go.work', parseGoWork),
    goSums,
    goFiles: reader.values('go', parseGoFileHeader),
    protos: reader.values('proto', parseProtoImports),
    linkScripts: reader.values('script', parseLinkScript),
    files: reader.paths,
    folderLinks: readFolderLinks(rustSources, reader.paths, files),
    declaredEdges: groutToml?.edges ?? [],
    implicitDependencies: new Map(
      projects.map(({ path, value }) => [folderOf(path), value.implicitDependencies] as const),
    ),
    pinnedNames: new Map(
      projects.flatMap(({ path, value }) => (value.name === undefined ? [] : [[folderOf(path), value.name] as const])),
    ),
  };
  cache.save();
  return { ...facts, diagnostics: reader.diagnostics };
}

interface Read<T> {
  readonly path: WorkspacePath;
  readonly value: T;
}

class FactReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly paths: ReadonlySet<WorkspacePath>;
  readonly #byKind = new Map<FileKind, ListedFile[]>();
  readonly #files: ReadableFiles;
  readonly #cache: FactCache;

  constructor(listed: readonly ListedFile[], files: ReadableFiles, cache: FactCache) {
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
  read<T>(kind: FileKind, parse: (file: string, text: string) => Diagnosed<T | undefined>): Read<T>[] {
    return (this.#byKind.get(kind) ?? []).flatMap((file) => {
      const record = this.#cache.record(file, (path) => this.#files.readText(path), parse);
      if (record === undefined) return [];
      if (record.diagnostics.length > 0) this.diagnostics.push(...record.diagnostics);
      return record.value === undefined ? [] : [{ path: file.path, value: record.value }];
    });
  }

  values<T>(kind: FileKind, parse: (file: string, text: string) => Diagnosed<T | undefined>): T[] {
    return this.read(kind, parse).map(({ value }) => value);
  }
}

function byFolder<T>(read: readonly Read<T>[]): ReadonlyMap<WorkspacePath, T> {
  return new Map(read.map(({ path, value }) => [folderOf(path), value]));
}
