import { logger, readCachedProjectGraph, type Tree } from '@nx/devkit';
import { DiagnosticError } from '#diagnostics';
import { explainForeignProject, explainProject, Needs } from '#explain';
import { findSwitches, findUnsetTags } from '#graph';
import type { AbsolutePath } from '#paths';
import { NodeFileSystem, NodeProcesses, type Processes } from '#workspace';
import { listFiles, WorkspaceReader } from '../workspace-state.js';
import { explainSince } from './explain-since.js';
import { findProject, namedSwitches, nxGraphOf } from './nx-graph.js';

export interface ExplainOptions {
  readonly project: string;
  readonly base?: string;
  readonly head?: string;
  readonly target?: string;
}

/** Says in words what a project needs and who needs it; with a base, why a task is affected. Writes nothing. */
export async function explainGenerator(
  tree: Tree,
  options: ExplainOptions,
  processes: Processes = new NodeProcesses(),
): Promise<string> {
  const cached = readCachedProjectGraph();
  const graph = nxGraphOf(cached);
  const project = findProject(graph, options.project);
  const root = tree.root as AbsolutePath;
  const reader = new WorkspaceReader(tree);
  const read = reader.read(await listFiles(tree), new NodeFileSystem(root));
  const now = read.stateFor(project.root);
  const { base, head, target } = options;
  if (base !== undefined) {
    const range = head === undefined ? { base } : { base, head };
    return explainSince(range, project, target ?? 'build', { graph, reader, now, root, processes });
  }
  if (head !== undefined || target !== undefined) throw new DiagnosticError(noBase);
  const needs = new Needs(now.model, graph);
  const own = now.model.projects.find((each) => each.root === project.root);
  if (own === undefined) return explainForeignProject(project, needs);
  const { featureRules: rules } = read.facts;
  const { projects } = now.model;
  const switches = findSwitches(read.facts, projects);
  const unset = findUnsetTags(switches, { rules, projects, named: namedSwitches(cached) });
  return explainProject(own, { model: now.model, switching: { rules, switches, unset } }, needs);
}

const noBase = {
  code: 'generators/no-base',
  severity: 'error',
  message: '--target and --head ask why a task is affected, and that needs a commit to compare with',
  help: 'add --base=main, or the commit, branch or tag that you mean',
} as const;

export default async (tree: Tree, options: ExplainOptions): Promise<void> => {
  logger.info(`\n${await explainGenerator(tree, options)}\n`);
};
