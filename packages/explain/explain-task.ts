import type { ProjectLocks, ProjectModel } from '#graph';
import type { WorkspacePath } from '#paths';
import { capped } from './capped.js';
import { findCauses, type Cause } from './causes.js';
import { explainEdgeChanges } from './edge-changes.js';
import { LockChanges } from './lock-changes.js';
import { Needs, type NxGraph } from './needs.js';
import { paragraphs, section } from './text-layout.js';
import { explainUncounted } from './uncounted-files.js';
import { findTask, type Verdict } from './verdict.js';

/** A workspace at one point of its history. */
export interface WorkspaceState {
  readonly model: ProjectModel;
  readonly locks: ProjectLocks;
}

export interface TaskQuestion {
  readonly root: WorkspacePath;
  readonly target: string;
  /** The two points in words: `between main (1a2b3c4) and the work tree`. */
  readonly when: string;
  readonly verdict: Verdict;
  /** Every file that differs between the two. */
  readonly changed: readonly WorkspacePath[];
  readonly before: WorkspaceState;
  readonly after: WorkspaceState;
  /** The work tree's, by which Nx judges whichever commits are compared. */
  readonly model: ProjectModel;
  readonly graph: NxGraph;
}

/** Why a task is affected, or why nothing that changed affects it. */
export function explainTask(question: TaskQuestion): string {
  const { root, target, changed, before, after, model, graph } = question;
  const needs = new Needs(model, graph);
  const task = `${needs.nameOf(root)}:${target}`;
  const { causes, files: counted } = findCauses({
    root,
    task: findTask(question.verdict, task) ?? task,
    verdict: question.verdict,
    needs,
    graph,
    locks: new LockChanges(before.locks, after.locks),
    outsideInputs: model.outsideInputs,
  });
  const { lines, elsewhere } = explainUncounted(changed, { counted, root, task, needs, model });
  return paragraphs([
    verdictLines(question, task, causes, needs),
    section('What else changed', capped(lines)),
    section('Edges that changed', capped(edgeLines(question))),
    elsewhere === 0 ? [] : [`${elsewhereOf(elsewhere)} outside ${needs.nameOf(root)} and all that it needs.`],
  ]);
}

function verdictLines(
  { verdict, when, changed }: TaskQuestion,
  task: string,
  causes: readonly Cause[],
  needs: Needs,
): readonly string[] {
  if (findTask(verdict, task) === undefined) {
    return [`${task} is not affected: ${changed.length === 0 ? 'nothing' : 'nothing that it reads'} changed ${when}`];
  }
  const entries = causes.map(({ what, chain }) => `${what}${chain.length === 0 ? '' : `\n    ${needs.spell(chain)}`}`);
  return section(`${task} is affected by what changed ${when}`, capped(entries));
}

function edgeLines({ root, before, after, graph }: TaskQuestion): readonly string[] {
  const [earlier, later] = [new Needs(before.model, graph), new Needs(after.model, graph)];
  const isNew = before.model.projects.every((project) => project.root !== root);
  return isNew ? [`${later.nameOf(root)} is new`] : explainEdgeChanges(root, earlier, later);
}

function elsewhereOf(files: number): string {
  return files === 1 ? '1 other changed file lies' : `${files} other changed files lie`;
}
