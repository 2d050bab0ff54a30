import { isDeepStrictEqual } from 'node:util';
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
  type Project,
  type WorkspaceFacts,
} from '#graph';
import { workspacePath, type WorkspacePath } from '#paths';
import { isGraphFile, type FileSystem, type ListedFile } from '#workspace';

type PluginEntry = ExpandedPluginConfiguration<GraphOptions>;

type ReadableFiles = Pick<FileSystem, 'readText' | 'readLink'>;

/** A workspace as one entry of nx.json has it, or several with the same options. */
export interface EntryState extends WorkspaceState {
  readonly index: LockIndex;
  /** Roots of the projects that it makes; the rest of the model other entries make, in their own ways. */
  readonly made: ReadonlySet<WorkspacePath>;
}

/** A workspace at one point of its history, by the entries of nx.json. */
export class ReadWorkspace {
  constructor(
    readonly facts: WorkspaceFacts,
    /** At least one. */
    readonly states: readonly EntryState[],
  ) {}

  /** By the entry that makes the project; for one that is not ours, any. */
  stateFor(root: WorkspacePath): EntryState {
    const [first] = this.states;
    const state = this.states.find(({ made }) => made.has(root)) ?? first;
    if (state === undefined) throw new Error('no entry of the plugin');
    return state;
  }
}

/** Makes the graph as the plugin does, by its entries in nx.json, from any state of the workspace's files. */
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

  read(listed: readonly ListedFile[], files: ReadableFiles): ReadWorkspace {
    const facts = readFacts(acceptedFiles(this.#entries, listed), files, this.#cache);
    const committed = parseGroutLock(files.readText(workspacePath(GROUT_LOCK)));
    const states = groupByOptions(this.#entries).map((entries): EntryState => {
      const settings = readGraphSettings(entries[0]?.options ?? {}).value;
      const model = resolveProjectModel(facts, settings);
      const index = indexLocks(facts, model, settings.world, committed?.requirements);
      return { model, index, locks: resolveLocks(index), made: madeBy(entries, model.projects) };
    });
    return new ReadWorkspace(facts, states);
  }
}

/** Nx calls the plugin with the options alone, so entries with the same ones are one to it. */
function groupByOptions(entries: readonly PluginEntry[]): PluginEntry[][] {
  const groups: PluginEntry[][] = [];
  for (const entry of entries) {
    const same = groups.find(([first]) => isDeepStrictEqual(first?.options ?? {}, entry.options ?? {}));
    if (same === undefined) groups.push([entry]);
    else same.push(entry);
  }
  return groups;
}

/** `include` and `exclude` hold for the files that make the graph, whichever entry lets them in. */
function acceptedFiles(entries: readonly PluginEntry[], listed: readonly ListedFile[]): readonly ListedFile[] {
  const makers = listed.flatMap(({ path }) => (isGraphFile(path) ? [path] : []));
  const accepted = acceptedBy(entries, makers);
  return listed.filter(({ path }) => accepted.has(path) || !isGraphFile(path));
}

function madeBy(entries: readonly PluginEntry[], projects: readonly Project[]): ReadonlySet<WorkspacePath> {
  const manifestOf = ({ root, rust, go }: Project): WorkspacePath => rust?.manifest ?? go?.manifest ?? root;
  const accepted = acceptedBy(entries, projects.map(manifestOf));
  return new Set(projects.filter((project) => accepted.has(manifestOf(project))).map(({ root }) => root));
}

function acceptedBy(entries: readonly PluginEntry[], paths: string[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ include = [], exclude = [] }) => findMatchingConfigFiles(paths, include, exclude)));
}

/** Every file of the workspace that Nx knows. */
export async function listFiles(tree: Tree): Promise<readonly ListedFile[]> {
  const paths = await globAsync(tree, ['**/*']);
  return paths.map((path) => ({ path: path as WorkspacePath }));
}
