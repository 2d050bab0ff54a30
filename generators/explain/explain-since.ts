import { explainTask, type NxGraph, type NxProject, type WorkspaceState } from '#explain';
import type { AbsolutePath } from '#paths';
import { GitRepository, isGraphFile, type Processes } from '#workspace';
import type { WorkspaceReader } from '../workspace-state.js';
import { askNx, type CommitRange } from './ask-nx.js';
import { requireTarget } from './nx-graph.js';

export interface SinceSurroundings {
  readonly graph: NxGraph;
  readonly reader: WorkspaceReader;
  /** What the work tree comes to. */
  readonly now: WorkspaceState;
  readonly root: AbsolutePath;
  readonly processes: Processes;
}

/** Lets Nx and git say what is affected and what changed, and puts the two into words. */
export async function explainSince(
  { base: since, head }: CommitRange,
  project: NxProject,
  target: string,
  { graph, reader, now, root, processes }: SinceSurroundings,
): Promise<string> {
  requireTarget(project, target);
  const git = new GitRepository(root, processes);
  const base = await git.findBase(since, head ?? 'HEAD');
  const readState = async (commit: string): Promise<WorkspaceState> => {
    const files = await git.readCommit(commit, isGraphFile);
    return reader.read(files.listed, files).stateFor(project.root);
  };
  const [verdict, changed, before, after] = await Promise.all([
    askNx(root, target, head === undefined ? { base } : { base, head }, processes),
    git.listChanges(base, head),
    readState(base),
    head === undefined ? now : readState(head),
  ]);
  const when = `between ${since} (${base.slice(0, 8)}) and ${head ?? 'the work tree'}`;
  return explainTask({ root: project.root, target, when, verdict, changed, before, after, model: now.model, graph });
}
