import { folderOf, relativePath, type WorkspacePath } from '#paths';
import type { WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';

/** What lies in a crate's folder without being an input of builds that depend on it. */
const NOT_IN_BUILDS = /^(?:tests|benches|examples)(?:\/|$)|\.md$/;
/** What no task on the crate takes for an input of its own: the other language's, and lockfiles. */
const NOT_IN_TASKS = /\.go$|(?:^|\/)go\.(?:mod|sum|work|work\.sum)$|^(?:Cargo\.lock|grout\.lock\.json)$/;
/** At the root of the workspace lies more than a crate. */
const NOT_OF_ROOT_CRATE = /^\.[^/]*\/|^(?:nx\.json|package\.json|grout\.toml|(?:package-lock|pnpm-lock)[^/]*)$/;

/** Tells which files are inputs of a crate's tasks already, since they lie in its folder. */
export class OwnInputs {
  readonly #roots: ReadonlySet<WorkspacePath>;

  /** @param roots those of all projects: Nx gives a file to the nearest one */
  constructor(...roots: readonly Iterable<WorkspacePath>[]) {
    this.#roots = new Set(roots.flatMap((each) => [...each]));
  }

  static of(
    facts: Pick<WorkspaceFacts, 'implicitDependencies'>,
    crates: ReadonlyMap<WorkspacePath, unknown>,
    modules: ReadonlyMap<WorkspacePath, unknown>,
  ): OwnInputs {
    return new OwnInputs(crates.keys(), modules.keys(), facts.implicitDependencies.keys());
  }

  /** Root of the project to which Nx gives a file, or what lies in a folder. */
  ownerOf(path: WorkspacePath): WorkspacePath | undefined {
    return foldersUpwards(path).find((folder) => this.#roots.has(folder));
  }

  holds(crateRoot: WorkspacePath, file: WorkspacePath, reach: 'build' | 'test'): boolean {
    if (this.ownerOf(folderOf(file)) !== crateRoot) return false;
    const path = relativePath(crateRoot, file);
    if (NOT_IN_TASKS.test(path) || (crateRoot === '.' && NOT_OF_ROOT_CRATE.test(path))) return false;
    return reach === 'test' || !NOT_IN_BUILDS.test(path);
  }
}
