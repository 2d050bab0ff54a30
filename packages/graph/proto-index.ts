import type { ProtoSource } from '#proto';
import { baseName, folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { foldersUpwards } from './folder-index.js';

/** Finds .proto files by the names under which sources, compilers and other .proto files know them. */
export class ProtoIndex {
  readonly #byPath: ReadonlyMap<WorkspacePath, ProtoSource>;
  readonly #byBaseName = new Map<string, WorkspacePath[]>();

  constructor(protos: readonly ProtoSource[]) {
    this.#byPath = new Map(protos.map((proto) => [workspacePath(proto.file), proto]));
    for (const [path, { isCopy }] of this.#byPath) {
      // A copy is what a compiler reads that is told of its folder; who only knows a name means the original.
      if (isCopy === true) continue;
      const list = this.#byBaseName.get(baseName(path));
      if (list === undefined) this.#byBaseName.set(baseName(path), [path]);
      else list.push(path);
    }
  }

  has(path: WorkspacePath): boolean {
    return this.#byPath.has(path);
  }

  /** The file below the first of the folders that has it, else the only one whose path ends so. */
  find(name: string, folders: readonly WorkspacePath[]): WorkspacePath | undefined {
    const near = folders.map((folder) => joinPath(folder, name)).find((path) => this.#byPath.has(path));
    if (near !== undefined || name.startsWith('.')) return near;
    const [only, ...others] = (this.#byBaseName.get(baseName(name)) ?? []).filter((path) =>
      `/${path}`.endsWith(`/${name}`),
    );
    return others.length === 0 ? only : undefined;
  }

  /** Files that a command line names from its folder: one, or those that a `*` in the last part stands for. */
  named(word: string, start: WorkspacePath, folders: readonly WorkspacePath[]): readonly WorkspacePath[] {
    if (!word.includes('*')) return [this.find(word, [start, ...folders])].filter((path) => path !== undefined);
    const pattern = joinPath(start, word).split('*').map(escapeRegExp).join('[^/]*');
    return [...this.#byPath.keys()].filter((path) => new RegExp(`^${pattern}$`).test(path));
  }

  /** The files with all that they import, directly or not. Imports of other places, such as google/protobuf, are left out. */
  withImports(files: readonly WorkspacePath[], importFolders: readonly WorkspacePath[]): readonly WorkspacePath[] {
    const found = new Set(files);
    for (const file of found) {
      for (const name of this.#byPath.get(file)?.imports ?? []) {
        const imported = this.find(name, [...importFolders, ...foldersUpwards(folderOf(file))]);
        if (imported !== undefined) found.add(imported);
      }
    }
    return [...found];
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
