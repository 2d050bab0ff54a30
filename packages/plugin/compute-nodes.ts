import type { Diagnostic } from '#diagnostics';
import { FactCache, readFacts } from '#facts';
import {
  compareLocks,
  externalNodes,
  indexLocks,
  resolveLocks,
  resolveProjectModel,
  type Project,
  type ProjectModel,
  type WorkspaceFacts,
} from '#graph';
import type { WorkspacePath } from '#paths';
import type { ContentStore, FileSystem, ListedFile } from '#workspace';
import { emitNodes, type Nodes } from './emit-nodes.js';
import type { Scope } from './entry-scopes.js';
import { acceptedBy } from './listed-files.js';
import { LockedInputs } from './locked-inputs.js';
import { indexModel } from './model-index.js';
import { readPluginOptions, type PluginOptions } from './options.js';
import { OutsideIndex } from './outside-inputs.js';
import { shellWord } from './shell-word.js';

let cache: FactCache | undefined;

/** What the files say; the records of those that did not change are kept from the last time. */
export function readKnownFacts(
  listed: readonly ListedFile[],
  files: Pick<FileSystem, 'readText' | 'readLink'>,
  { facts, version }: { readonly facts: ContentStore; readonly version: string },
): WorkspaceFacts {
  cache ??= new FactCache(facts, version);
  return readFacts(listed, files, cache);
}

export interface NodeSettings {
  readonly options: PluginOptions | undefined;
  /** Program that prints what of the machine counts, relative to the workspace. */
  readonly script: string;
  /** What this call makes projects of; none for the whole workspace. The graph is the same in each call. */
  readonly scopes?: readonly Scope[];
}

/** From what the files say to the nodes of Nx, and what there is to say about them. */
export function computeNodes(
  facts: WorkspaceFacts,
  { options, script, scopes = [] }: NodeSettings,
): { readonly nodes: Nodes; readonly diagnostics: readonly Diagnostic[] } {
  const shape = readPluginOptions(options);
  const model = resolveProjectModel(facts, shape);
  const locks = indexLocks(facts, model, shape.world, facts.groutLock?.requirements);
  const { isFresh, diagnostics } = compareLocks(facts.groutLock, resolveLocks(locks));
  const index = indexModel(model, facts.files);
  const nodes = emitNodes({ ...model, projects: projectsIn(scopes, model) }, externalNodes(locks), {
    shape,
    model: index,
    outside: new OutsideIndex(model),
    fingerprint: { command: (language, folder) => `node ${shellWord(script)} ${language} ${shellWord(folder)}` },
    locked: new LockedInputs({ projects: index.projects, isFresh }),
  });
  return { nodes, diagnostics: [...model.diagnostics, ...diagnostics] };
}

function projectsIn(scopes: readonly Scope[], { projects }: ProjectModel): readonly Project[] {
  if (scopes.length === 0) return projects;
  const manifestOf = ({ root, rust, go }: Project): WorkspacePath => rust?.manifest ?? go?.manifest ?? root;
  const accepted = acceptedBy(scopes, projects.map(manifestOf));
  return projects.filter((project) => accepted.has(manifestOf(project)));
}
