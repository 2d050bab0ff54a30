import { baseName, folderOf, type WorkspacePath } from '#paths';
import { foldersUpwards } from './folder-index.js';

/** Files by which Nx, or one of the plugins for other languages, makes a folder a project. */
const PROJECT_FILES: ReadonlySet<string> = new Set([
  ...['project.json', 'package.json', 'deno.json', 'deno.jsonc', 'composer.json'],
  ...['pyproject.toml', 'pom.xml', 'build.gradle', 'build.gradle.kts'],
]);

/**
 * Tells which project Nx gives the files of a folder to: the nearest one, whatever its language. Where that is only
 * feared, since not every package.json makes a project, a file is named from the workspace's root, which is never wrong.
 */
export class FolderOwners {
  readonly #roots: Iterable<WorkspacePath>;
  readonly #files: Iterable<WorkspacePath>;
  #owners: ReadonlySet<WorkspacePath> | undefined;

  /** @param roots those of crates and modules */
  constructor(roots: Iterable<WorkspacePath>, files: Iterable<WorkspacePath>) {
    this.#roots = roots;
    this.#files = files;
  }

  ownerOf(folder: WorkspacePath): WorkspacePath | undefined {
    const owners = (this.#owners ??= ownersAmong(this.#roots, this.#files));
    return foldersUpwards(folder).find((candidate) => owners.has(candidate));
  }
}

function ownersAmong(roots: Iterable<WorkspacePath>, files: Iterable<WorkspacePath>): ReadonlySet<WorkspacePath> {
  const owners = new Set(roots);
  for (const file of files) if (PROJECT_FILES.has(baseName(file))) owners.add(folderOf(file));
  return owners;
}
