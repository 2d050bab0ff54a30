import type { AbsolutePath, WorkspacePath } from '#paths';
import { workspacePath } from '#paths';
import type { ContentFolder, FileSystem } from '#workspace';

/** A workspace in memory, at `/ws`. */
export class MemoryFileSystem implements FileSystem {
  readonly root = '/ws' as AbsolutePath;
  readonly texts: Map<string, string>;
  readonly #links: Readonly<Record<string, string>>;

  /** @param links symbolic links by path, with where they lead from the workspace's root */
  constructor(texts: Readonly<Record<string, string>> = {}, links: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
    this.#links = links;
  }

  absolute(path: WorkspacePath): AbsolutePath {
    return `${this.root}/${path}` as AbsolutePath;
  }

  readText(path: WorkspacePath): string | undefined {
    return this.texts.get(this.#links[path] ?? path);
  }

  readForeignText(path: AbsolutePath): string | undefined {
    return this.texts.get(workspacePath(path.replace(`${this.root}/`, '')));
  }

  writeForeignText(path: AbsolutePath, text: string): void {
    this.texts.set(path.replace(`${this.root}/`, ''), text);
  }

  readBytes(path: WorkspacePath): Uint8Array | undefined {
    const text = this.texts.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  }

  isFile(path: WorkspacePath): boolean {
    return this.texts.has(path);
  }

  isFolder(path: WorkspacePath): boolean {
    return [...this.texts.keys()].some((file) => file.startsWith(`${path}/`));
  }

  readLink(path: WorkspacePath): WorkspacePath | undefined {
    const target = this.#links[path];
    return target === undefined ? undefined : workspacePath(target);
  }

  list(folder: WorkspacePath): readonly string[] {
    const below = [...this.texts.keys()].filter((file) => file.startsWith(`${folder}/`));
    return [...new Set(below.map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''))];
  }

  write(path: WorkspacePath, content: string | Uint8Array): void {
    this.texts.set(path, typeof content === 'string' ? content : new TextDecoder().decode(content));
  }

  copyIn(from: AbsolutePath, to: WorkspacePath): void {
    this.texts.set(to, this.readForeignText(from) ?? '');
  }

  makeFolder(): void {
    // Folders exist where files are.
  }

  remove(path: WorkspacePath): void {
    for (const file of [...this.texts.keys()])
      if (file === path || file.startsWith(`${path}/`)) this.texts.delete(file);
  }
}

/** Kept texts in memory, named in order: `/overlays/0.go`, `/overlays/1.json`. */
export class MemoryContentFolder implements ContentFolder {
  readonly kept: { readonly path: AbsolutePath; readonly text: string }[] = [];

  keep(extension: string, text: string): AbsolutePath {
    const path = `/overlays/${this.kept.length}.${extension}` as AbsolutePath;
    this.kept.push({ path, text });
    return path;
  }
}
