import type { Diagnostic } from '#diagnostics';
import { FactCache, readFacts, sayTheSame } from '#facts';
import {
  compareLocks,
  findOneSided,
  findSwitches,
  findUnsetTags,
  externalNodes,
  indexLocks,
  parseGroutLock,
  resolveLocks,
  resolveProjectModel,
  warnOfUnsetTags,
  type Project,
  type WorkspaceFacts,
} from '#graph';
import { checkFeatureRules } from '#plan';
import type { ContentStore, FileSystem, ListedFile } from '#workspace';
import { emitNodes, type Nodes } from './emit-nodes.js';
import { resolveBuildNames } from './build-names.js';
import type { CallScopes } from './entry-scopes.js';
import { projectsIn } from './listed-files.js';
import { LockedInputs } from './locked-inputs.js';
import { indexModel } from './model-index.js';
import { readPluginOptions, type PluginOptions } from './options.js';
import { defaultConfigurations, defaultSwitches, type TargetDefaults } from './default-configurations.js';
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

/** Whether files that changed say what they said at the last look of this process; false where it has taken none. */
export function sayWhatWasKnown(
  changed: readonly ListedFile[],
  files: Pick<FileSystem, 'readText' | 'readLink'>,
): boolean {
  return cache !== undefined && sayTheSame(changed, files, cache);
}

export interface NodeSettings {
  readonly options: PluginOptions | undefined;
  /** Start of the command line that prints what of the machine counts. */
  readonly fingerprint: string;
  /** Names of Nx configurations that nx.json gives to targets, by name of the target or of its executor. */
  /** Of nx.json. */
  readonly targetDefaults?: TargetDefaults | undefined;
  /** What this call makes projects of. The graph is the same in each call. */
  readonly scopes?: CallScopes;
}

/** From what the files say to the nodes of Nx, and what there is to say about them. */
export function computeNodes(
  facts: WorkspaceFacts,
  { options, fingerprint, scopes = WHOLE_WORKSPACE, targetDefaults = {} }: NodeSettings,
): { readonly nodes: Nodes; readonly diagnostics: readonly Diagnostic[] } {
  const shape = readPluginOptions(options);
  const model = resolveProjectModel(facts, shape);
  const committed = parseGroutLock(facts.groutLock);
  const locks = indexLocks(facts, model, shape.world, committed?.requirements);
  const index = indexModel(model, facts.files);
  const made = projectsIn(scopes.own, model.projects);
  // What another entry of nx.json makes may have another digest by its options.
  const judged = new Set(made.map(({ root }) => root));
  const { isFresh, diagnostics } = compareLocks(committed, resolveLocks(locks), judged);
  const nodes = emitNodes({ ...model, projects: made }, externalNodes(locks), {
    shape,
    buildNames: resolveBuildNames(model.projects, { made, others: scopes.others, shape }),
    model: index,
    outside: new OutsideIndex(model),
    fingerprint: { command: (language, folder) => `${fingerprint} ${language} ${shellWord(folder)}` },
    locked: new LockedInputs({ projects: index.projects, isFresh }),
    features: Object.keys(facts.featureRules),
    targetSettings: facts.targetSettings,
    defaultConfigurations: defaultConfigurations(targetDefaults),
  });
  return {
    nodes,
    diagnostics: [...model.diagnostics, ...diagnostics, ...checkSwitches(facts, model.projects, targetDefaults)],
  };
}

/** What there is to say of features and build tags. */
function checkSwitches(
  facts: WorkspaceFacts,
  projects: readonly Project[],
  targetDefaults: TargetDefaults,
): Diagnostic[] {
  const { featureRules: rules, targetSettings } = facts;
  const switches = findSwitches(facts, projects);
  const ofProjects = [...targetSettings.values()].flatMap((targets) =>
    Object.values(targets).flatMap(({ names }) => names),
  );
  const named = [...ofProjects, ...defaultSwitches(targetDefaults)];
  return [
    ...checkFeatureRules(rules, projects),
    ...findOneSided(rules, projects, switches),
    ...warnOfUnsetTags(findUnsetTags(switches, { rules, projects, named })),
  ];
}

const WHOLE_WORKSPACE: CallScopes = { own: [], others: [] };
