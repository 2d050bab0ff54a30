import { globAsync, readNxJson, type ExpandedPluginConfiguration, type Tree } from '@nx/devkit';
import { findMatchingConfigFiles } from '@nx/devkit/internal';
import type { WorkspaceState } from '#explain';
import { FactCache, readFacts } from '#facts';
import {
  GROUT_LOCK,
  indexLocks,
  parseGroutLock,
  readGraphSettings,
  resolveLocks,
  resolveProjectModel,
  type GraphOptions,
  type LockIndex,
  type WorkspaceFacts,
} from '#graph';
import { workspacePath, type WorkspacePath } from '#paths';
import { isGraphFile, type FileSystem, type ListedFile } from '#workspace';

type PluginEntry = ExpandedPluginConfiguration<GraphOptions>;

type ReadableFiles = Pick<FileSystem, 'readText' | 'readLink'>;

/** Makes the graph as the plugin does, by its entry in nx.json, from any state of the workspace's files. */
export class WorkspaceReader {
  readonly #entries: readonly PluginEntry[];
  /** In memory: a file that is the same in two states is parsed once. */
  readonly #cache = new FactCache({ read: () => undefined, write: () => undefined }, '');

  constructor(tree: Tree) {
    const entries = (readNxJson(tree)?.plugins ?? [])
      .map((entry): PluginEntry => (typeof entry === 'string' ? { plugin: entry } : (entry as PluginEntry)))
      .filter(({ plugin }) => plugin === 'nx-grout');
    this.#entries = entries.length === 0 ? [{ plugin: 'nx-grout' }] : entries;
  }

  read(
    listed: readonly ListedFile[],
    files: ReadableFiles,
  ): WorkspaceState & { readonly index: LockIndex; readonly facts: WorkspaceFacts } {
    const settings = readGraphSettings(this.#entries[0]?.options ?? {}).value;
    const facts = readFacts(this.#accepted(listed), files, this.#cache);
    const model = resolveProjectModel(facts, settings);
    const committed = parseGroutLock(files.readText(workspacePath(GROUT_LOCK)));
    const index = indexLocks(facts, model, settings.world, committed?.requirements);
    return { model, index, facts, locks: resolveLocks(index) };
  }

  /** `include` and `exclude` hold for the files that make the graph. */
  #accepted(listed: readonly ListedFile[]): readonly ListedFile[] {
    const makers = listed.flatMap(({ path }) => (isGraphFile(path) ? [path] : []));
    const accepted = new Set<string>(
      this.#entries.flatMap(({ include = [], exclude = [] }) => findMatchingConfigFiles(makers, include, exclude)),
    );
    return listed.filter(({ path }) => accepted.has(path) || !isGraphFile(path));
  }
}

/** Every file of the workspace that Nx knows. */
export async function listFiles(tree: Tree): Promise<readonly ListedFile[]> {
  const paths = await globAsync(tree, ['**/*']);
  return paths.map((path) => ({ path: path as WorkspacePath }));
}
