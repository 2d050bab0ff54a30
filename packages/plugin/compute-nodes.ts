import type { Diagnostic } from '#diagnostics';
import { FactCache, readFacts } from '#facts';
import {
  compareLocks,
  externalNodes,
  GROUT_LOCK,
  indexLocks,
  parseGroutLock,
  resolveLocks,
  resolveProjectModel,
} from '#graph';
import { workspacePath } from '#paths';
import type { ContentStore, FileSystem, ListedFile } from '#workspace';
import { emitNodes, type Nodes } from './emit-nodes.js';
import type { FingerprintCommand } from './inputs.js';
import { LockedInputs } from './locked-inputs.js';
import { indexModel } from './model-index.js';
import { readPluginOptions, type PluginOptions, type PluginShape } from './options.js';
import { OutsideIndex } from './outside-inputs.js';
import { shellWord } from './shell-word.js';

export interface Surroundings {
  readonly files: FileSystem;
  readonly options: PluginOptions | undefined;
  /** Program that prints what of the machine counts, relative to the workspace. */
  readonly script: string;
  readonly version: string;
  readonly facts: ContentStore;
}

let cache: FactCache | undefined;

/** From what Nx hands over; the records of unchanged files are kept. */
export function computeAnew(listed: readonly ListedFile[], around: Surroundings): ReturnType<typeof computeNodes> {
  const { files, options, script, version, facts } = around;
  cache ??= new FactCache(facts, version);
  return computeNodes(listed, {
    files,
    cache,
    shape: readPluginOptions(options),
    fingerprint: { command: (language, folder) => `node ${shellWord(script)} ${language} ${shellWord(folder)}` },
  });
}

export interface NodeSources {
  readonly files: Pick<FileSystem, 'readText' | 'readFolderLink'>;
  readonly cache: FactCache;
  readonly shape: PluginShape;
  readonly fingerprint: FingerprintCommand;
}

/** From the files of a workspace to the nodes of Nx, and what there is to say about them. */
export function computeNodes(
  listed: readonly ListedFile[],
  { files, cache, shape, fingerprint }: NodeSources,
): { readonly nodes: Nodes; readonly diagnostics: readonly Diagnostic[] } {
  const facts = readFacts(listed, files, cache);
  const model = resolveProjectModel(facts, shape);
  const committed = parseGroutLock(files.readText(workspacePath(GROUT_LOCK)));
  const locks = indexLocks(facts, model, shape.world, committed?.requirements);
  const { isFresh, diagnostics } = compareLocks(committed, resolveLocks(locks));
  const index = indexModel(model, facts.files);
  const nodes = emitNodes(model, externalNodes(locks), {
    shape,
    model: index,
    outside: new OutsideIndex(model.outsideInputs),
    fingerprint,
    locked: new LockedInputs({ projects: index.projects, isFresh }),
  });
  return { nodes, diagnostics: [...model.diagnostics, ...diagnostics] };
}
