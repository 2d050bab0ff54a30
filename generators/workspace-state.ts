import { globAsync, readNxJson, type ExpandedPluginConfiguration, type Tree } from '@nx/devkit';
import { findMatchingConfigFiles } from '@nx/devkit/internal';
import type { WorkspaceState } from '#explain';
import { FactCache, readFacts } from '#facts';
import { indexLocks, readGraphSettings, resolveLocks, resolveProjectModel, type GraphOptions } from '#graph';
import type { WorkspacePath } from '#paths';
import { isGraphFile, type FileSystem, type ListedFile } from '#workspace';

type ReadableFiles = Pick<FileSystem, 'readText' | 'readFolderLink'>;

/** Makes the graph as the plugin does, by its entry in nx.json, from any state of the workspace's files. */
export class WorkspaceReader {
  readonly #entry: Partial<ExpandedPluginConfiguration<GraphOptions>>;
  /** In memory: a file that is the same in two states is parsed once. */
  readonly #cache = new FactCache({ read: () => undefined, write: () => undefined }, '');

  constructor(tree: Tree) {
    const named = readNxJson(tree)?.plugins?.find(
      (entry) => (typeof entry === 'string' ? entry : entry.plugin) === 'nx-grout',
    );
    this.#entry = typeof named === 'object' ? (named as ExpandedPluginConfiguration<GraphOptions>) : {};
  }

  read(listed: readonly ListedFile[], files: ReadableFiles): WorkspaceState {
    const settings = readGraphSettings(this.#entry.options ?? {}).value;
    const facts = readFacts(this.#accepted(listed), files, this.#cache);
    const model = resolveProjectModel(facts, settings);
    return { model, locks: resolveLocks(indexLocks(facts, model, settings.world)) };
  }

  /** `include` and `exclude` hold for the files that make the graph. */
  #accepted(listed: readonly ListedFile[]): readonly ListedFile[] {
    const { include = [], exclude = [] } = this.#entry;
    const makers = listed.flatMap(({ path }) => (isGraphFile(path) ? [path] : []));
    const accepted = new Set<string>(findMatchingConfigFiles(makers, include, exclude));
    return listed.filter(({ path }) => accepted.has(path) || !isGraphFile(path));
  }
}

/** Every file of the workspace that Nx knows. */
export async function listFiles(tree: Tree): Promise<readonly ListedFile[]> {
  const paths = await globAsync(tree, ['**/*']);
  return paths.map((path) => ({ path: path as WorkspacePath }));
}
