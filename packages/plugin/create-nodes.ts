import { join } from 'node:path';
import process from 'node:process';
import { styleText } from 'node:util';
import type { CreateNodes } from '@nx/devkit';
import { DiagnosticError, renderDiagnostic, type Diagnostic } from '#diagnostics';
import { workspacePath, type AbsolutePath } from '#paths';
import { NodeContentStore, NodeFileSystem, packageIdentity, type FileSystem, type ListedFile } from '#workspace';
import type { Nodes } from './emit-nodes.js';
import { fingerprintProgram } from './fingerprint-program.js';
import { listFiles } from './listed-files.js';
import { changedFiles } from './listing-changes.js';
import { keyOfFacts, keyOfFiles, NodeCache, type Answer } from './node-cache.js';
import { loadInternal } from './nx-internals.js';
import type { PluginOptions } from './options.js';

interface Stores {
  readonly version: string;
  readonly facts: NodeContentStore;
  readonly nodes: NodeCache;
}

/**
 * Nx takes a change of any file that a plugin's pattern matches for a change of its project's configuration, and the loss
 * of one for the loss of a project, whatever the inputs of tasks say. So the pattern is a file on which everything
 * depends anyway; the files that make the graph are found in Nx's index.
 */
const PATTERN = 'nx.json';

let opened: Stores | undefined;

/** The last look of this process at the workspace: what an unchanged one is told from without a hash of it all. */
let seen: Seen | undefined;

interface Seen {
  readonly settings: string;
  readonly listed: readonly ListedFile[];
  /** Whether the files were read in this process, so that an edited one can be held against what it said. */
  readonly isRead: boolean;
  readonly answer: Answer;
}

/** Crates and Go modules as Nx projects. What a broken file leaves out is reported; the rest of the graph stands. */
export const createNodes: CreateNodes<PluginOptions> = [
  PATTERN,
  async (_files, options, context) => {
    const { files: listed, scopes } = await listFiles(context, options);
    const stores = (opened ??= openStores(context.workspaceRoot));
    const fingerprint = fingerprintProgram(context.workspaceRoot);
    const { targetDefaults } = context.nxJsonConfiguration;
    const settings = JSON.stringify([stores.version, options, scopes, fingerprint, targetDefaults]);
    const changed = seen?.settings === settings ? changedFiles(seen.listed, listed) : undefined;
    if (seen !== undefined && changed?.length === 0) return shown(seen.answer);
    const files = new NodeFileSystem(context.workspaceRoot as AbsolutePath);
    if (seen?.isRead === true && changed !== undefined) {
      const { sayWhatWasKnown } = await import('./compute-nodes.js');
      // What they held when all were read stays the measure, so the listing of that time is kept.
      if (sayWhatWasKnown(changed, files)) return shown(seen.answer);
    }
    const remember = (isRead: boolean, answer: Answer): Nodes => {
      seen = { settings, listed, isRead, answer };
      return shown(answer);
    };
    const filesKey = keyOfFiles(listed, settings);
    const known = filesKey === undefined ? undefined : stores.nodes.findByFiles(filesKey);
    if (known !== undefined) return remember(false, known);
    // Loaded only now: where nothing changed, no parser is needed.
    const { computeNodes, readKnownFacts } = await import('./compute-nodes.js');
    const facts = readKnownFacts(listed, files, stores);
    const factsKey = keyOfFacts(facts, settings);
    const same = filesKey === undefined ? undefined : stores.nodes.findByFacts(factsKey, filesKey);
    if (same !== undefined) return remember(true, same);
    const { nodes, diagnostics } = computeNodes(facts, {
      options,
      fingerprint,
      scopes,
      targetDefaults,
    });
    const render = (diagnostic: Diagnostic): string => renderAt(diagnostic, files);
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning').map(render);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const answer = { nodes, warnings };
    if (errors.length > 0) {
      seen = undefined;
      shown(answer);
      throw await failed(errors, render, nodes);
    }
    if (filesKey !== undefined) stores.nodes.keep(filesKey, factsKey, answer);
    return remember(true, answer);
  },
];

/** Both hold for this installation of the package: another one may read the files otherwise. */
function openStores(workspaceRoot: string): Stores {
  const version = packageIdentity();
  const folder = loadInternal('nx/src/utils/cache-directory').workspaceDataDirectoryForWorkspace(workspaceRoot);
  const store = (name: string): NodeContentStore => new NodeContentStore(join(folder, name) as AbsolutePath);
  return {
    version,
    facts: store('grout-facts.json'),
    nodes: new NodeCache(store('grout-nodes.json'), store('grout-nodes.keys')),
  };
}

/** Warnings are told with each answer, also with one from memory. */
function shown({ nodes, warnings }: Answer): Nodes {
  for (const warning of warnings) process.stderr.write(`${styleText('yellow', warning)}\n`);
  return nodes;
}

/** Errors go to Nx with the nodes that stand all the same. */
async function failed(
  errors: readonly Diagnostic[],
  render: (diagnostic: Diagnostic) => string,
  nodes: Nodes,
): Promise<Error> {
  const { AggregateCreateNodesError } = await import('@nx/devkit');
  return new AggregateCreateNodesError(
    errors.map((error) => [error.span?.file ?? null, new RenderedError(render(error), error)]),
    nodes,
  );
}

function renderAt(diagnostic: Diagnostic, files: FileSystem): string {
  return renderDiagnostic(diagnostic, diagnostic.span && files.readText(workspacePath(diagnostic.span.file)));
}

/** Nx prints the stack of a plugin's error where it has one; a diagnostic says all there is to say. */
class RenderedError extends DiagnosticError {
  constructor(rendered: string, diagnostic: Diagnostic) {
    super(diagnostic);
    this.message = rendered;
    this.stack = rendered;
  }
}
